import type { Binary, ObjectId } from 'bson';
import { bsonTypeOf, isInt32 } from './bson-document.ts';
import { exactOf, isBsonNumber, type BsonNumber } from './bson-number.ts';
import { binaryBytes, typeRank } from './bson-order.ts';
import { normalized } from './decimal-number.ts';

/**
 * A text that two values share exactly when MongoDB takes them for equal: 1, 1.0 and NumberDecimal("1.00") do, documents with the same fields in another
 * order do not. For maps and sets of values.
 */
export function valueKey(value: unknown): string {
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (value === null || value === undefined) return 'z';
  if (isBsonNumber(value)) return numberKey(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return `d${value.getTime()};`;
  if (Array.isArray(value)) return `[${value.map(valueKey).join('')}]`;
  switch (bsonTypeOf(value)) {
    case 'ObjectId':
      return `o${(value as ObjectId).toHexString()}`;
    case 'Binary': {
      const binary = value as Binary;
      return `b${binary.sub_type}:${binary.length()}:${Buffer.from(binaryBytes(binary)).toString('base64')}`;
    }
    case undefined:
      return documentKey(value as object);
    default:
      return `x${typeRank(value)}:${JSON.stringify(value)}`;
  }
}

function documentKey(document: object): string {
  let key = '{';
  for (const [field, value] of Object.entries(document)) key += `${field.length}:${field}${valueKey(value)}`;
  return `${key}}`;
}

function numberKey(value: BsonNumber): string {
  if (typeof value === 'number' && isInt32(value)) return `n${value}e0;`;
  const exact = exactOf(value);
  if (typeof exact === 'number') return `n${exact};`;
  const { coefficient, exponent } = normalized(exact);
  // Whole numbers as an int32 writes them, so that the fast case above agrees.
  return exponent > 0 && exponent < 20
    ? `n${coefficient * 10n ** BigInt(exponent)}e0;`
    : `n${coefficient}e${exponent};`;
}
