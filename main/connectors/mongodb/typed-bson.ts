import type {
  BSONRegExp,
  BSONSymbol,
  Binary,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  ObjectId,
  Timestamp,
} from 'bson';
import { assert } from '../../../engine/core/assert-never.ts';

/** A BSON value with its type, as read by the driver with `promoteValues: false`. */
export type TypedBson =
  | { readonly kind: 'null' | 'undefined' | 'min_key' | 'max_key' }
  | { readonly kind: 'string' | 'symbol'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'int32' | 'double'; readonly value: number }
  | { readonly kind: 'int64'; readonly value: bigint }
  | { readonly kind: 'decimal128'; readonly text: string }
  | { readonly kind: 'object_id'; readonly hex: string }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array; readonly subType: number }
  /** Milliseconds since 1970; NaN when JavaScript's calendar does not reach it. */
  | { readonly kind: 'date'; readonly ms: number }
  | { readonly kind: 'timestamp'; readonly seconds: number; readonly increment: number }
  | { readonly kind: 'regex'; readonly pattern: string; readonly options: string }
  | { readonly kind: 'code'; readonly code: string; readonly scope: BsonDocument | undefined }
  | { readonly kind: 'document'; readonly document: BsonDocument }
  | { readonly kind: 'array'; readonly items: readonly unknown[] };

export type BsonDocument = Readonly<Record<string, unknown>>;

export function typedBson(value: unknown): TypedBson {
  if (value === null) return { kind: 'null' };
  if (value === undefined) return { kind: 'undefined' };
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (value instanceof Date) return { kind: 'date', ms: value.getTime() };
  if (Array.isArray(value)) return { kind: 'array', items: value };
  assert(typeof value === 'object', 'a BSON value without its type');
  return '_bsontype' in value
    ? ofDriverClass(value._bsontype, value)
    : { kind: 'document', document: value as BsonDocument };
}

function ofDriverClass(type: unknown, value: object): TypedBson {
  switch (type) {
    case 'Int32':
      return { kind: 'int32', value: (value as Int32).value };
    case 'Double':
      return { kind: 'double', value: (value as Double).value };
    case 'Long':
      return { kind: 'int64', value: (value as Long).toBigInt() };
    case 'Decimal128':
      return { kind: 'decimal128', text: (value as Decimal128).toString() };
    case 'ObjectId':
      return { kind: 'object_id', hex: (value as ObjectId).toHexString() };
    case 'Binary':
      return { kind: 'binary', bytes: (value as Binary).value(), subType: (value as Binary).sub_type };
    case 'Timestamp':
      return { kind: 'timestamp', seconds: (value as Timestamp).t, increment: (value as Timestamp).i };
    case 'BSONRegExp':
      return { kind: 'regex', pattern: (value as BSONRegExp).pattern, options: (value as BSONRegExp).options };
    case 'BSONSymbol':
      return { kind: 'symbol', value: (value as BSONSymbol).value };
    case 'Code':
      return { kind: 'code', code: (value as Code).code, scope: (value as Code).scope ?? undefined };
    case 'MinKey':
      return { kind: 'min_key' };
    case 'MaxKey':
      return { kind: 'max_key' };
    default:
      assert(type === 'DBRef', `BSON class ${String(type)}`);
      return { kind: 'document', document: referenceDocument(value as DBRef) };
  }
}

/** The driver makes a class of its own of `{$ref, $id}`; in Java it is a document like any other. */
const referenceDocument = ({ collection, oid, db, fields }: DBRef): BsonDocument => ({
  $ref: collection,
  $id: oid,
  ...(db ? { $db: db } : {}),
  ...fields,
});
