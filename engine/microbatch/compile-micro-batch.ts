import type { CompiledBatch } from '../compile/compiled-step.ts';
import type { SourceRows } from '../api/source.ts';
import type { CompileInput } from '../compile/compile-options.ts';
import { sql, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import type { CompileContext } from '../functions/define-function.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { plansOfKind } from '../plan/walk-plan.ts';
import { checkEventTimes } from './check-event-times.ts';
import { checkSessionKeys } from './check-session-keys.ts';
import { checkWatermarks } from './check-watermarks.ts';
import { partitionCount } from './partition-count.ts';
import type { PlannedBatch } from './plan-micro-batch.ts';
import { readBatch } from './query-sources.ts';
import type { QueryRun } from './query-run.ts';
import type { StartSpec } from './start-spec.ts';
import { witnessRead } from './witness-read.ts';

/** `partitionCount`: in how many partitions Spark would put out the rows; null: unknown. */
export type ReadyBatch = {
  readonly compiled: CompiledBatch;
  readonly partitionCount: () => Promise<number | null>;
};

/** Reads the sources' ranges, brings in what is static, and compiles the plan for this batch. */
export async function compileMicroBatch(planned: PlannedBatch, run: QueryRun): Promise<ReadyBatch> {
  const inputs = await run.durations.measure('getBatch', async () => {
    const rows = new Map<number, SourceRows>();
    for (const open of run.sources) {
      const read = await readBatch(open);
      if (read !== undefined) rows.set(open.key, witnessRead(open, read, run));
    }
    return rows;
  });
  return run.durations.measure('queryPlanning', async () => {
    checkWatermarks(run.spec.plan, planned.watermark, run.conf);
    if (run.last === null) {
      checkEventTimes(run.spec.plan, run.conf);
      checkSessionKeys(run.spec.plan);
    }
    const context = compileContext(run.conf, run.zone, planned.timestampMs);
    const { plan, statics } = await run.spec.planNow(context);
    for (const [key, rows] of statics) inputs.set(key, rows);
    await loadSessionTables(plan, run);
    const compiled = compilePlan(plan, run.spec, run.conf, context, inputs);
    return { compiled, partitionCount: () => partitionCount(plan, inputs, run) };
  });
}

/** Compiles the plan with the given inputs; a source without input is empty. */
export function compilePlan(
  plan: AnalyzedRelation,
  spec: StartSpec,
  conf: (key: string) => string | undefined,
  context: CompileContext,
  sources: ReadonlyMap<number, CompileInput>,
): CompiledBatch {
  return spec.compile(plan, {
    outputMode: spec.outputMode,
    sources,
    table: sessionTable,
    shufflePartitions: Number(conf('spark.sql.shuffle.partitions') ?? '200'),
    context,
  });
}

/** What functions may know of a batch: its time is that of its trigger. */
export function compileContext(
  conf: (key: string) => string | undefined,
  zone: string,
  timestampMs: number,
): CompileContext {
  const policy = (conf('spark.sql.legacy.timeParserPolicy') ?? 'EXCEPTION').toUpperCase();
  return {
    zone,
    ansi: conf('spark.sql.ansi.enabled') === 'true',
    nowUs: BigInt(timestampMs) * 1000n,
    timeParserPolicy: policy === 'LEGACY' || policy === 'CORRECTED' ? policy : 'EXCEPTION',
  };
}

/** Where a table of the session stands inside the query's own instance. */
const sessionTable = (tableKey: string): Sql => sqlName(`session_${tableKey}`);

/** Tables of the session (memory sinks, cached frames) come in anew with each batch, through a Parquet file. */
async function loadSessionTables(plan: AnalyzedRelation, run: QueryRun): Promise<void> {
  const { tables, files } = run.spec.ports;
  for (const tableKey of sessionTableKeys(plan)) {
    const file = tables.temporaryFile('.parquet');
    try {
      await tables.store(tableKey, file);
      await run.connection.run(
        sql`CREATE OR REPLACE TEMP TABLE ${sessionTable(tableKey)} AS SELECT * FROM read_parquet(${sqlString(file)})`,
      );
    } finally {
      await files.remove(file);
    }
  }
}

const sessionTableKeys = (plan: AnalyzedRelation): ReadonlySet<string> =>
  new Set(plansOfKind(plan, 'table').map((node) => node.tableKey));
