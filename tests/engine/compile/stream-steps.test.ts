import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { booleanType, integerType, longType, stringType, timestampType } from '../../../engine/core/data-type.ts';
import { structValue, type Row } from '../../../engine/core/spark-value.ts';
import { sql, type Sql } from '../../../engine/core/sql-text.ts';
import type { CompileInput } from '../../../engine/compile/compile-options.ts';
import type { AggregateStep, CompiledBatch, SessionStep } from '../../../engine/compile/compiled-step.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import * as plan from './plan-builder.ts';
import { compileFor, makeTable, runStep, stepOf } from './run-plan.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 2, scalars: [] });
  connection = await database.connect();
});
afterAll(() => database.close());

const { attribute, ref, lit, call } = plan;
const us = (clock: string): bigint => BigInt(Date.parse(`2024-01-10T${clock}Z`)) * 1000n;
const minutes = (count: number): number => count * 60_000_000;
const k = attribute('k', stringType);
const n = attribute('n', integerType);
const t = attribute('t', timestampType);
const events = plan.source(1, [k, n, t]);
const count = plan.aggregateCall('count', longType, lit(1, integerType));
const sum = plan.aggregateCall('sum', longType, ref(n));

beforeEach(async () => {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE feed (f0 VARCHAR, f1 INTEGER, f2 TIMESTAMP)`);
});
const feedSelect: CompileInput = { kind: 'sql', select: sql`SELECT * FROM feed`, counts: 'rows_after_pushed_filters' };
const load = (rows: readonly Row[]): Promise<number> =>
  connection.appendRows('feed', [stringType, integerType, timestampType], [rows], true);

const streamOf = (of: AnalyzedRelation, input: CompileInput = feedSelect): CompiledBatch =>
  compileFor(of, { outputMode: 'append', sources: new Map([[1, input]]) });
const marked = plan.watermark(events, 't', 600_000);
const time = plan.column(marked, 't');
const tumbling = plan.timeWindow(marked, time, minutes(5));
const counted = plan.aggregate(tumbling, [tumbling.window, k], [count, sum]);

async function runAggregate(
  step: AggregateStep,
  batches: readonly (readonly Row[])[],
  compiled: CompiledBatch,
): Promise<readonly Row[]> {
  const names = [...step.keys, ...step.partials];
  const definitions = names.map((column) => `${column.name} ${column.storage}`).join(', ');
  await connection.run(`CREATE OR REPLACE TEMP TABLE state (${definitions}, batch BIGINT)` as Sql);
  for (const [number, rows] of batches.entries()) {
    await connection.run(sql`DELETE FROM feed`);
    await load(rows);
    await makeTable(connection, sql`d`, step.batchRows);
    const accepted = step.accept ? sql`WHERE ${step.accept}` : sql``;
    await connection.run(
      `INSERT INTO state SELECT ${names.map((column) => column.name).join(', ')}, ${number} FROM d ${accepted}` as Sql,
    );
  }
  const rows = step.panes ? step.panes.expand(sql`state`) : sql`state`;
  await makeTable(connection, step.table, step.result(sql`(${step.merge(rows)})`));
  return connection.rows(
    sql`${compiled.select} ORDER BY ALL`,
    compiled.output.map((column) => column.type),
  );
}

test('a windowed count over a file reads the source inside its one statement and carries both statistics', async () => {
  const compiled = streamOf(counted);
  expect(compiled.steps.map((step) => step.kind)).toEqual(['read_source', 'aggregate']);
  const step = stepOf(compiled, 'aggregate');
  await load([
    ['a', 1, us('10:00:00.0015')],
    ['a', 2, us('10:09:00')],
    ['b', 3, null],
  ]);
  await makeTable(connection, sql`d`, step.batchRows);
  const { watermark, sourceRows } = step.carried;
  expect(await connection.count(sql`SELECT ${sourceRows?.rowCount ?? sql``} FROM d`)).toBe(3);
  const [max, min, average, rows] = await connection.one(sql`SELECT ${watermark?.statistics ?? sql``} FROM d`, [
    longType,
    longType,
    { kind: 'double' },
    longType,
  ]);
  // A NULL time counts as 1970.
  expect([max, min, rows]).toEqual([us('10:09:00'), 0n, 3n]);
  expect(average).toBeCloseTo(Number((us('10:00:00.001') + us('10:09:00')) / 1000n) / 3, 0);
  await makeTable(connection, sql`d`, sql`SELECT * FROM (${step.batchRows}) WHERE false`);
  expect(
    await connection.one(sql`SELECT ${watermark?.statistics ?? sql``} FROM d`, [
      longType,
      longType,
      { kind: 'double' },
      longType,
    ]),
  ).toEqual([null, null, null, 0n]);
});

test('partial rows of several batches give the answer of all rows at once; rows without time enter no state', async () => {
  const compiled = streamOf(counted);
  const step = stepOf(compiled, 'aggregate');
  expect(
    await runAggregate(
      step,
      [
        [
          ['a', 1, us('10:00:00')],
          [null, 5, us('10:01:00')],
          ['a', 9, null],
        ],
        [
          ['a', 2, us('10:04:59')],
          ['a', 4, us('10:05:00')],
        ],
      ],
      compiled,
    ),
  ).toEqual([
    [structValue([us('10:00:00'), us('10:05:00')]), null, 1n, 5n],
    [structValue([us('10:00:00'), us('10:05:00')]), 'a', 2n, 3n],
    [structValue([us('10:05:00'), us('10:10:00')]), 'a', 1n, 4n],
  ]);
  expect(
    await connection.count(
      sql`SELECT count(*) FROM state WHERE ${step.closesAtUs ?? sql``} <= ${String(us('10:05:00')) as Sql}`,
    ),
  ).toBe(3);
});

test.each([
  [10, 5, 0],
  [10, 3, 0],
  [7, 2, 1],
])('panes of %i minute windows every %i give what single rows give', async (size, slide, start) => {
  const windowed = plan.timeWindow(marked, time, minutes(size), minutes(slide), minutes(start));
  const compiled = streamOf(plan.aggregate(windowed, [windowed.window, k], [count, sum]));
  const step = stepOf(compiled, 'aggregate');
  const rows: Row[] = Array.from({ length: 60 }, (_, i) => [
    i % 2 ? 'a' : 'b',
    i,
    us('10:00:00') + BigInt((i * 7919) % 3600) * 1_000_000n,
  ]);
  const found = await runAggregate(step, [rows.slice(0, 25), rows.slice(25)], compiled);
  const expected = new Map<string, [bigint, bigint]>();
  for (const [key, value, at] of rows) {
    for (
      let first = us('09:00:00') + BigInt(minutes(start));
      first <= us('11:30:00');
      first += BigInt(minutes(slide))
    ) {
      const aligned = first - ((first - BigInt(minutes(start))) % BigInt(minutes(slide)));
      if ((at as bigint) < aligned || (at as bigint) >= aligned + BigInt(minutes(size))) continue;
      const group = expected.get(`${aligned} ${key as string}`) ?? [0n, 0n];
      expected.set(`${aligned} ${key as string}`, [group[0] + 1n, group[1] + BigInt(value as number)]);
    }
  }
  const windowStart = (value: Row[number]): bigint => (value as ReturnType<typeof structValue>).values[0] as bigint;
  expect(
    new Map(found.map(([w = null, key = null, c = null, s = null]) => [`${windowStart(w)} ${key as string}`, [c, s]])),
  ).toEqual(expected);
  const ends = await connection.rows(
    sql`SELECT ${step.panes?.lastEndUs ?? sql``} - k0, ${step.panes?.firstEndUs ?? sql``} - k0 FROM state`,
    [longType, longType],
  );
  for (const [last, first] of ends) {
    expect(Number(last)).toBeLessThanOrEqual(minutes(size));
    expect(Number(last)).toBeGreaterThan(minutes(size - slide));
    expect(Number(first)).toBeGreaterThan(0);
    expect(Number(first)).toBeLessThanOrEqual(minutes(slide));
  }
});

test('a filter that does not read the event time works below the watermark, one that does stays above', () => {
  const kind = plan.test('==', ref(k), lit('a', stringType));
  const late = plan.test('>', ref(time), lit(us('10:00:00'), timestampType));
  const both = plan.filter(marked, {
    kind: 'call',
    name: 'and',
    args: [kind, late],
    type: booleanType,
    nullable: true,
  });
  const step = stepOf(streamOf(both), 'watermark');
  const source = stepOf(streamOf(both), 'read_source');
  expect(source.select).toContain("'a'");
  expect(step.select).not.toContain('10');
  expect(streamOf(both).select).toContain(String(us('10:00:00')));
});

test('json rows are counted behind the filters that Spark pushes into the source, other rows before', async () => {
  const filtered = plan.filter(events, plan.test('>', ref(n), lit(1, integerType)));
  const computed = plan.filter(
    events,
    plan.test('>', call('+', integerType, ref(n), lit(1, integerType)), lit(2, integerType)),
  );
  await load([
    ['a', 1, null],
    ['b', 2, null],
    ['c', null, null],
    ['d', 3, null],
  ]);
  const counts = async (of: AnalyzedRelation, input: CompileInput): Promise<number> => {
    const step = stepOf(streamOf(of, input), 'read_source');
    await runStep(connection, step);
    return connection.count(step.rowCount ?? sql``);
  };
  const parquet: CompileInput = { ...feedSelect, kind: 'sql', select: sql`SELECT * FROM feed`, counts: 'every_row' };
  expect(await counts(filtered, feedSelect)).toBe(2);
  expect(await counts(computed, feedSelect)).toBe(3);
  expect(await counts(filtered, parquet)).toBe(4);
});

test('a source read twice by a plan is read once in a batch', () => {
  const again = plan.source(1, [
    attribute('k', stringType),
    attribute('n', integerType),
    attribute('t', timestampType),
  ]);
  const compiled = streamOf(plan.union(events, again));
  expect(compiled.steps.filter((step) => step.kind === 'read_source')).toHaveLength(1);
});

test('a source without new data is empty and still counted', async () => {
  const compiled = compileFor(counted, { outputMode: 'append', sources: new Map() });
  expect(await connection.count(stepOf(compiled, 'read_source').rowCount ?? sql``)).toBe(0);
  await makeTable(connection, sql`d`, stepOf(compiled, 'aggregate').batchRows);
});

test('stored sessions and rows of a batch merge into sessions', async () => {
  const windowed = plan.sessionWindow(marked, time, 10_000_000n);
  const compiled = streamOf(plan.aggregate(windowed, [windowed.window, k], [count]));
  const step: SessionStep = stepOf(compiled, 'session');
  const before = async (): Promise<void> => {
    for (const each of compiled.steps) if (each.kind !== 'session') await runStep(connection, each);
  };
  await load([
    ['a', 1, us('10:00:00')],
    ['a', 1, us('10:00:00')],
    ['a', 1, us('10:00:15')],
    ['b', 1, us('10:00:00')],
  ]);
  await before();
  await makeTable(connection, sql`stored`, sql`SELECT *, 0 AS batch FROM (${step.batchRows})`);
  await connection.run(sql`DELETE FROM feed`);
  await load([['a', 1, us('10:00:07')]]);
  await before();
  await makeTable(connection, sql`arrived`, sql`SELECT *, 1 AS batch FROM (${step.batchRows})`);
  await makeTable(
    connection,
    step.table,
    step.result(sql`(${step.merge(sql`(SELECT * FROM stored UNION ALL SELECT * FROM arrived)`)})`),
  );
  expect(step.hasWatermark).toBe(true);
  expect(
    await connection.rows(
      sql`${compiled.select} ORDER BY ALL`,
      compiled.output.map((column) => column.type),
    ),
  ).toEqual([
    [structValue([us('10:00:00'), us('10:00:10')]), 'b', 1n],
    [structValue([us('10:00:00'), us('10:00:25')]), 'a', 4n],
  ]);
});
