import type { Binary, BSONRegExp, ObjectId, Timestamp } from 'bson';
import { bsonTypeOf, isDocument } from './bson-document.ts';
import { compareNumbers, isBsonNumber, numberType } from './bson-number.ts';

/** MongoDB's order of types; types of one rank are compared by value. */
const typeRanks = {
  MinKey: 0,
  Missing: 1,
  Null: 2,
  Number: 3,
  String: 4,
  Object: 5,
  Array: 6,
  Binary: 7,
  ObjectId: 8,
  Boolean: 9,
  Date: 10,
  Timestamp: 11,
  BSONRegExp: 12,
  DBRef: 13,
  Code: 14,
  MaxKey: 127,
} as const;

type TypeRank = (typeof typeRanks)[keyof typeof typeRanks];

export function typeRank(value: unknown): TypeRank {
  if (value === undefined) return typeRanks.Missing;
  if (value === null) return typeRanks.Null;
  if (isBsonNumber(value)) return typeRanks.Number;
  if (typeof value === 'string') return typeRanks.String;
  if (typeof value === 'boolean') return typeRanks.Boolean;
  if (Array.isArray(value)) return typeRanks.Array;
  if (value instanceof Date) return typeRanks.Date;
  if (value instanceof RegExp) return typeRanks.BSONRegExp;
  switch (bsonTypeOf(value)) {
    case 'MinKey':
      return typeRanks.MinKey;
    case 'MaxKey':
      return typeRanks.MaxKey;
    case 'BSONSymbol':
      return typeRanks.String;
    case 'Binary':
      return typeRanks.Binary;
    case 'ObjectId':
      return typeRanks.ObjectId;
    case 'Timestamp':
      return typeRanks.Timestamp;
    case 'BSONRegExp':
      return typeRanks.BSONRegExp;
    case 'DBRef':
      return typeRanks.DBRef;
    case 'Code':
      return typeRanks.Code;
    default:
      return typeRanks.Object;
  }
}

/** Negative, zero or positive: MongoDB's order of values of all types. A missing value (`undefined`) comes before null. */
export function compareValues(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right);
  const rank = typeRank(left);
  const otherRank = typeRank(right);
  return rank === otherRank ? compareAlike(rank, left, right) : rank - otherRank;
}

export const equalValues = (left: unknown, right: unknown): boolean => compareValues(left, right) === 0;

/** Both values are of this rank. */
function compareAlike(rank: TypeRank, left: unknown, right: unknown): number {
  switch (rank) {
    case typeRanks.MinKey:
    case typeRanks.Missing:
    case typeRanks.Null:
    case typeRanks.MaxKey:
      return 0;
    case typeRanks.Number:
      return isBsonNumber(left) && isBsonNumber(right) ? compareNumbers(left, right) : 0;
    case typeRanks.Object:
      return compareDocuments(Object.entries(left as object), Object.entries(right as object));
    case typeRanks.Array:
      return compareArrays(left as readonly unknown[], right as readonly unknown[]);
    case typeRanks.Boolean:
    case typeRanks.Date:
      return Number(left) - Number(right) || 0;
    case typeRanks.Binary:
      return compareBinary(left as Binary, right as Binary);
    case typeRanks.ObjectId:
      return compareStrings((left as ObjectId).toHexString(), (right as ObjectId).toHexString());
    case typeRanks.Timestamp: {
      const [a, b] = [(left as Timestamp).toBigInt(), (right as Timestamp).toBigInt()];
      return a < b ? -1 : a > b ? 1 : 0;
    }
    case typeRanks.BSONRegExp:
      return compareStrings(regexText(left), regexText(right));
    case typeRanks.String:
    case typeRanks.DBRef:
    case typeRanks.Code:
      return compareStrings(plainText(left), plainText(right));
  }
}

/** By code points, as UTF-8 bytes compare; JavaScript compares UTF-16 units, which differ above U+FFFF. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a === b) continue;
    const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
    if (isSurrogate(a) !== isSurrogate(b)) return isSurrogate(a) ? 1 : -1;
    return a - b;
  }
  return left.length - right.length;
}

/** Field by field: type, then name, then value; the shorter document first. */
function compareDocuments(
  left: readonly (readonly [string, unknown])[],
  right: readonly (readonly [string, unknown])[],
): number {
  for (const [index, [field, value]] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order =
      typeRank(value) - typeRank(other[1]) || compareStrings(field, other[0]) || compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareArrays(left: readonly unknown[], right: readonly unknown[]): number {
  for (const [index, value] of left.entries()) {
    if (index >= right.length) return 1;
    const order = compareValues(value, right[index]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareBinary(left: Binary, right: Binary): number {
  const order = left.length() - right.length() || left.sub_type - right.sub_type;
  return order !== 0 ? order : Buffer.compare(binaryBytes(left), binaryBytes(right));
}

export const binaryBytes = (value: Binary): Uint8Array => value.buffer.subarray(0, value.position);

const regexText = (value: unknown): string =>
  value instanceof RegExp
    ? `${value.source}\0${value.flags}`
    : `${(value as BSONRegExp).pattern}\0${(value as BSONRegExp).options}`;

const plainText = (value: unknown): string =>
  typeof value === 'string' ? value : isSymbol(value) ? value.value : JSON.stringify(value);

const isSymbol = (value: unknown): value is { readonly value: string } => bsonTypeOf(value) === 'BSONSymbol';

/** The name of a value's type, as `$type` takes and gives it. */
export function typeName(value: unknown): string {
  if (isBsonNumber(value)) return numberType(value);
  if (value instanceof RegExp) return 'regex';
  if (isDocument(value)) return 'object';
  switch (typeRank(value)) {
    case typeRanks.Missing:
      return 'missing';
    case typeRanks.Null:
      return 'null';
    case typeRanks.String:
      return isSymbol(value) ? 'symbol' : 'string';
    case typeRanks.Array:
      return 'array';
    case typeRanks.Binary:
      return 'binData';
    case typeRanks.ObjectId:
      return 'objectId';
    case typeRanks.Boolean:
      return 'bool';
    case typeRanks.Date:
      return 'date';
    case typeRanks.Timestamp:
      return 'timestamp';
    case typeRanks.BSONRegExp:
      return 'regex';
    case typeRanks.Code:
      return 'javascript';
    case typeRanks.MinKey:
      return 'minKey';
    case typeRanks.MaxKey:
      return 'maxKey';
    case typeRanks.Number:
    case typeRanks.Object:
    case typeRanks.DBRef:
      return 'object';
  }
}
