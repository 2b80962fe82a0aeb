import { assertNever } from '../../../engine/core/assert-never.ts';
import type { AnyField, Decoded, Encodable, Shape } from './schema.ts';
import type { WireReader } from './wire-reader.ts';
import type { WireWriter } from './wire-writer.ts';

export type Codec<T, Given = T> = {
  readonly read: (reader: WireReader) => T;
  readonly write: (writer: WireWriter, value: Given) => void;
};

/** A shape in one version. Unknown tagged fields are skipped; none are written, as all of the protocol's are optional. */
export function compileShape<S extends Shape>(
  shape: S,
  version: number,
  isFlexible: boolean,
): Codec<Decoded<S>, Encodable<S>> {
  const isPresent = ({ facts }: AnyField): boolean => version >= facts.since && version <= facts.until;
  const present = Object.entries(shape)
    .filter(([, field]) => isPresent(field))
    .map(([name, field]) => ({
      name,
      fallback: field.facts.fallback,
      codec: compileField(field, version, isFlexible),
    }));
  const absent = Object.entries(shape)
    .filter(([, field]) => !isPresent(field))
    .map(([name, field]) => [name, field.facts.fallback] as const);
  return {
    read: (reader) => {
      const message: Record<string, unknown> = Object.fromEntries(absent);
      for (const { name, codec } of present) message[name] = codec.read(reader);
      if (isFlexible) skipTaggedFields(reader);
      return message as Decoded<S>;
    },
    write: (writer, message) => {
      const values: Readonly<Record<string, unknown>> = message;
      for (const { name, codec, fallback } of present) {
        const value = values[name];
        codec.write(writer, value === undefined ? fallback : value);
      }
      if (isFlexible) writer.unsignedVarint(0);
    },
  };
}

export function skipTaggedFields(reader: WireReader): void {
  for (let left = reader.unsignedVarint(); left > 0; left -= 1) {
    reader.unsignedVarint();
    reader.raw(reader.unsignedVarint());
  }
}

function compileField(field: AnyField, version: number, isFlexible: boolean): Codec<unknown> {
  const { type, nullableSince } = field.facts;
  const isNullable = version >= nullableSince;
  switch (type.kind) {
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
      return number(type.kind);
    case 'boolean':
      return { read: (reader) => reader.int8() !== 0, write: (writer, value) => writer.int8(value === true ? 1 : 0) };
    case 'uuid':
      return {
        read: (reader) => reader.raw(16).toString('hex'),
        write: (writer, value) => writer.raw(Buffer.from(value as string, 'hex')),
      };
    case 'string':
      return text(isNullable, isFlexible);
    case 'bytes':
      return byteString(isNullable, isFlexible);
    case 'array':
      return list(compileField(type.element, version, isFlexible), isNullable, isFlexible);
    case 'struct':
      return compileShape(type.shape, version, isFlexible) as Codec<unknown>;
    default:
      return assertNever(type, 'wire type');
  }
}

function number(kind: 'int8' | 'int16' | 'int32' | 'int64'): Codec<unknown> {
  return { read: (reader) => reader[kind](), write: (writer, value) => writer[kind](value as number) };
}

function text(isNullable: boolean, isFlexible: boolean): Codec<unknown> {
  const length = lengths('int16', isFlexible);
  return {
    read: (reader) => {
      const bytes = length.read(reader);
      return bytes < 0 ? nullRead(isNullable) : reader.raw(bytes).toString('utf8');
    },
    write: (writer, value) => {
      if (value === null) return length.write(writer, nullLength(isNullable));
      const bytes = Buffer.from(value as string, 'utf8');
      length.write(writer, bytes.length);
      writer.raw(bytes);
    },
  };
}

function byteString(isNullable: boolean, isFlexible: boolean): Codec<unknown> {
  const length = lengths('int32', isFlexible);
  return {
    read: (reader) => {
      const bytes = length.read(reader);
      return bytes < 0 ? nullRead(isNullable) : reader.raw(bytes);
    },
    write: (writer, value) => {
      if (value === null) return length.write(writer, nullLength(isNullable));
      const bytes = value as Uint8Array;
      length.write(writer, bytes.length);
      writer.raw(bytes);
    },
  };
}

function list(element: Codec<unknown>, isNullable: boolean, isFlexible: boolean): Codec<unknown> {
  const length = lengths('int32', isFlexible);
  return {
    read: (reader) => {
      const count = length.read(reader);
      if (count < 0) return nullRead(isNullable);
      // No element is shorter than a byte, so a count beyond the frame is refused before anything is built for it.
      if (count > reader.remaining) throw new RangeError(`${count} elements announced, ${reader.remaining} bytes left`);
      return Array.from({ length: count }, () => element.read(reader));
    },
    write: (writer, value) => {
      if (value === null) return length.write(writer, nullLength(isNullable));
      const elements = value as readonly unknown[];
      length.write(writer, elements.length);
      for (const each of elements) element.write(writer, each);
    },
  };
}

/** Null is length -1; the compact form writes the length plus one, so that null is 0. */
function lengths(wide: 'int16' | 'int32', isFlexible: boolean): Codec<number> {
  return isFlexible
    ? { read: (reader) => reader.unsignedVarint() - 1, write: (writer, length) => writer.unsignedVarint(length + 1) }
    : { read: (reader) => reader[wide](), write: (writer, length) => writer[wide](length) };
}

function nullRead(isNullable: boolean): null {
  if (!isNullable) throw new RangeError('null where the protocol has none');
  return null;
}

/** A version from before the field could be null gets it empty. */
const nullLength = (isNullable: boolean): number => (isNullable ? -1 : 0);
