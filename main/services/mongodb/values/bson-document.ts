import { deserialize, serialize, type Double } from 'bson';
import { MongoError } from '../mongo-error.ts';

/**
 * A document as this server works with it. Numbers keep their BSON type: a JavaScript number is an int32 when it is a whole number of 32 bits, else a double;
 * a double that is a whole number of 32 bits is a `Double`, a 64-bit integer a `Long`, a decimal a `Decimal128`. Reading and writing a document changes no type.
 */
export type BsonDocument = { [field: string]: unknown };

/** 16 MiB, as `hello` announces. */
export const maxDocumentBytes = 16_777_216;

const readOptions = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

/** Throws `BSONError` when the bytes are not a document. */
export function decodeDocument(bytes: Uint8Array): BsonDocument {
  return simplify(deserialize(bytes, readOptions)) as BsonDocument;
}

/** Refuses what is larger than a message may be: `bson` writes into a buffer of 17 MiB. */
export function encodeDocument(document: BsonDocument): Buffer {
  try {
    return Buffer.from(serialize(document, { ignoreUndefined: true }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new MongoError(10334, 'BSONObj size is invalid. Size must be between 0 and 16793600(16MB)');
  }
}

/** BSON documents that follow one another. Throws when a length is impossible. */
export function splitDocuments(bytes: Buffer): readonly Buffer[] {
  const documents: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = at + 5 <= bytes.length ? bytes.readInt32LE(at) : 0;
    if (length < 5 || at + length > bytes.length) throw new Error('a BSON document has an impossible length');
    documents.push(bytes.subarray(at, at + length));
    at += length;
  }
  return documents;
}

/** True for a document, false for arrays, dates and BSON's own classes. */
export function isDocument(value: unknown): value is BsonDocument {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** `Double`, `Long`, `Decimal128`, `ObjectId` … for a value of BSON's own classes. */
export const bsonTypeOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? (value as { readonly _bsontype?: string })['_bsontype'] : undefined;

export const isInt32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

/** A copy that shares no document and no array with the original; other values are never changed in place. */
export function cloneValue<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(cloneValue) as Value;
  if (!isDocument(value)) return value;
  const copy: BsonDocument = {};
  for (const field of Object.keys(value)) setField(copy, field, cloneValue(value[field]));
  return copy as Value;
}

/** Assigns also a field called `__proto__`. */
export function setField(document: BsonDocument, field: string, value: unknown): void {
  if (field === '__proto__')
    Object.defineProperty(document, field, { value, writable: true, enumerable: true, configurable: true });
  else document[field] = value;
}

/** The same document with `_id` as its first field, as MongoDB stores it. */
export function withIdFirst(document: BsonDocument, id: unknown): BsonDocument {
  const ordered: BsonDocument = { _id: id };
  for (const field of Object.keys(document)) if (field !== '_id') setField(ordered, field, document[field]);
  return ordered;
}

function simplify(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  switch (bsonTypeOf(value)) {
    case undefined:
      break;
    case 'Int32':
      return (value as Double).value;
    case 'Double': {
      const double = (value as Double).value;
      return isInt32(double) ? value : double;
    }
    default:
      return value;
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = simplify(value[index]);
  } else if (isDocument(value)) {
    for (const field of Object.keys(value)) {
      const inner = value[field];
      if (typeof inner === 'object' && inner !== null) setField(value, field, simplify(inner));
    }
  }
  return value;
}
