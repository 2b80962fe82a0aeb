import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  booleanType,
  decimalType,
  doubleType,
  integerType,
  longType,
  stringType,
  type DataType,
} from '../../../engine/core/data-type.ts';
import { sql, sqlInteger, sqlJoin, sqlName, sqlWord, type Sql } from '../../../engine/core/sql-text.ts';
import { storageType } from '../../../engine/core/storage-type.ts';
import { cellText } from '../../../engine/display/cell-text.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import type { Database } from '../../../engine/duckdb/open-database.ts';
import { findFunction, functionNames } from '../../../engine/functions/catalog.ts';
import type { AggregateCall, AggregateFunction } from '../../../engine/functions/define-function.ts';
import { openExampleDatabase } from '../../support/spark-answer.ts';

type Column = 'i' | 'l' | 'd' | 'n' | 's' | 'b';
const columnTypes: Readonly<Record<Column, DataType>> = {
  i: integerType,
  l: longType,
  d: doubleType,
  n: decimalType(10, 2),
  s: stringType,
  b: booleanType,
};

let database: Database;
let connection: Connection;

beforeAll(async () => {
  database = await openExampleDatabase();
  connection = await database.connect();
});
afterAll(() => database.close());

function callOn(row: AggregateFunction, columns: readonly Column[], ignoreNulls: boolean): AggregateCall {
  const types = columns.map((column) => columnTypes[column]);
  const args = columns.map(
    (column, i) =>
      ({
        kind: 'attribute',
        attribute: { id: i, name: column, type: columnTypes[column], nullable: true, qualifier: [] },
        type: columnTypes[column],
        nullable: true,
      }) as never,
  );
  const literals = columns.map(() => undefined);
  const type = typeof row.returns === 'function' ? row.returns({ args, types, literals, ansi: false }) : row.returns;
  return {
    args: columns.map((column) => sqlWord(column)),
    lambdas: columns.map(() => undefined),
    types,
    literals,
    type,
    context: { zone: 'UTC', ansi: false, nowUs: 0n, timeParserPolicy: 'EXCEPTION' },
    distinct: false,
    ignoreNulls,
    order: sql`arrival`,
  };
}

const batchSize = 3;

