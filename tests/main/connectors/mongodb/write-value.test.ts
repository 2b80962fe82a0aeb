import { EJSON } from 'bson';
import { expect, test } from 'vitest';
import {
  arrayType,
  binaryType,
  dateType,
  decimalType,
  doubleType,
  field,
  integerType,
  longType,
  mapType,
  shortType,
  stringType,
  structType,
  timestampNtzType,
  timestampType,
  voidType,
  type DataType,
} from '../../../../engine/core/data-type.ts';
import { decimalValue, mapValue, structValue, type SparkValue } from '../../../../engine/core/spark-value.ts';
import { documentWriter, type WriteRules } from '../../../../main/connectors/mongodb/write-value.ts';

const rules: WriteRules = { convertJson: 'none', ignoreNulls: false, zone: 'Europe/Madrid' };

/** The document of one row as canonical extended JSON. */
function written(
  columns: Readonly<Record<string, readonly [DataType, SparkValue]>>,
  change: Partial<WriteRules> = {},
): unknown {
  const schema = structType(Object.entries(columns).map(([name, [type]]) => field(name, type)));
  const document = documentWriter(schema, { ...rules, ...change })(Object.values(columns).map(([, value]) => value));
  return EJSON.serialize(document, { relaxed: false });
}
const one = (type: DataType, value: SparkValue, change: Partial<WriteRules> = {}): unknown =>
  (written({ v: [type, value] }, change) as { v: unknown }).v;

test('each column type has its BSON type', () => {
  expect(one(shortType, 3)).toEqual({ $numberInt: '3' });
  expect(one(longType, 2n)).toEqual({ $numberLong: '2' });
  expect(one(doubleType, 3)).toEqual({ $numberDouble: '3.0' });
  expect(one(decimalType(20, 3), decimalValue(12_340n, 3))).toEqual({ $numberDecimal: '12.340' });
  expect(one(binaryType, Uint8Array.of(97, 98))).toEqual({ $binary: { base64: 'YWI=', subType: '00' } });
  expect(one(arrayType(integerType), [1, null])).toEqual([{ $numberInt: '1' }, null]);
  expect(one(mapType(stringType, integerType), mapValue([['a', 1]]))).toEqual({ a: { $numberInt: '1' } });
  expect(one(structType([field('x', stringType)]), structValue(['y']))).toEqual({ x: 'y' });
});

test('an instant keeps its milliseconds, a date is its midnight in the zone', () => {
  const ms = (value: unknown): unknown => (value as { $date: { $numberLong: string } }).$date.$numberLong;
  expect(ms(one(timestampType, 1_680_083_128_999_999n))).toBe('1680083128999');
  expect(ms(one(timestampType, -315_619_199_876_544n))).toBe('-315619199877');
  expect(ms(one(dateType, 19_445))).toBe(String(Date.parse('2023-03-28T22:00:00Z')));
});

test('a decimal of more than 34 digits is stored only when zeros at its end can go', () => {
  const wide = decimalType(38, 12);
  expect(one(wide, decimalValue(12_345_678_901_234_567_890_123_456_500_000_000_000n, 12))).toEqual({
    $numberDecimal: '12345678901234567890123456.50000000',
  });
  expect(() => one(decimalType(38, 0), decimalValue(12_345_678_901_234_567_890_123_456_789_012_345n, 0))).toThrow(
    'Cannot cast 12345678901234567890123456789012345 into a BsonValue. DecimalType(38,0) has no matching BsonValue. Error: Conversion to Decimal128 would require inexact rounding of 12345678901234567890123456789012345',
  );
});

test('with ignoreNullValues NULLs are left out at every depth', () => {
  const columns = {
    n: [voidType, null],
    a: [arrayType(integerType), [1, null]],
    s: [structType([field('x', integerType), field('y', integerType)]), structValue([null, 2])],
    m: [
      mapType(stringType, integerType),
      mapValue([
        ['a', null],
        ['b', 1],
      ]),
    ],
  } as const;
  expect(written(columns)).toEqual({
    n: null,
    a: [{ $numberInt: '1' }, null],
    s: { x: null, y: { $numberInt: '2' } },
    m: { a: null, b: { $numberInt: '1' } },
  });
  expect(written(columns, { ignoreNulls: true })).toEqual({
    a: [{ $numberInt: '1' }],
    s: { y: { $numberInt: '2' } },
    m: { b: { $numberInt: '1' } },
  });
});

test('convertJson reads JSON in strings, any or only whole objects and arrays; what is none stays text', () => {
  const texts = ['{a: 1}', '[1, 2.5]', '12', ' {"a":1}', '{bad', 'hola', '', '12 13', '1}'];
  const all = (convertJson: WriteRules['convertJson']): unknown[] =>
    texts.map((text) => one(stringType, text, { convertJson }));
  const object = { a: { $numberInt: '1' } };
  const list = [{ $numberInt: '1' }, { $numberDouble: '2.5' }];
  expect(all('any')).toEqual([
    object,
    list,
    { $numberInt: '12' },
    object,
    '{bad',
    'hola',
    '',
    '12 13',
    { $numberInt: '1' },
  ]);
  expect(all('object_or_array_only')).toEqual([object, list, '12', ' {"a":1}', '{bad', 'hola', '', '12 13', '1}']);
  expect(all('none')).toEqual(texts);
});

test('types without a BSON counterpart and maps with other keys than strings are refused', () => {
  expect(() => one(timestampNtzType, 0n)).toThrow('TimestampNTZType data type has no matching BsonValue.');
  expect(() => documentWriter(structType([field('m', mapType(integerType, stringType))]), rules)).toThrow(
    'Cannot cast Map into a BsonValue. Invalid key type IntegerType.',
  );
});
