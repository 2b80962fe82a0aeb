/** How a value travels. Strings, byte strings and arrays carry their length; which form of it depends on the version (see `codec.ts`). */
export type WireType =
  | { readonly kind: 'int8' | 'int16' | 'int32' | 'int64' | 'boolean' | 'string' | 'bytes' | 'uuid' }
  | { readonly kind: 'array'; readonly element: AnyField }
  | { readonly kind: 'struct'; readonly shape: Shape };

type FieldFacts = {
  readonly type: WireType;
  readonly since: number;
  readonly until: number;
  readonly nullableSince: number;
  readonly fallback: unknown;
};

/**
 * One field of a message as the protocol guide describes it: its type and the versions that have it. `T` is what reading gives, `Given` what writing takes.
 * A version without the field reads its fallback, and writes nothing.
 */
export class Field<T, Given = T> {
  declare readonly carries: (given: Given) => T;
  readonly facts: FieldFacts;

  constructor(facts: FieldFacts) {
    this.facts = facts;
  }

  /** The first version that has the field. */
  from(version: number): Field<T, Given> {
    return new Field({ ...this.facts, since: version });
  }

  /** The last version that has the field. */
  through(version: number): Field<T, Given> {
    return new Field({ ...this.facts, until: version });
  }

  /** The field may be null, from `version` on where the guide says so; null is its fallback. */
  nullable(version = 0): Field<T | null, Given | null | undefined> {
    return new Field({ ...this.facts, nullableSince: version, fallback: null });
  }

  /** The value where the version lacks the field, or where nothing is given. */
  or(fallback: T): Field<T, Given | undefined> {
    return new Field({ ...this.facts, fallback });
  }
}

export type AnyField = Field<unknown, never>;
export type Shape = { readonly [name: string]: AnyField };

type Given<F> = F extends Field<unknown, infer G> ? G : never;
type OptionalNames<S extends Shape> = { [N in keyof S]: undefined extends Given<S[N]> ? N : never }[keyof S];

/** A message as read: every field, whatever the version. */
export type Decoded<S extends Shape> = { readonly [N in keyof S]: S[N] extends Field<infer T, never> ? T : never };
/** A message as written: fields with a fallback may be left out. */
export type Encodable<S extends Shape> = { readonly [N in Exclude<keyof S, OptionalNames<S>>]: Given<S[N]> } & {
  readonly [N in OptionalNames<S>]?: Given<S[N]>;
};

function primitive<T>(kind: Exclude<WireType['kind'], 'array' | 'struct'>, fallback: T): Field<T> {
  return new Field({ type: { kind }, since: 0, until: Infinity, nullableSince: Infinity, fallback });
}

export const int8 = primitive('int8', 0);
export const int16 = primitive('int16', 0);
export const int32 = primitive('int32', 0);
export const int64 = primitive('int64', 0);
export const boolean = primitive('boolean', false);
export const string = primitive('string', '');
export const bytes = primitive<Uint8Array>('bytes', new Uint8Array(0));
/** Sixteen bytes, spelt as 32 hexadecimal digits. */
export const uuid = primitive('uuid', '0'.repeat(32));
/** For answers where there is no id to tell. */
export const uuidOrNone = uuid.or('0'.repeat(32));

/** No client is ever asked to slow down. `since`: the version that brought the field. */
export const throttleTimeMs = (since: number) => int32.from(since).or(0);

export function array<T, G>(element: Field<T, G>): Field<readonly T[], readonly G[]> {
  return new Field({
    type: { kind: 'array', element },
    since: 0,
    until: Infinity,
    nullableSince: Infinity,
    fallback: [],
  });
}

/** An array of structures. */
export function arrayOf<S extends Shape>(shape: S): Field<readonly Decoded<S>[], readonly Encodable<S>[]> {
  return array(
    new Field<Decoded<S>, Encodable<S>>({
      type: { kind: 'struct', shape },
      since: 0,
      until: Infinity,
      nullableSince: Infinity,
      fallback: undefined,
    }),
  );
}

/** One request of the protocol: who it is, which versions this broker speaks, from which version on lengths are compact and structures end in tagged fields. */
export type Api<Q extends Shape = Shape, R extends Shape = Shape> = {
  readonly key: number;
  readonly name: string;
  readonly versions: readonly [min: number, max: number];
  readonly flexibleFrom: number;
  readonly request: Q;
  readonly response: R;
};

/** Gives a declaration its exact type. */
export const api = <Q extends Shape, R extends Shape>(declaration: Api<Q, R>): Api<Q, R> => declaration;
