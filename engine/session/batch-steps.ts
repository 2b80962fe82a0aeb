import type { PythonFunctions } from '../api/python-functions.ts';
import type { DataType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import type { Row, SparkValue } from '../core/spark-value.ts';
import type { CompiledStep, LoadRowsStep, PythonStep } from '../compile/compiled-step.ts';
import type { Connection } from '../duckdb/connection.ts';

/** Makes the tables of a batch query, in order, as temporary ones of `connection`. */
export async function runBatchSteps(steps: readonly CompiledStep[], connection: Connection, python: PythonFunctions): Promise<void> {
  for (const step of steps) {
    switch (step.kind) {
      case 'read_source':
        if (step.select) await makeTable(connection, step.table, step.select);
        break;
      case 'make_table':
        await makeTable(connection, step.table, step.select);
        break;
      case 'load_rows':
        await loadRows(connection, step);
        break;
      case 'python':
        await callPython(connection, step, python);
        break;
      default:
        throw new Error(`internal error: ${step.kind} in a batch query`);
    }
  }
}

const makeTable = (connection: Connection, table: Sql, select: Sql): Promise<void> => connection.run(sql`CREATE OR REPLACE TEMP TABLE ${table} AS ${select}`);

async function loadRows(connection: Connection, step: LoadRowsStep): Promise<void> {
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${step.table} (${columnList(step.types)})`);
  await connection.appendRows(unquoted(step.table), step.types, step.blocks, true);
}

const columnList = (types: readonly DataType[]): Sql =>
  types.length === 0 ? sql`f0 INTEGER` : sqlJoin(types.map((type, index) => sql`${sqlName(`f${index}`)} ${storageType(type)}`), ', ');

const unquoted = (table: Sql): string => table.replace(/^"(.*)"$/, '$1').replaceAll('""', '"');

/**
 * Numbers the input rows, asks the kernel call by call in blocks, and joins the answers back by number.
 * Calls of one step are independent: a UDF of a UDF is the next step.
 */
export async function callPython(connection: Connection, step: PythonStep, python: PythonFunctions): Promise<void> {
  const numbered = sqlName(`${unquoted(step.table)}_in`);
  const answers = `${unquoted(step.table)}_py`;
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${numbered} AS SELECT row_number() OVER () AS py_row, i.* FROM (${step.input}) i`);
  const resultTypes = step.calls.map((call) => call.resultType);
  const rowType: DataType = { kind: 'long' };
  const columns = sqlJoin([sql`py_row BIGINT`, ...step.calls.map((call) => sql`${call.result} ${storageType(call.resultType)}`)], ', ');
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${sqlName(answers)} (${columns})`);
  const args = step.calls.flatMap((call) => call.args);
  const argTypes = step.calls.flatMap((call) => call.argTypes);
  const select = sql`SELECT ${sqlJoin([sql`py_row`, ...args], ', ')} FROM ${numbered} ORDER BY py_row`;
  for await (const block of connection.blocks(select, [rowType, ...argTypes])) {
    const rows = await answerBlock(step, block, python);
    await connection.appendRows(answers, [rowType, ...resultTypes], [rows], true);
  }
  await makeTable(connection, step.table, sql`SELECT n.* EXCLUDE (py_row), a.* EXCLUDE (py_row) FROM ${numbered} n JOIN ${sqlName(answers)} a USING (py_row) ORDER BY py_row`);
}

async function answerBlock(step: PythonStep, block: readonly Row[], python: PythonFunctions): Promise<readonly Row[]> {
  const results: (readonly SparkValue[])[] = [];
  let first = 1;
  for (const call of step.calls) {
    const from = first;
    first += call.args.length;
    const rows = block.map((row) => row.slice(from, from + call.args.length));
    results.push(await python.callUdf(call.key, rows, call.argTypes, call.resultType));
  }
  return block.map((row, index) => [row[0] ?? null, ...results.map((values) => values[index] ?? null)]);
}
