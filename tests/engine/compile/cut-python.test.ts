import { afterAll, beforeAll, expect, test } from 'vitest';
import { integerType, stringType } from '../../../engine/core/data-type.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import type { BoundPython } from '../../../engine/plan/bound-expression.ts';
import * as plan from './plan-builder.ts';
import { runPlan } from './run-plan.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 2, scalars: [] });
  connection = await database.connect();
});
afterAll(() => database.close());

const { attribute, ref, lit, item } = plan;
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

const python = (key: string, ...args: readonly ReturnType<typeof ref>[]): BoundPython => ({
  kind: 'python',
  name: key,
  key,
  args,
  deterministic: true,
  evalType: 100,
  type: stringType,
  nullable: true,
});
test('Python functions run outside, inner ones first, wherever an expression may stand', async () => {
  const seen: string[] = [];
  const twin = (key: string, args: readonly unknown[]): string => {
    seen.push(key);
    return `${key}(${args.join()})`;
  };
  const nested = plan.project(rows, item(ref(n)), item(python('f', python('g', ref(k)))), item(python('g', ref(k))));
  const result = await runPlan(connection, nested, { python: twin });
  expect(result[0]).toEqual([2, 'f(g(b))', 'g(b)']);
  // The same deterministic call is made once.
  expect(seen.filter((key) => key === 'g')).toHaveLength(5);
  const filtered = plan.filter(rows, plan.test('==', python('h', ref(k)), lit('h(a)', stringType)));
  expect(await runPlan(connection, filtered, { python: twin })).toEqual([
    ['a', 1],
    ['a', null],
  ]);
  const grouped = plan.aggregate(rows, [], [plan.aggregateCall('max', stringType, python('m', ref(k)))]);
  expect(await runPlan(connection, grouped, { python: twin })).toEqual([['m(b)']]);
});
