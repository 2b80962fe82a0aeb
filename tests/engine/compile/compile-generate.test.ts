import { jsScalars } from '../../../engine/functions/scalar/catalog.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  arrayType,
  doubleType,
  integerType,
  longType,
  mapType,
  stringType,
  structType,
  field,
  timestampType,
  dayTimeIntervalType,
} from '../../../engine/core/data-type.ts';
import { mapValue, structValue } from '../../../engine/core/spark-value.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import type { Attribute } from '../../../engine/plan/attribute.ts';
import type { BoundBound, BoundExpression, BoundFrame, BoundWindow } from '../../../engine/plan/bound-expression.ts';
import * as plan from './plan-builder.ts';
import { runPlan } from './run-plan.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 2, scalars: jsScalars });
  connection = await database.connect();
});
afterAll(() => database.close());

const { attribute, ref, lit, item } = plan;
const generate = (
  generator: AnalyzedNode<'generate'>['generator'],
  input: AnalyzedRelation,
  args: readonly BoundExpression[],
  generated: readonly Attribute[],
  outer = false,
): AnalyzedRelation => ({
  kind: 'generate',
  generator,
  outer,
  input,
  args,
  generated,
  output: [...input.output, ...generated],
  isStreaming: false,
  planIds: [],
});
const id = attribute('id', integerType);
const list = attribute('list', arrayType(stringType));
const map = attribute('map', mapType(stringType, integerType));
const rows = plan.localRows(
  [id, list, map],
  [
    [
      1,
      ['x', null],
      mapValue([
        ['a', 1],
        ['b', null],
      ]),
    ],
    [2, [], mapValue([])],
    [3, null, null],
  ],
);
const onlyId = (relation: AnalyzedRelation, ...more: readonly Attribute[]): AnalyzedRelation =>
  plan.project(relation, item(ref(id)), ...more.map((a) => item(ref(a))));

test('explode gives one row for each element, NULL elements too; outer keeps rows without elements', async () => {
  const element = attribute('col', stringType);
  expect(await runPlan(connection, onlyId(generate('explode', rows, [ref(list)], [element]), element))).toEqual([
    [1, 'x'],
    [1, null],
  ]);
  expect(await runPlan(connection, onlyId(generate('explode', rows, [ref(list)], [element], true), element))).toEqual([
    [1, 'x'],
    [1, null],
    [2, null],
    [3, null],
  ]);
});

test('posexplode numbers from 0; where outer found nothing the position is NULL', async () => {
  const position = attribute('pos', integerType);
  const element = attribute('col', stringType);
  expect(
    await runPlan(
      connection,
      onlyId(generate('posexplode', rows, [ref(list)], [position, element], true), position, element),
    ),
  ).toEqual([
    [1, 0, 'x'],
    [1, 1, null],
    [2, null, null],
    [3, null, null],
  ]);
});

test('a map explodes into keys and values', async () => {
  const [key, value] = [attribute('key', stringType), attribute('value', integerType)];
  expect(
    await runPlan(connection, onlyId(generate('explode', rows, [ref(map)], [key, value], true), key, value)),
  ).toEqual([
    [1, 'a', 1],
    [1, 'b', null],
    [2, null, null],
    [3, null, null],
  ]);
  const position = attribute('pos', integerType);
  expect(
    await runPlan(
      connection,
      onlyId(generate('posexplode', rows, [ref(map)], [position, key, value]), position, key, value),
    ),
  ).toEqual([
    [1, 0, 'a', 1],
    [1, 1, 'b', null],
  ]);
});

