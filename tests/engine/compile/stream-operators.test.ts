import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  dayTimeIntervalType,
  integerType,
  longType,
  stringType,
  timestampType,
} from '../../../engine/core/data-type.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import { sql, type Sql } from '../../../engine/core/sql-text.ts';
import type { CompileInput } from '../../../engine/compile/compile-options.ts';
import type { CompiledBatch } from '../../../engine/compile/compiled-step.ts';
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
const rowsOf = (rows: readonly Row[]): CompileInput => ({ kind: 'rows', blocks: [rows] });

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

test('a stream-stream join knows its keys, its times and how long each side is kept', async () => {
  const click = [attribute('ck', stringType), attribute('cn', integerType), attribute('ct', timestampType)] as const;
  const clicks = plan.watermark(plan.source(2, click), 'ct', 3_000);
  const clickTime = plan.column(clicks, 'ct');
  const hour = lit(3_600_000_000n, dayTimeIntervalType);
  const condition = [
    plan.test('==', ref(k), ref(click[0])),
    plan.test('>=', ref(clickTime), ref(time)),
    plan.test('<=', ref(clickTime), call('+', timestampType, ref(time), hour)),
    plan.test('>', ref(n), lit(0, integerType)),
  ].reduce((all, next) => plan.test('and', all, next));
  const compiled = compileFor(plan.join(marked, clicks, 'left_outer', condition), {
    outputMode: 'append',
    sources: new Map([
      [1, feedSelect],
      [
        2,
        rowsOf([
          ['a', 1, us('10:30:00')],
          [null, 2, null],
        ]),
      ],
    ]),
  });
  const step = stepOf(compiled, 'join');
  expect(step.joinType).toBe('left_outer');
  expect(step.keys).toHaveLength(1);
  expect(step.left.evict).toMatchObject({ shiftUs: -3_600_001_000, byKey: false });
  expect(step.right.evict).toMatchObject({ shiftUs: -1000, byKey: false });
  expect(step.left.storable).toBeDefined();
  await load([
    ['a', 1, us('10:00:00')],
    ['a', 0, us('10:00:00')],
    ['z', 1, us('10:00:00')],
  ]);
  for (const each of compiled.steps) if (each.kind !== 'join') await runStep(connection, each);
  await makeTable(connection, sql`l`, step.left.input);
  await makeTable(connection, sql`r`, step.right.input);
  const pairs = sql`SELECT ${step.output.join(', ') as Sql} FROM (SELECT * FROM l WHERE ${step.left.storable ?? sql``}) JOIN r ON ${step.condition}`;
  await makeTable(
    connection,
    step.table,
    sql`${pairs} UNION ALL BY NAME SELECT ${step.leftOnly.join(', ') as Sql} FROM l WHERE false`,
  );
  const rows = await connection.rows(
    compiled.select,
    compiled.output.map((column) => column.type),
  );
  expect(rows).toEqual([['a', 1, us('10:00:00'), 'a', 1, us('10:30:00')]]);
});

test('de-duplication expires by its key when the event time is one, never otherwise', () => {
  expect(stepOf(streamOf(plan.deduplicate(marked, k, time)), 'deduplicate').expires).toBe('key');
  expect(stepOf(streamOf(plan.deduplicate(marked, k)), 'deduplicate')).toMatchObject({
    expires: 'never',
    delayUs: 600_000_000,
  });
});

test('operators are numbered from the sink, and each knows what lies below', () => {
  const twice = plan.aggregate(counted, [plan.column(counted, 'window')], [count]);
  const compiled = streamOf(twice);
  expect(
    compiled.steps.filter((step) => step.kind === 'aggregate').map(({ operator, below }) => [operator, below]),
  ).toEqual([
    [1, []],
    [0, [1]],
  ]);
  const limited = streamOf(plan.cut('limit', events, 2));
  expect(stepOf(limited, 'stream_limit')).toMatchObject({ operator: 0, count: 2 });
});
