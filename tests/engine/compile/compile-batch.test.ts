import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrayType, integerType, longType, stringType } from '../../../engine/core/data-type.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import * as plan from './plan-builder.ts';
import { runPlan } from './run-plan.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 2, scalars: [] });
  connection = await database.connect();
});
afterAll(() => database.close());

const { attribute, ref, lit, call, item } = plan;

const k = attribute('k', stringType);
const n = attribute('n', integerType);
const rows = plan.localRows(
  [k, n],
  [
    ['b', 2],
    ['a', 1],
    [null, 3],
    ['b', 4],
    ['a', null],
  ],
);
const sumOf = (of: typeof n) => plan.aggregateCall('sum', longType, ref(of));
const count = plan.aggregateCall('count', longType, lit(1, integerType));

test('a project computes, renames and may show one column twice', async () => {
  const twice = plan.project(
    rows,
    item(ref(k)),
    item(ref(k)),
    item(call('+', integerType, ref(n), lit(1, integerType))),
  );
  expect(await runPlan(connection, twice)).toEqual([
    ['b', 'b', 3],
    ['a', 'a', 2],
    [null, null, 4],
    ['b', 'b', 5],
    ['a', 'a', null],
  ]);
});

test('rows that compare equal keep their order; NULL comes first', async () => {
  expect(await runPlan(connection, plan.sort(rows, plan.ascending(ref(k))))).toEqual([
    [null, 3],
    ['a', 1],
    ['a', null],
    ['b', 2],
    ['b', 4],
  ]);
});

test('limit, offset and tail cut in input order', async () => {
  expect(await runPlan(connection, plan.cut('limit', rows, 2))).toEqual([
    ['b', 2],
    ['a', 1],
  ]);
  expect(await runPlan(connection, plan.cut('offset', rows, 3))).toEqual([
    ['b', 4],
    ['a', null],
  ]);
  expect(await runPlan(connection, plan.cut('tail', rows, 2))).toEqual([
    ['b', 4],
    ['a', null],
  ]);
});

test('a filter keeps only what is true', async () => {
  expect(await runPlan(connection, plan.filter(rows, plan.test('>', ref(n), lit(1, integerType))))).toEqual([
    ['b', 2],
    [null, 3],
    ['b', 4],
  ]);
});

test('a NULL key is a group; groups come as their first rows came, NULL keys last', async () => {
  expect(await runPlan(connection, plan.aggregate(rows, [k], [sumOf(n), count]))).toEqual([
    ['b', 6n, 2n],
    ['a', 1n, 2n],
    [null, 3n, 1n],
  ]);
});

test('without keys there is one group, also without rows', async () => {
  expect(await runPlan(connection, plan.aggregate(plan.localRows([n], []), [], [count, sumOf(n)]))).toEqual([
    [0n, null],
  ]);
});

test('the first row of each key survives, in arrival order', async () => {
  expect(await runPlan(connection, plan.deduplicate(rows, k))).toEqual([
    ['b', 2],
    ['a', 1],
    [null, 3],
  ]);
});

test('union goes by position', async () => {
  const other = plan.localRows([attribute('x', stringType), attribute('y', integerType)], [['z', 9]]);
  expect((await runPlan(connection, plan.union(rows, other))).at(-1)).toEqual(['z', 9]);
});

test('set difference and intersection take NULL for equal to NULL', async () => {
  const a = attribute('a', stringType);
  const b = attribute('b', stringType);
  const sides = {
    left: plan.localRows([a], [['x'], [null], ['x'], ['y']]),
    right: plan.localRows([b], [[null], ['y']]),
  };
  const base = { ...sides, output: [a], isStreaming: false, planIds: [] };
  expect(await runPlan(connection, { ...base, kind: 'except', isAll: false })).toEqual([['x']]);
  expect(await runPlan(connection, { ...base, kind: 'except', isAll: true })).toEqual([['x'], ['x']]);
  expect(await runPlan(connection, { ...base, kind: 'intersect', isAll: false })).toEqual([['y'], [null]]);
});

