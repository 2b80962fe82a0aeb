import { assert } from '../../../engine/core/assert-never.ts';
import type { Row, SparkValue } from '../../../engine/core/spark-value.ts';
import { sql, sqlJoin, type Sql } from '../../../engine/core/sql-text.ts';
import { storageType } from '../../../engine/core/storage-type.ts';
import { compileBatch } from '../../../engine/compile/compile-batch.ts';
import type { CompileInput, CompileOptions } from '../../../engine/compile/compile-options.ts';
import type { CompiledBatch, CompiledStep, PythonStep } from '../../../engine/compile/compiled-step.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';

export type PythonTwin = (key: string, args: readonly SparkValue[]) => SparkValue;
export type RunOptions = {
  readonly sources?: ReadonlyMap<number, CompileInput>;
  readonly outputMode?: CompileOptions['outputMode'];
  readonly shufflePartitions?: number;
  readonly python?: PythonTwin;
};

export const compileFor = (plan: AnalyzedRelation, options: RunOptions = {}): CompiledBatch =>
  compileBatch(plan, {
    context: { zone: 'UTC', ansi: false, nowUs: 0n, timeParserPolicy: 'CORRECTED' },
    sources: options.sources ?? new Map(),
    table: () => sql`nothing`,
    ...(options.outputMode ? { outputMode: options.outputMode } : {}),
    ...(options.shufflePartitions ? { shufflePartitions: options.shufflePartitions } : {}),
  });

/** Compiles a batch plan and runs it; every statement must also bind under EXPLAIN. */
export async function runPlan(
  connection: Connection,
  plan: AnalyzedRelation,
  options: RunOptions = {},
): Promise<readonly Row[]> {
  const batch = compileFor(plan, options);
  for (const step of batch.steps) await runStep(connection, step, options.python);
  await connection.run(sql`EXPLAIN ${batch.select}`);
  return connection.rows(
    batch.select,
    batch.output.map((attribute) => attribute.type),
  );
}

export async function runStep(connection: Connection, step: CompiledStep, python?: PythonTwin): Promise<void> {
  switch (step.kind) {
    case 'read_source':
      if (step.select) await makeTable(connection, step.table, step.select);
      return;
    case 'load_rows': {
      const columns = step.types.map((type, i) => sql`${sql`f`}${String(i) as Sql} ${storageType(type)}`);
      await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${step.table} (${sqlJoin(columns, ', ')})`);
      await connection.appendRows(step.table, step.types, step.blocks, true);
      return;
    }
    case 'make_table':
    case 'watermark':
      return makeTable(connection, step.table, step.select);
    case 'python':
      assert(python !== undefined, 'a Python twin is due');
      return runPython(connection, step, python);
    default:
      throw new Error(`the test runs no ${step.kind}`);
  }
}

export const makeTable = (connection: Connection, table: Sql, select: Sql): Promise<void> =>
  connection.run(sql`CREATE OR REPLACE TEMP TABLE ${table} AS ${select}`);

async function runPython(connection: Connection, step: PythonStep, python: PythonTwin): Promise<void> {
  await makeTable(connection, sql`py_in`, step.input);
  const results = step.calls.map((call) => sql`${call.result} ${storageType(call.resultType)}`);
  await connection.run(sql`CREATE OR REPLACE TEMP TABLE py_out (${sqlJoin(results, ', ')})`);
  const args = step.calls.flatMap((call) => call.args);
  const rows = await connection.rows(
    sql`SELECT ${sqlJoin(args, ', ')} FROM py_in ORDER BY rowid`,
    step.calls.flatMap((call) => call.argTypes),
  );
  const answers = rows.map((row) => {
    let next = 0;
    return step.calls.map((call) => python(call.key, row.slice(next, (next += call.args.length))));
  });
  await connection.appendRows(
    'py_out',
    step.calls.map((call) => call.resultType),
    [answers],
    true,
  );
  await makeTable(connection, step.table, sql`SELECT * FROM py_in POSITIONAL JOIN py_out`);
}

/** The only step of a kind. */
export const stepOf = <Kind extends CompiledStep['kind']>(
  batch: CompiledBatch,
  kind: Kind,
): Extract<CompiledStep, { kind: Kind }> => {
  const found = batch.steps.find((step) => step.kind === kind);
  if (!found) throw new Error(`no ${kind} among ${batch.steps.map((step) => step.kind).join()}`);
  return found as Extract<CompiledStep, { kind: Kind }>;
};
