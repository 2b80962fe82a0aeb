import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as types from '../../../engine/core/data-type.ts';
import { consoleBatch } from '../../../engine/display/console-batch.ts';
import { treeString } from '../../../engine/display/tree-string.ts';

const recording = readFileSync(
  new URL('../../conformance/programs/display/nested_values_and_schemas.out', import.meta.url),
  'utf8',
);
const inner = types.structType([types.field('x', types.integerType), types.field('y', types.stringType)]);
const schema = types.structType([
  types.field('i', types.integerType),
  types.field('f', types.floatType),
  types.field('d', types.doubleType),
  types.field('dec', types.decimalType(10, 2)),
  types.field('b', types.booleanType),
  types.field('fecha', types.dateType),
  types.field('ts', types.timestampType),
  types.field('bin', types.binaryType),
  types.field('arr', types.arrayType(types.integerType)),
  types.field('m', types.mapType(types.stringType, types.integerType)),
  types.field('s', inner),
  types.field('as', types.arrayType(inner)),
  types.field('l', types.longType),
  types.field('sm', types.shortType),
  types.field('t', types.byteType),
]);

test('a schema prints as Spark printed it, whole and to one level', () => {
  expect(recording).toContain(`${treeString(schema)}\n${treeString(schema, 1)}\n`);
});

test('a console batch has its two rules of 43 dashes and a blank line at the end', () => {
  const words = types.structType([types.field('palabra', types.stringType)]);
  const options = { numRows: 1, isTruncated: true, zone: 'UTC' };
  expect(consoleBatch(3, [['hola'], ['adiós']], words, options)).toBe(
    `${'-'.repeat(43)}\nBatch: 3\n${'-'.repeat(43)}\n+-------+\n|palabra|\n+-------+\n|   hola|\n+-------+\nonly showing top 1 row\n\n`,
  );
});
