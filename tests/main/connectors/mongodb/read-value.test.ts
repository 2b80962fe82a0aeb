import { Buffer } from 'node:buffer';
import { BSONRegExp, Binary, Decimal128, Double, Int32, Long, MaxKey, ObjectId, Timestamp } from 'bson';
import { expect, test } from 'vitest';
import {
  arrayType,
  binaryType,
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  field,
  floatType,
  integerType,
  longType,
  mapType,
  shortType,
  stringType,
  structType,
  timestampType,
  type DataType,
} from '../../../../engine/core/data-type.ts';
import { decimalText, type DecimalValue, type SparkValue } from '../../../../engine/core/spark-value.ts';
import { readRow, type ReadRules } from '../../../../main/connectors/mongodb/read-value.ts';

const plain: ReadRules = { json: 'plain', zone: 'Europe/Madrid' };

const read = (value: unknown, type: DataType, rules = plain): SparkValue =>
  readRow({ v: value }, structType([field('v', type)]), rules)[0] ?? null;
const date = new Date('2023-03-29T07:45:28.700Z');
const long = Long.fromBigInt(12_345_678_901n);
const huge = new Double(1e30);

test('a number becomes whatever number the schema asks for, cut as Java cuts it', () => {
  expect([integerType, longType, shortType, byteType].map((type) => read(long, type))).toEqual([
    -539_222_987,
    12_345_678_901n,
    7221,
    53,
  ]);
  expect([integerType, longType, shortType, byteType].map((type) => read(huge, type))).toEqual([
    2_147_483_647,
    2n ** 63n - 1n,
    -1,
    -1,
  ]);
  expect(read(new Double(Number.NaN), integerType)).toBe(0);
  expect(read(Decimal128.fromString('1500.50'), byteType)).toBe(-36);
  expect(read(new Double(2.9), longType)).toBe(2n);
  expect(read(Decimal128.fromString('123.4500'), floatType)).toBe(Math.fround(123.45));
  expect(read('1e3', integerType)).toBe(1000);
  expect(read('.5', doubleType)).toBe(0.5);
});

test('a decimal is rounded half up to its scale and NULL when it has too many digits', () => {
  const text = (value: unknown, type = decimalType(10, 2)): string | null => {
    const read10 = read(value, type);
    return read10 === null ? null : decimalText(read10 as DecimalValue);
  };
  expect(text(Decimal128.fromString('123.4550'))).toBe('123.46');
  expect(text(Decimal128.fromString('-123.4550'))).toBe('-123.46');
  expect(text(long)).toBeNull();
  expect(text(new Double(Number('1.2345678901234567e17')), decimalType(38, 3))).toBe('123456789012345664.000');
  expect(() => text(new Double(Number.NaN))).toThrow('Character N is neither a decimal digit number');
  expect(() => text('-0')).toThrow('Negative zero can not be converted to a BigDecimal');
});

test('dates and numbers are milliseconds; a date is the day on the zone’s clock', () => {
  expect(read(date, timestampType)).toBe(1_680_075_928_700_000n);
  expect(read(new Timestamp({ t: 1_680_000_000, i: 1 }), longType)).toBe(1_680_000_000_000n);
  expect(read(new Int32(7), timestampType)).toBe(7000n);
  expect(read(new Date('2023-03-28T22:30:00Z'), dateType)).toBe(19_445);
  expect(() => read(huge, timestampType)).toThrow('long overflow');
  expect(() => read(huge, dateType)).toThrow('integer overflow');
});

test('anything reads as a string: text as it is, the rest as JSON whose bare values lose their quotes', () => {
  const values = [
    new ObjectId('5f0000000000000000000001'),
    date,
    new Double(1e30),
    new Binary(Buffer.from('ab')),
    Decimal128.fromString('1E+3'),
    true,
  ];
  expect(values.map((value) => read(value, stringType))).toEqual([
    '5f0000000000000000000001',
    '2023-03-29T07:45:28.7Z',
    '1.0E30',
    'YWI=',
    '1E+3',
    'true',
  ]);
  expect(read({ a: new Int32(1), d: date, n: new Double(Number.NaN), e: {} }, stringType)).toBe(
    '{"a": 1, "d": "2023-03-29T07:45:28.7Z", "n": {"$numberDouble": "NaN"}, "e": {}}',
  );
  expect(read([new Int32(1), 'x', null], stringType)).toBe('[1, "x", null]');
  expect(read(new BSONRegExp('a+', 'i'), stringType)).toBe('{"$regularExpression": {"pattern": "a+", "options": "i"}}');
  expect(read({ q: 'a"\\\n\u0001é\u2028/😀' }, stringType)).toBe(
    String.raw`{"q": "a\"\\\n\u0001é\u2028/\ud83d\ude00"}`,
  );
});

test('with outputExtendedJson the types stay visible', () => {
  const rules: ReadRules = { ...plain, json: 'extended' };
  expect(read(new Int32(1), stringType, rules)).toBe('{"$numberInt": "1"}');
  expect(read({ d: date, s: 'x' }, stringType, rules)).toBe(
    '{"d": {"$date": {"$numberLong": "1680075928700"}}, "s": "x"}',
  );
});

test('bytes come from binary, from text without its blanks and from a whole document', () => {
  expect(Buffer.from(read(' 12 ', binaryType) as Uint8Array).toString()).toBe('12');
  expect(read(new Binary(Buffer.from('ab')), binaryType)).toEqual(Buffer.from('ab'));
  expect((read({ a: new Int32(1) }, binaryType) as Uint8Array).length).toBe(12);
});

test('a map keeps the order of a Java HashMap', () => {
  const keys = ['nombre', 'edad', 'ciudad', 'b', 'a', 'mayor', 'menor', 'media'];
  const read8 = read(Object.fromEntries(keys.map((key) => [key, new Int32(1)])), mapType(stringType, integerType));
  expect(read8).toMatchObject({
    entries: ['a', 'b', 'mayor', 'ciudad', 'menor', 'media', 'nombre', 'edad'].map((key) => [key, 1]),
  });
});

test.each([
  [new Int32(1), booleanType, "Invalid field: 'v'. The dataType 'boolean' is invalid for 'BsonInt32{value=1}'."],
  ['x', integerType, "The dataType 'integer' is invalid for 'BsonString{value='x'}'."],
  [true, decimalType(10, 2), "The dataType 'decimal(10,2)' is invalid for 'BsonBoolean{value=true}'."],
  [new Binary(Buffer.from([200])), longType, "is invalid for 'BsonBinary{type=0, data=[-56]}'."],
  [new MaxKey(), arrayType(stringType), "The dataType 'array' is invalid for 'BsonMaxKey'."],
  [[date, null], structType([]), "is invalid for 'BsonArray{values=[BsonDateTime{value=1680075928700}, BsonNull]}'."],
  [{ d: date }, integerType, `is invalid for '{"d": {"$date": "2023-03-29T07:45:28.7Z"}}'.`],
  [{}, mapType(integerType, stringType), 'Map keys must be strings.'],
])('a value that has no place in the column is refused with its Java text (%#)', (value, type, message) => {
  expect(() => read(value, type)).toThrow(message);
});

test('a missing field is NULL, or an error with its path where the schema forbids NULL', () => {
  const inner = structType([field('w', integerType, false)]);
  expect(readRow({}, structType([field('v', integerType)]), plain)).toEqual([null]);
  expect(() => readRow({ m: { a: new Int32(1) } }, structType([field('m', inner)]), plain)).toThrow(
    `Missing field 'm.w' in: '{"a": 1}'`,
  );
});
