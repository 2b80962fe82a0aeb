import type { PythonFunctions } from '../api/python-functions.ts';
import type { OutputMode } from '../api/sink.ts';
import type { CompiledBatch, StatefulStep, WatermarkStep } from '../compile/compiled-step.ts';
import { doubleType, longType } from '../core/data-type.ts';
import type { BatchId } from '../core/ids.ts';
import type { Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import type { BoundOperator } from '../state/operator-catalog.ts';
import type { EventTimeStatistics, StateMetrics } from '../state/stateful-batch.ts';
import { operatorWatermarks } from './operator-watermarks.ts';
import { makeTable, runPlainStep } from './plain-step.ts';

/** The two watermarks of a batch, milliseconds, and what the previous batch evicted by. */
export type BatchWatermarks = { readonly lateMs: number; readonly evictMs: number; readonly evictedMs: number };

export type StepsContext = {
  readonly connection: Connection;
  readonly python: PythonFunctions;
  readonly batchId: BatchId;
  readonly outputMode: OutputMode;
  readonly watermarks: BatchWatermarks;
  readonly operators: ReadonlyMap<number, BoundOperator>;
  /** Operators that a watermark reaches. */
  readonly marked: ReadonlySet<number>;
  readonly isWatched: boolean;
};

/** What the steps of one batch counted on their way. */
export type StepsOutcome = {
  readonly inputRows: ReadonlyMap<number, number>;
  readonly eventTimes: ReadonlyMap<number, EventTimeStatistics>;
  /** By operator number. */
  readonly state: ReadonlyMap<number, { readonly step: StatefulStep; readonly metrics: StateMetrics }>;
};

export const isStateful = (step: CompiledBatch['steps'][number]): step is StatefulStep =>
  step.kind === 'aggregate' ||
  step.kind === 'session' ||
  step.kind === 'deduplicate' ||
  step.kind === 'join' ||
  step.kind === 'stream_limit';

/** Runs the steps in order, inside the transaction of the batch. */
export async function executeSteps(compiled: CompiledBatch, context: StepsContext): Promise<StepsOutcome> {
  const { connection } = context;
  const inputRows = new Map<number, number>();
  const eventTimes = new Map<number, EventTimeStatistics>();
  const state = new Map<number, { readonly step: StatefulStep; readonly metrics: StateMetrics }>();
  const stateful = compiled.steps.filter(isStateful);
  const late = operatorWatermarks(stateful, context.marked, context.watermarks.lateMs);
  const evict = operatorWatermarks(stateful, context.marked, context.watermarks.evictMs);
  const evicted = operatorWatermarks(stateful, context.marked, context.watermarks.evictedMs);
  for (const step of compiled.steps) {
    if (step.kind === 'watermark') {
      await makeTable(connection, step.table, step.select);
      await readStatistics(connection, step.node, step.statistics, eventTimes);
    } else if (isStateful(step)) {
      const operator = context.operators.get(step.operator);
      if (operator === undefined) throw new Error(`no state for operator ${step.operator}`);
      const metrics = await operator.of(step).run({
        connection,
        batchId: context.batchId,
        outputMode: context.outputMode,
        lateMs: late.get(step.operator) ?? 0,
        evictMs: evict.get(step.operator) ?? 0,
        evictedMs: evicted.get(step.operator) ?? 0,
        isWatched: context.isWatched,
      });
      state.set(step.operator, { step, metrics });
      if (step.kind === 'aggregate') keepCarried(step, metrics, inputRows, eventTimes);
    } else {
      await runPlainStep(step, connection, context.python);
      if (
        (step.kind === 'read_source' || step.kind === 'load_rows') &&
        step.rowCount !== undefined &&
        step.sourceKey !== undefined
      )
        add(inputRows, step.sourceKey, await connection.count(step.rowCount));
    }
  }
  return { inputRows, eventTimes, state };
}

/** A source read twice in a plan counts twice, as in Spark. */
const add = (counts: Map<number, number>, key: number, rows: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + rows);

function keepCarried(
  step: Extract<StatefulStep, { readonly kind: 'aggregate' }>,
  { carried }: StateMetrics,
  inputRows: Map<number, number>,
  eventTimes: Map<number, EventTimeStatistics>,
): void {
  const { watermark, sourceRows } = step.carried;
  if (carried === undefined) return;
  if (watermark !== undefined) eventTimes.set(watermark.node, carried.eventTimes);
  if (sourceRows !== undefined) add(inputRows, sourceRows.sourceKey, carried.sourceRows);
}

async function readStatistics(
  connection: Connection,
  node: WatermarkStep['node'],
  select: Sql,
  into: Map<number, EventTimeStatistics>,
): Promise<void> {
  const [max, min, avg, rows] = await connection.one(select, [longType, longType, doubleType, longType]);
  into.set(node, {
    maxMs: Number(max ?? 0),
    minMs: Number(min ?? 0),
    avgMs: Number(avg ?? 0),
    rows: Number(rows ?? 0),
  });
}
