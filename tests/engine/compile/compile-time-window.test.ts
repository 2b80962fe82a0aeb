import { afterAll, beforeAll, expect, test } from 'vitest';
import { integerType, longType, stringType, timestampType } from '../../../engine/core/data-type.ts';
import { structValue, type Row, type StructValue } from '../../../engine/core/spark-value.ts';
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

const { attribute, ref, lit, item } = plan;
const us = (clock: string): bigint => BigInt(Date.parse(`2024-01-10T${clock}Z`)) * 1000n;
const minutes = (count: number): number => count * 60_000_000;
const window = (start: string, end: string): StructValue => structValue([us(start), us(end)]);
const k = attribute('k', stringType);
const count = plan.aggregateCall('count', longType, lit(1, integerType));

const t = attribute('t', timestampType);
const events = plan.localRows(
  [k, t],
  [
    ['a', us('10:00:00')],
    ['a', us('10:04:59.999999')],
    ['a', us('10:05:00')],
    ['b', null],
    ['b', -1n],
  ],
);

test('a tumbling window starts at or before its rows, also before 1970, and drops rows without time', async () => {
  const windowed = plan.timeWindow(events, t, minutes(5));
  const grouped = plan.aggregate(windowed, [windowed.window, k], [count]);
  expect(await runPlan(connection, grouped)).toEqual([
    [window('10:00:00', '10:05:00'), 'a', 2n],
    [window('10:05:00', '10:10:00'), 'a', 1n],
    [structValue([-300_000_000n, 0n]), 'b', 1n],
  ]);
});

test('windows of a sliding window come newest first', async () => {
  const one = plan.localRows([t], [[us('17:32:30')], [us('17:33:10')]]);
  const windowed = plan.timeWindow(one, t, minutes(3), minutes(2));
  const field = (index: number, name: string) =>
    item({ kind: 'field', child: ref(windowed.window), index, name, type: timestampType, nullable: true });
  expect(await runPlan(connection, plan.project(windowed, field(0, 'start'), field(1, 'end')))).toEqual([
    [us('17:32:00'), us('17:35:00')],
    [us('17:30:00'), us('17:33:00')],
    [us('17:32:00'), us('17:35:00')],
  ]);
});

test.each([
  [10, 5, 0],
  [10, 3, 1],
  [7, 2, 0],
  [3, 2, -1],
])('groups of %i minute windows every %i are the same from panes and from rows', async (size, slide, start) => {
  const times: Row[] = Array.from({ length: 200 }, (_, i) => [
    i % 3 === 0 ? 'a' : 'b',
    i % 17 === 0 ? null : us('10:00:00') + BigInt((i * 7919) % 2400) * 1_000_000n,
  ]);
  const input = plan.localRows([k, t], times);
  const windowed = plan.timeWindow(input, t, minutes(size), minutes(slide), minutes(start));
  const fromPanes = plan.aggregate(windowed, [windowed.window, k], [count]);
  // A condition on the window needs real windows.
  const always = plan.test('isnotnull', ref(windowed.window));
  const fromRows = plan.aggregate(plan.filter(windowed, always), [windowed.window, k], [count]);
  const panes = await runPlan(connection, fromPanes);
  expect(panes.length).toBeGreaterThan(10);
  expect(panes).toEqual(await runPlan(connection, fromRows));
});

test('sessions that touch are one', async () => {
  const input = plan.localRows(
    [k, t],
    [
      ['a', us('10:00:20')],
      ['a', us('10:00:00')],
      ['b', us('10:00:00')],
      ['a', us('10:00:10')],
      ['a', us('10:00:31')],
    ],
  );
  const windowed = plan.sessionWindow(input, t, 10_000_000n);
  expect(await runPlan(connection, plan.aggregate(windowed, [windowed.window, k], [count]))).toEqual([
    [window('10:00:00', '10:00:30'), 'a', 3n],
    [window('10:00:31', '10:00:41'), 'a', 1n],
    [window('10:00:00', '10:00:10'), 'b', 1n],
  ]);
});
