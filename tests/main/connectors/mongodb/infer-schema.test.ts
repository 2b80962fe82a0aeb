import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { expect, test } from 'vitest';
import { simpleString } from '../../../../engine/core/type-names.ts';
import { inferSchema } from '../../../../main/connectors/mongodb/infer-schema.ts';
import type { InferenceRules } from '../../../../main/connectors/mongodb/inferred-type.ts';

const rules: InferenceRules = { mapFromKeys: 250, isCaseSensitive: false };
const schemaOf = (
  documents: readonly Readonly<Record<string, unknown>>[],
  change: Partial<InferenceRules> = {},
): string => simpleString(inferSchema(documents, { ...rules, ...change }));
/** The type of a column that has these values. */
const typeOf = (...values: readonly unknown[]): string =>
  /^struct<v:(.*)>$/.exec(schemaOf(values.map((v) => ({ v }))))?.[1] ?? '?';

const [integer, long, double] = [new Int32(1), Long.fromNumber(5), new Double(1.5)];
const decimal = (text: string): Decimal128 => Decimal128.fromString(text);

test('each BSON type has its column type; what Spark lacks is a string', () => {
  expect([integer, long, double, true, 'x', new Date(0), null, new ObjectId()].map((value) => typeOf(value))).toEqual([
    'int',
    'bigint',
    'double',
    'boolean',
    'string',
    'timestamp',
    'void',
    'string',
  ]);
  expect(typeOf(decimal('123.4500'))).toBe('decimal(7,4)');
  expect(typeOf(decimal('0.00001'))).toBe('decimal(5,5)');
});

test('numbers widen, NULL goes with anything and everything else becomes a string', () => {
  expect(typeOf(integer, long)).toBe('bigint');
  expect(typeOf(long, double)).toBe('double');
  expect(typeOf(null, integer)).toBe('int');
  expect(typeOf(integer, 'x')).toBe('string');
  expect(typeOf({ a: integer }, [integer])).toBe('string');
});

test('a decimal with a number of another type loses digits as in Spark', () => {
  expect(typeOf(decimal('123.45'), decimal('123456789012'))).toBe('decimal(14,2)');
  expect(typeOf(integer, decimal('123.45'))).toBe('decimal(10,0)');
  expect(typeOf(integer, decimal('123456789012'))).toBe('decimal(12,0)');
  expect(typeOf(decimal('123.45'), double)).toBe('decimal(30,15)');
  expect(typeOf(decimal('123456789012'), decimal(`0.${'0'.repeat(30)}123`))).toBe('double');
});

test('the elements of arrays are merged; an array that is always empty holds strings', () => {
  expect(typeOf([])).toBe('array<string>');
  expect(typeOf([], [integer])).toBe('array<int>');
  expect(typeOf([integer], ['x'])).toBe('array<string>');
  expect(typeOf([[integer], [], [double]])).toBe('array<array<double>>');
  expect(
    typeOf([
      { z: integer, a: integer },
      { b: 'x', z: long },
    ]),
  ).toBe('array<struct<a:int,b:string,z:bigint>>');
  expect(() => typeOf([], [null])).toThrow('com.mongodb.spark.sql.connector.schema.InferSchema$1');
});

test('columns are sorted by name, and fields inside a struct only where documents differ in them', () => {
  const m = { z: integer, a: integer };
  expect(schemaOf([{ z: integer, m, a: integer }])).toBe('struct<a:int,m:struct<z:int,a:int>,z:int>');
  expect(schemaOf([{ m }, { m: { z: integer, b: integer } }])).toBe('struct<m:struct<a:int,b:int,z:int>>');
  expect(schemaOf([{ m }, { m: { z: long, a: integer } }])).toBe('struct<m:struct<z:bigint,a:int>>');
  expect(schemaOf([{ é: 'x', z: 'x', Z: 'x', _: 'x' }])).toBe('struct<Z:string,_:string,z:string,é:string>');
});

test('a document of many fields is a map, and stays one beside smaller documents', () => {
  const many = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, integer]));
  expect(schemaOf([{ m: many }], { mapFromKeys: 3 })).toBe('struct<m:map<string,int>>');
  expect(schemaOf([{ m: many }, { m: { z: 'x' } }], { mapFromKeys: 3 })).toBe('struct<m:map<string,string>>');
  expect(schemaOf([{ m: many }], { mapFromKeys: undefined })).toBe('struct<m:struct<a:int,b:int,c:int>>');
});

test('decimals that no Spark type holds are refused as Spark refuses them', () => {
  expect(() => typeOf(decimal('1E+3'))).toThrow('Negative scale is not allowed: -3.');
  expect(() => typeOf(decimal('NaN'))).toThrow('NaN can not be converted to a BigDecimal');
  expect(() => typeOf(decimal('-0'))).toThrow('Negative zero can not be converted to a BigDecimal');
});

test('every field carries the mark of a schema nobody wrote', () => {
  const [column] = inferSchema([{ m: { a: integer } }], rules).fields;
  expect(column).toMatchObject({
    nullable: true,
    metadata: { inferred: true },
    type: { fields: [{ metadata: { inferred: true } }] },
  });
});
