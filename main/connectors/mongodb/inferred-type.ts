import type { AtomicKind, DecimalType } from '../../../engine/core/data-type.ts';

/** A type while a schema is being inferred. `unknown`: the element of arrays that were always empty. */
export type InferredType =
  | { readonly kind: AtomicKind }
  | { readonly kind: 'unknown' }
  | DecimalType
  | { readonly kind: 'array'; readonly element: InferredType }
  | { readonly kind: 'map'; readonly value: InferredType }
  | InferredStruct;
export type InferredStruct = { readonly kind: 'struct'; readonly fields: readonly InferredField[] };
export type InferredField = { readonly name: string; readonly type: InferredType };

export type InferenceRules = {
  /** A document of at least this many fields is a map; undefined: never. */
  readonly mapFromKeys: number | undefined;
  readonly isCaseSensitive: boolean;
};

/** The array that was empty wherever it was seen: any other array replaces it. Told from others by identity. */
export const emptyArray: InferredType = { kind: 'array', element: { kind: 'unknown' } };

export const inferred = (kind: AtomicKind): InferredType => ({ kind });

export function sameInferred(a: InferredType, b: InferredType): boolean {
  if (a.kind === 'struct' && b.kind === 'struct')
    return (
      a.fields.length === b.fields.length &&
      a.fields.every(({ name, type }, index) => {
        const other = b.fields[index];
        return other?.name === name && sameInferred(type, other.type);
      })
    );
  if (a.kind === 'array' && b.kind === 'array') return sameInferred(a.element, b.element);
  if (a.kind === 'map' && b.kind === 'map') return sameInferred(a.value, b.value);
  if (a.kind === 'decimal' && b.kind === 'decimal') return a.precision === b.precision && a.scale === b.scale;
  return a.kind === b.kind;
}