test('more rows than fit into a statement are loaded', async () => {
  const many: Row[] = Array.from({ length: 3000 }, (_, i) => ['x', i]);
  const [result] = await runPlan(connection, plan.aggregate(plan.localRows([k, n], many), [], [count, sumOf(n)]));
  expect(result).toEqual([3000n, 4498500n]);
});

test('range counts up and down', async () => {
  const id = attribute('id', longType, false);
  const range = (start: number, end: number, step: number) =>
    ({ kind: 'range', start, end, step, output: [id], isStreaming: false, planIds: [] }) as const;
  expect(await runPlan(connection, range(0, 3, 1))).toEqual([[0n], [1n], [2n]]);
  expect(await runPlan(connection, range(5, 0, -2))).toEqual([[5n], [3n], [1n]]);
});

const left = plan.localRows(
  [k, n],
  [
    ['a', 1],
    ['b', 2],
    [null, 3],
  ],
);
const rk = attribute('rk', stringType);
const rn = attribute('rn', integerType);
const right = plan.localRows(
  [rk, rn],
  [
    ['a', 10],
    ['a', 11],
    ['c', 12],
    [null, 13],
  ],
);
const equal = plan.test('==', ref(k), ref(rk));
test.each([
  [
    'inner',
    [
      ['a', 1, 'a', 10],
      ['a', 1, 'a', 11],
    ],
  ],
  [
    'left_outer',
    [
      ['a', 1, 'a', 10],
      ['a', 1, 'a', 11],
      ['b', 2, null, null],
      [null, 3, null, null],
    ],
  ],
  [
    'right_outer',
    [
      ['a', 1, 'a', 10],
      ['a', 1, 'a', 11],
      [null, null, 'c', 12],
      [null, null, null, 13],
    ],
  ],
  [
    'full_outer',
    [
      ['a', 1, 'a', 10],
      ['a', 1, 'a', 11],
      ['b', 2, null, null],
      [null, 3, null, null],
      [null, null, 'c', 12],
      [null, null, null, 13],
    ],
  ],
  ['left_semi', [['a', 1]]],
  [
    'left_anti',
    [
      ['b', 2],
      [null, 3],
    ],
  ],
] as const)('a %s join matches no NULL key', async (type, expected) => {
  const found = await runPlan(connection, plan.join(left, right, type, equal));
  expect(new Set(found.map((row) => JSON.stringify(row)))).toEqual(new Set(expected.map((row) => JSON.stringify(row))));
  expect(found).toHaveLength(expected.length);
});

test('joins need no equality', async () => {
  const less = plan.test('<', ref(n), ref(rn));
  expect(await runPlan(connection, plan.join(left, right, 'left_anti', less))).toEqual([]);
  expect(await runPlan(connection, plan.join(left, right, 'full_outer', less))).toHaveLength(12);
  expect(await runPlan(connection, plan.join(left, right, 'cross'))).toHaveLength(12);
});

test('functions that need arrival order get it, whatever DuckDB does with the groups', async () => {
  const many: Row[] = Array.from({ length: 5000 }, (_, i) => [i % 2 ? 'a' : 'b', i]);
  const list = plan.aggregateCall('collect_list', arrayType(integerType), ref(n));
  const first = plan.aggregateCall('first', integerType, ref(n));
  const [, a] = await runPlan(connection, plan.aggregate(plan.localRows([k, n], many), [k], [list, first]));
  expect(a?.[1]).toEqual(Array.from({ length: 2500 }, (_, i) => 2 * i + 1));
  expect(a?.[2]).toBe(1);
});

test('two hundred columns added one after the other still compile and run', async () => {
  let frame = plan.project(rows, item(ref(n)));
  for (let i = 0; i < 200; i += 1) {
    const last = frame.output.at(-1) ?? n;
    frame = plan.project(
      frame,
      ...frame.output.map((column) => item(ref(column))),
      item(call('+', integerType, ref(last), lit(1, integerType))),
    );
  }
  expect((await runPlan(connection, frame))[0]?.at(-1)).toBe(202);
});
