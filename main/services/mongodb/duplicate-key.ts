import type { ObjectId } from 'bson';
import { bsonTypeOf, isDocument, type BsonDocument } from './bson-document.ts';
import type { IndexSpec } from './collection-index.ts';
import { isBsonNumber, numberType, toDouble } from './bson-number.ts';
import { typeRank } from './bson-order.ts';
import { valuesAt } from './document-path.ts';
import { MongoError } from './mongo-error.ts';

/** `E11000 …` as MongoDB words it, with `keyPattern` and `keyValue`. */
export function duplicateKeyError(namespace: string, spec: IndexSpec, document: BsonDocument): MongoError {
  const keyValue: BsonDocument = {};
  for (const path of Object.keys(spec.key)) keyValue[path] = valuesAt(document, path)[0] ?? null;
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: ${shellText(keyValue)}`,
    { keyPattern: spec.key, keyValue },
  );
}

/** A value as MongoDB's messages print it: `{ _id: 1, k: "a", f: new Date(1680075780000) }`. */
export function shellText(value: unknown): string {
  if (value === undefined) return 'MISSING';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (isBsonNumber(value)) return numberText(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shellText).join(', ')} ]`;
  if (bsonTypeOf(value) === 'ObjectId') return `ObjectId('${(value as ObjectId).toHexString()}')`;
  if (isDocument(value)) {
    const fields = Object.entries(value).map(([field, inner]) => `${field}: ${shellText(inner)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  return typeRank(value) === 0 ? 'MinKey' : typeRank(value) === 127 ? 'MaxKey' : JSON.stringify(value);
}

function numberText(value: Parameters<typeof toDouble>[0]): string {
  switch (numberType(value)) {
    case 'double': {
      const double = toDouble(value);
      return Number.isInteger(double) ? `${double}.0` : String(double);
    }
    case 'decimal':
      return `${String(value)}`;
    default:
      return String(value);
  }
}
