import type { ObjectId } from 'bson';
import { bsonTypeOf, isDocument } from './bson-document.ts';
import { isBsonNumber, numberType, toDouble, type BsonNumber } from './bson-number.ts';

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
  const type = bsonTypeOf(value);
  return type === 'MinKey' || type === 'MaxKey' ? type : JSON.stringify(value);
}

function numberText(value: BsonNumber): string {
  switch (numberType(value)) {
    case 'double': {
      const double = toDouble(value);
      return Number.isInteger(double) ? `${double}.0` : String(double);
    }
    default:
      return String(value);
  }
}
