import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { compileBatch } from '../compile/compile-batch.ts';
import { withFileNames } from '../compile/file-names.ts';
import type { CompiledBatch } from '../compile/compiled-step.ts';
import { checkBatch } from '../analysis/check-batch.ts';
import type { DataType } from '../core/data-type.ts';
import { sql, sqlInteger, type Sql } from '../core/sql-text.ts';
import type { Row } from '../core/spark-value.ts';
import type { Connection } from '../duckdb/connection.ts';
import type { CompileContext } from '../functions/define-function.ts';
import { runPlainStep } from '../microbatch/plain-step.ts';
import { isStateful } from '../microbatch/execute-steps.ts';
import { replaceNodes } from '../plan/replace-nodes.ts';
import { somePlan, walkPlan } from '../plan/walk-plan.ts';
import { analysisContext } from './analysis-context-of.ts';
import type { EngineState } from './engine-state.ts';
import type { SparkSession } from './spark-session.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';
import { withStaticRows } from './static-rows.ts';
import type { PlanWithStatics } from '../microbatch/start-spec.ts';

/** A batch query whose steps have run: its rows can be read until `read` returns. */
export type BatchResult = {
  readonly connection: Connection;
  readonly select: Sql;
  readonly types: readonly DataType[];
  /** The first `limit` rows; all without one. */
  readonly rows: (limit?: number) => Promise<readonly Row[]>;
};

/** Runs a batch plan and hands over its rows. `pulls`: how many rows the action needs, absent for all of them. */
export const runBatchQuery = <Answer>(
  plan: AnalyzedRelation,
  session: SparkSession,
  engine: EngineState,
  read: (result: BatchResult) => Promise<Answer>,
  pulls?: number,
): Promise<Answer> => offerBatchQuery(plan, session, engine, async (run) => read(await run()), pulls);

/** The same for rows that may never be wanted, or only after something else has happened: the plan runs when `run` is first called. */
export async function offerBatchQuery<Answer>(
  plan: AnalyzedRelation,
  session: SparkSession,
  engine: EngineState,
  work: (run: () => Promise<BatchResult>) => Promise<Answer>,
  pulls?: number,
): Promise<Answer> {
  checkBatch(plan, analysisContext(session, engine));
  const connection = await engine.database.connect();
  let result: Promise<BatchResult> | undefined;
  try {
    return await work(() => (result ??= batchResult(plan, connection, session, engine, pulls)));
  } finally {
    await connection.close();
  }
}

async function batchResult(
  plan: AnalyzedRelation,
  connection: Connection,
  session: SparkSession,
  engine: EngineState,
  pulls: number | undefined,
): Promise<BatchResult> {
  const ready = await withCachedFrames(plan, session, engine);
  countTableUse(ready, engine, pulls);
  const compiled = await compileForBatch(ready, session, engine);
  await runSteps(compiled, connection, engine);
  const types = compiled.output.map((attribute) => attribute.type);
  const rows = (limit?: number): Promise<readonly Row[]> =>
    connection.rows(
      limit === undefined ? compiled.select : sql`SELECT * FROM (${compiled.select}) LIMIT ${sqlInteger(limit)}`,
      types,
    );
  return { connection, select: compiled.select, types, rows };
}

async function compileForBatch(
  plan: AnalyzedRelation,
  session: SparkSession,
  engine: EngineState,
): Promise<CompiledBatch> {
  const context = session.compileContext();
  const { plan: remaining, statics: sources } = await withStaticRows(withFileNames(plan), engine, context);
  const shufflePartitions = Number(session.confs.get('spark.sql.shuffle.partitions') ?? '200');
  return compileBatch(remaining, {
    context,
    sources,
    table: engine.database.reference,
    shufflePartitions,
  });
}

async function runSteps(compiled: CompiledBatch, connection: Connection, engine: EngineState): Promise<void> {
  for (const step of compiled.steps) {
    if (isStateful(step) || step.kind === 'watermark') throw new Error(`internal error: ${step.kind} in a batch query`);
    await runPlainStep(step, connection, engine.ports.python);
  }
}

/** A streaming plan as its next batch runs it: cached frames come from their tables, the rows of static sources are read anew. */
export async function planOfBatch(
  plan: AnalyzedRelation,
  session: SparkSession,
  engine: EngineState,
  context: CompileContext,
): Promise<PlanWithStatics> {
  return withStaticRows(await withCachedFrames(plan, session, engine), engine, context);
}

/** Cached frames of the plan become tables; one that is not stored yet is stored now. */
async function withCachedFrames(
  plan: AnalyzedRelation,
  session: SparkSession,
  engine: EngineState,
): Promise<AnalyzedRelation> {
  if (engine.cached.isEmpty) return plan;
  const marked: AnalyzedRelation[] = [];
  walkPlan(plan, (node) => {
    if (!node.isStreaming && engine.cached.frameOf(node)) marked.push(node);
  });
  // Inner frames come first, and an outer one reads them stored.
  for (const node of marked) await storeFrame(node, session, engine);
  return replaceStored(plan, engine);
}

async function storeFrame(node: AnalyzedRelation, session: SparkSession, engine: EngineState): Promise<void> {
  const frame = engine.cached.frameOf(node);
  if (!frame || frame.isStored) return;
  const inner = replaceStored(node, engine);
  countTableUse(inner, engine, undefined);
  const connection = await engine.database.connect();
  try {
    const compiled = await compileForBatch(inner, session, engine);
    await runSteps(compiled, connection, engine);
    await engine.database.tables.create(frame.tableKey, schemaOf(node));
    await connection.run(sql`INSERT INTO ${engine.database.reference(frame.tableKey)} ${compiled.select}`);
    frame.isStored = true;
  } finally {
    await connection.close();
  }
}

const replaceStored = (plan: AnalyzedRelation, engine: EngineState): AnalyzedRelation =>
  replaceNodes(plan, (node) => {
    const frame = engine.cached.frameOf(node);
    if (!frame?.isStored) return undefined;
    return {
      kind: 'table',
      tableKey: frame.tableKey,
      description: 'InMemoryRelation',
      output: node.output,
      isStreaming: false,
      planIds: node.planIds,
    };
  });

const shuffling: ReadonlySet<AnalyzedRelation['kind']> = new Set([
  'aggregate',
  'deduplicate',
  'sort',
  'join',
  'repartition',
  'intersect',
  'except',
]);

/** Tells the tables below that an action read them; one that stops early pulls only its rows unless a shuffle needs all of them. */
function countTableUse(plan: AnalyzedRelation, engine: EngineState, pulls: number | undefined): void {
  const needsAll = pulls === undefined || somePlan(plan, (node) => shuffling.has(node.kind));
  walkPlan(plan, (node) => {
    if (node.kind === 'table') engine.database.countUsage(node.tableKey, needsAll ? undefined : pulls);
  });
}
