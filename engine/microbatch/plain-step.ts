import type { PythonFunctions } from '../api/python-functions.ts';
import type { CompiledStep, LoadRowsStep, PythonStep, StatefulStep, WatermarkStep } from '../compile/compiled-step.ts';
import { assertNever } from '../core/assert-never.ts';
import type { DataType } from '../core/data-type.ts';
import type { Row, SparkValue } from '../core/spark-value.ts';
import { sql, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import type { Connection } from '../duckdb/connection.ts';

/** Steps that batch queries have too: they make one temporary table and remember nothing. */
export type PlainStep = Exclude<CompiledStep, StatefulStep | WatermarkStep>;

/** Makes the step's table as a temporary one of `connection`. */
export async function runPlainStep(step: PlainStep, connection: Connection, python: PythonFunctions): Promise<void> {
  switch (step.kind) {
    case 'read_source':
      if (step.select !== undefined) await makeTable(connection, step.table, step.select);
      return;
    case 'make_table':
      return makeTable(connection, step.table, step.select);
    case 'load_rows':
      return loadRows(connection, step);
    case 'python':
      return callPython(connection, step, python);
    default:
      return assertNever(step, 'step');
  }
}

export const makeTable = (connection: Connection, table: Sql, select: Sql): Promise<void> =>
  connection.run(sql`CREATE OR REPLACE TEMP TABLE ${table} AS ${select}`);

async function loadRows(connection: Connection, step: LoadRowsStep): Promise<void> {
  const columns = step.types.map((type, index) => sql`${sqlName(`f${index}`)} ${storageType(type)}`);
  await connection.run(
    sql`CREATE OR REPLACE TEMP TABLE ${step.table} (${columns.length === 0 ? sql`f0 INTEGER` : sqlJoin(columns, ', ')})`,
  );
  await connection.appendRows(plainName(step.table), step.types, step.blocks, true);
}

const plainName = (table: Sql): string => table.replace(/^"(.*)"$/, '$1').replaceAll('""', '"');

/** Arguments go to the kernel in blocks, in row order; the answers are joined back by row number. */
async function callPython(connection: Connection, step: PythonStep, python: PythonFunctions): Promise<void> {
  const name = plainName(step.table);
  const numbered = sqlName(`${name}_numbered`);
  const answers = `${name}_answers`;
  const rowNumber: DataType = { kind: 'long' };
  await makeTable(connection, numbered, sql`SELECT row_number() OVER () AS py_row, i.* FROM (${step.input}) i`);
  const results = step.calls.map((call) => sql`${call.result} ${storageType(call.resultType)}`);
  await connection.run(
    sql`CREATE OR REPLACE TEMP TABLE ${sqlName(answers)} (${sqlJoin([sql`py_row BIGINT`, ...results], ', ')})`,
  );
  const args = step.calls.flatMap((call) => call.args);
  const select = sql`SELECT ${sqlJoin([sql`py_row`, ...args], ', ')} FROM ${numbered} ORDER BY py_row`;
  const resultTypes = [rowNumber, ...step.calls.map((call) => call.resultType)];
  for await (const block of connection.blocks(select, [rowNumber, ...step.calls.flatMap((call) => call.argTypes)]))
    await connection.appendRows(answers, resultTypes, [await answerBlock(step, block, python)], true);
  await makeTable(
    connection,
    step.table,
    sql`SELECT n.* EXCLUDE (py_row), a.* EXCLUDE (py_row) FROM ${numbered} n JOIN ${sqlName(answers)} a USING (py_row) ORDER BY py_row`,
  );
}

async function answerBlock(step: PythonStep, block: readonly Row[], python: PythonFunctions): Promise<readonly Row[]> {
  const answers: (readonly SparkValue[])[] = [];
  let from = 1;
  for (const call of step.calls) {
    const first = from;
    from += call.args.length;
    const rows = block.map((row) => row.slice(first, first + call.args.length));
    answers.push(await python.callUdf(call.key, rows, call.argTypes, call.resultType));
  }
  return block.map((row, index) => [row[0] ?? null, ...answers.map((values) => values[index] ?? null)]);
}