/** Rows as they come: nulls, repeats and both ends of the integers. */
async function load(seed: number): Promise<void> {
  const value = fc.record({
    i: fc.option(fc.integer({ min: -5, max: 5 })),
    l: fc.option(fc.constantFrom(0n, 7n, -3n, 9_223_372_036_854_775_807n)),
    d: fc.option(fc.constantFrom(0.5, -2.25, 3, 1e10)),
    n: fc.option(fc.constantFrom('1.50', '-0.25', '99999999.99')),
    s: fc.option(fc.constantFrom('a', 'ñ', '')),
    b: fc.option(fc.boolean()),
  });
  const rows = fc.sample(fc.array(value, { minLength: 8, maxLength: 8 }), { seed, numRuns: 1 })[0] ?? [];
  const texts = rows.map(
    (row, at) =>
      `(${at}, ${at - (at % batchSize)}, ${row.i ?? 'NULL'}, ${row.l ?? 'NULL'}, ${row.d ?? 'NULL'}, ${row.n ?? 'NULL'}, ${row.s === null ? 'NULL' : `'${row.s}'`}, ${row.b ?? 'NULL'})`,
  );
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE input AS SELECT arrival::BIGINT arrival, batch::BIGINT batch, i::INTEGER i, l::BIGINT l, d::DOUBLE d, n::DECIMAL(10, 2) n, s::VARCHAR s, b::BOOLEAN b FROM (VALUES ${texts.join(', ')}) t(arrival, batch, i, l, d, n, s, b)` as Sql,
  );
}

/** Per batch, then merged in two steps as compaction does, then finished. */
async function throughState(row: AggregateFunction, call: AggregateCall): Promise<string> {
  const { split } = row;
  if (split === 'keeps_values') throw new Error('no split');
  const names = split.columns.map((_, i) => sqlName(`p${i}`));
  const name = (i: number): Sql => names[i] ?? sql`p`;
  const partials = split.columns.map(
    (column, i) => sql`(${column.partial(call)})::${storageType(column.type(call))} AS ${name(i)}`,
  );
  await connection.run(
    sql`CREATE OR REPLACE TEMP TABLE partials AS SELECT batch, ${sqlJoin(partials, ', ')} FROM input GROUP BY batch`,
  );
  const merged = split.columns.map(
    (column, i) => sql`(${column.merge(name(i), sql`batch`, call)})::${storageType(column.type(call))} AS ${name(i)}`,
  );
  await connection.run(
    sql`CREATE OR REPLACE TEMP TABLE compacted AS SELECT min(batch) AS batch, ${sqlJoin(merged, ', ')} FROM partials GROUP BY batch >= ${sqlInteger(batchSize * 2)}`,
  );
  const [value = null] = await connection.one(
    sql`SELECT ${split.final(names, call)} FROM (SELECT ${sqlJoin(merged, ', ')} FROM compacted)`,
    [call.type],
  );
  return cellText(value, call.type, 'UTC');
}

async function atOnce(row: AggregateFunction, call: AggregateCall): Promise<string> {
  const [value = null] = await connection.one(sql`SELECT ${row.sql(call)} FROM input`, [call.type]);
  return cellText(value, call.type, 'UTC');
}

const argumentsOf: Readonly<Record<string, readonly (readonly Column[])[]>> = {
  count: [['i'], ['i', 's']],
  sum: [['i'], ['l'], ['d'], ['n']],
  avg: [['i'], ['l'], ['d'], ['n']],
  min: [['i'], ['d'], ['s'], ['b']],
  max: [['l'], ['n'], ['s']],
  max_by: [
    ['s', 'i'],
    ['i', 's'],
  ],
  min_by: [['s', 'i']],
  bool_and: [['b']],
  bool_or: [['b']],
  count_if: [['b']],
  bit_and: [['i']],
  bit_or: [['l']],
  bit_xor: [['i']],
  first: [['s'], ['i']],
  last: [['s'], ['i']],
  collect_list: [['i'], ['s']],
  collect_set: [['i'], ['s']],
};
const pairs = [
  'corr',
  'covar_pop',
  'covar_samp',
  'regr_count',
  'regr_avgx',
  'regr_avgy',
  'regr_slope',
  'regr_intercept',
  'regr_r2',
  'regr_sxx',
  'regr_syy',
  'regr_sxy',
];
const isClose = (name: string): boolean => pairs.includes(name) || /^(stddev|var|skewness|kurtosis|product)/.test(name);

/** Moments are merged by other sums than they are made by, as in Spark: their last digits may differ. */
const agree = (name: string, kept: string, whole: string): boolean =>
  kept === whole || (isClose(name) && Math.abs(Number(kept) - Number(whole)) <= 1e-9 * (1 + Math.abs(Number(whole))));

const splitNames = functionNames().filter((name) => {
  const row = findFunction(name);
  return row?.kind === 'aggregate' && row.split !== 'keeps_values';
});

describe('an aggregate kept in state and merged batch by batch gives the answer over all rows', () => {
  test.each(splitNames)('%s', async (name) => {
    const row = findFunction(name);
    if (row?.kind !== 'aggregate') throw new Error(`${name} is no aggregate`);
    for (let seed = 1; seed <= 12; seed += 1) {
      await load(seed);
      for (const columns of argumentsOf[name] ?? (pairs.includes(name) ? [['i', 'd'] as const] : [['d'] as const])) {
        for (const ignoreNulls of name === 'first' || name === 'last' ? [false, true] : [false]) {
          const call = callOn(row, columns, ignoreNulls);
          const [whole, kept] = [await atOnce(row, call), await throughState(row, call)];
          expect(agree(name, kept, whole), `${columns.join(', ')}, seed ${seed}: ${kept} and ${whole}`).toBe(true);
        }
      }
    }
  });
});

test('no partial column is wider than 64 bits, but for decimals', () => {
  for (const name of splitNames) {
    const row = findFunction(name);
    if (row?.kind !== 'aggregate' || row.split === 'keeps_values') continue;
    for (const columns of argumentsOf[name] ?? (pairs.includes(name) ? [['d', 'd'] as const] : [['d'] as const]))
      for (const column of row.split.columns)
        expect(storageType(column.type(callOn(row, columns, false)))).not.toMatch(/HUGEINT/);
  }
});