test('inline spreads structs, stack fills rows from its arguments, json_tuple reads fields as text', async () => {
  const pairs = attribute('pairs', arrayType(structType([field('a', integerType), field('A', stringType)])));
  const [a, b] = [attribute('a', integerType), attribute('A', stringType)];
  const input = plan.localRows([id, pairs], [[1, [structValue([1, 'x']), structValue([2, null])]]]);
  expect(await runPlan(connection, onlyId(generate('inline', input, [ref(pairs)], [a, b]), a, b))).toEqual([
    [1, 1, 'x'],
    [1, 2, null],
  ]);

  const [c, d] = [attribute('col0', integerType), attribute('col1', stringType)];
  const stack = generate(
    'stack',
    onlyId(rows),
    [lit(2, integerType), ref(id), lit('p', stringType), lit(7, integerType)],
    [c, d],
  );
  expect((await runPlan(connection, onlyId(stack, c, d))).slice(0, 2)).toEqual([
    [1, 1, 'p'],
    [1, 7, null],
  ]);

  const json = attribute('j', stringType);
  const [x, y] = [attribute('c0', stringType), attribute('c1', stringType)];
  const texts = plan.localRows(
    [id, json],
    [
      [1, '{"x": 1, "a\\"b": {"z":[1]}}'],
      [2, 'no'],
      [3, null],
    ],
  );
  const tuple = generate('json_tuple', texts, [ref(json), lit('x', stringType), lit('a"b', stringType)], [x, y]);
  expect(await runPlan(connection, onlyId(tuple, x, y))).toEqual([
    [1, '1', '{"z":[1]}'],
    [2, null, null],
    [3, null, null],
  ]);
});

test('expand gives each row once for each projection, row by row', async () => {
  const [k, g] = [attribute('k', integerType), attribute('g', longType)];
  const input = plan.localRows([id], [[1], [2]]);
  const projections = [
    [ref(id), lit(0n, longType)],
    [lit(null, integerType), lit(1n, longType)],
  ];
  const expanded: AnalyzedRelation = {
    kind: 'expand',
    input,
    projections,
    output: [k, g],
    isStreaming: false,
    planIds: [],
  };
  expect(await runPlan(connection, expanded)).toEqual([
    [1, 0n],
    [null, 1n],
    [2, 0n],
    [null, 1n],
  ]);
});

const numbers = plan.localRows([id, attribute('v', doubleType)], []);
test('a source of no rows still has its columns', async () => {
  expect(await runPlan(connection, numbers)).toEqual([]);
});

const key = attribute('key', stringType);
const at = attribute('at', timestampType);
const seconds = (count: number): bigint => BigInt(count) * 1_000_000n;
const moments = plan.localRows(
  [key, at, id],
  [
    ['b', seconds(0), 5],
    ['a', seconds(0), 1],
    ['a', seconds(10), 2],
    ['a', seconds(25), 4],
    ['a', null, 8],
  ],
);
const sumOver = (frame: BoundFrame): BoundWindow => ({
  kind: 'window',
  function: plan.aggregateCall('sum', longType, ref(id)),
  partition: [ref(key)],
  order: [plan.ascending(ref(at))],
  frame,
  type: longType,
  nullable: true,
});
const offset = (value: BoundExpression): BoundBound => ({ kind: 'offset', value });
test.each<readonly [string, BoundFrame, readonly bigint[]]>([
  ['all rows up to the current one by default', { kind: 'unspecified' }, [8n, 9n, 11n, 15n, 5n]],
  [
    'the row before and the row itself',
    { kind: 'rows', lower: offset(lit(-1, integerType)), upper: { kind: 'current_row' } },
    [8n, 9n, 3n, 6n, 5n],
  ],
  [
    'rows of the 15 seconds before',
    { kind: 'range', lower: offset(lit(-seconds(15), dayTimeIntervalType)), upper: { kind: 'current_row' } },
    [8n, 1n, 3n, 6n, 5n],
  ],
  [
    'everything',
    { kind: 'rows', lower: { kind: 'unbounded_preceding' }, upper: { kind: 'unbounded_following' } },
    [15n, 15n, 15n, 15n, 5n],
  ],
])('a window function sees %s, and rows come out by partition and order', async (_, frame, expected) => {
  const result = await runPlan(connection, plan.project(moments, item(ref(key)), item(ref(at)), item(sumOver(frame))));
  expect(result.map((row) => row[2])).toEqual(expected);
  expect(result.map((row) => row[0])).toEqual(['a', 'a', 'a', 'a', 'b']);
});
