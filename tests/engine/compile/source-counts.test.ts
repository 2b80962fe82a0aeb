import { afterAll, beforeAll, expect, test } from 'vitest';
import { integerType, longType } from '../../../engine/core/data-type.ts';
import { sql } from '../../../engine/core/sql-text.ts';
import type { CompileInput } from '../../../engine/compile/compile-options.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import * as plan from './plan-builder.ts';
import { compileFor, runStep } from './run-plan.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 1, scalars: [] });
  connection = await database.connect();
});
afterAll(() => database.close());

const n = plan.attribute('n', integerType);
const numbers = (): AnalyzedRelation => plan.source(1, [n]);
const fiveRows = sql`SELECT range::INTEGER AS f0 FROM range(5)`;
const is = (value: number): ReturnType<typeof plan.test> => plan.test('==', plan.ref(n), plan.lit(value, integerType));

/** `numInputRows` of the only source. */
async function inputRows(of: AnalyzedRelation, counts: 'every_row' | 'rows_after_pushed_filters'): Promise<bigint> {
  const input: CompileInput = { kind: 'sql', select: fiveRows, counts };
  const { steps } = compileFor(of, { outputMode: 'append', sources: new Map([[1, input]]) });
  for (const step of steps) {
    if (step.kind !== 'read_source' || !step.rowCount) continue;
    await runStep(connection, step);
    const [row] = await connection.rows(step.rowCount, [longType]);
    return row?.[0] as bigint;
  }
  throw new Error('no step counts the rows of the source');
}

test('a source read in two places counts twice', async () => {
  expect(await inputRows(plan.union(numbers(), numbers()), 'every_row')).toBe(10n);
});

test('each place counts the rows that pass its own filter, where the source tests it', async () => {
  const halves = plan.union(plan.filter(numbers(), is(1)), plan.filter(numbers(), is(2)));
  expect(await inputRows(halves, 'rows_after_pushed_filters')).toBe(2n);
  expect(await inputRows(halves, 'every_row')).toBe(10n);
});

test('a limit pulls no more rows than it lets through, but from a source that delivers blocks', async () => {
  const two = plan.cut('limit', numbers(), 2);
  expect(await inputRows(two, 'rows_after_pushed_filters')).toBe(2n);
  expect(await inputRows(two, 'every_row')).toBe(5n);
});
