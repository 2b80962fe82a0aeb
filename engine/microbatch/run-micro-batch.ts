import { recordBatch } from '../checkpoint/state-database.ts';
import type { SinkReceipt } from '../api/sink.ts';
import { afterThis } from '../core/after-this.ts';
import { batchId } from '../core/ids.ts';
import type { Watermark } from '../core/time.ts';
import { sql } from '../core/sql-text.ts';
import { batchOutput } from './batch-output.ts';
import { checkState, countedByActions, isEvaluated } from './batch-function-usage.ts';
import { compileMicroBatch, type ReadyBatch } from './compile-micro-batch.ts';
import { executeSteps, type StepsOutcome } from './execute-steps.ts';
import { canCountInputs } from './input-counts.ts';
import { awaitLog, type PlannedBatch } from './plan-micro-batch.ts';
import type { CrashPoint } from './start-spec.ts';
import { allowsMultiple, type QueryRun } from './query-run.ts';
import { hasNewData } from './query-sources.ts';
import { OutputTable } from './output-table.ts';

/** What a batch did, for its progress record. */
export type BatchResult = StepsOutcome & { readonly outputRows: number };

/**
 * One micro-batch, from the entry in `offsets/` to the one in `commits/`: source → plan in DuckDB → state → sink → progress. The order makes a crash between
 * any two lines recoverable: nothing outside changes before `offsets/N` is on the disk, and what comes after the state's transaction can be repeated.
 */
export async function runMicroBatch(planned: PlannedBatch, run: QueryRun): Promise<BatchResult> {
  try {
    return await runPlanned(planned, run);
  } catch (error) {
    await planned.logged;
    throw error;
  }
}

async function runPlanned(planned: PlannedBatch, run: QueryRun): Promise<BatchResult> {
  const { connection, durations, spec } = run;
  const crashPoint = (point: CrashPoint): void => spec.ports.crashPoint?.(point, planned.batch);

  const ready = await compileMicroBatch(planned, run);
  const { compiled } = ready;
  const { outcome, receipt, commit } = await durations.measure('addBatch', async () => {
    connection.begin();
    const entry = stageCommit(planned, run);
    try {
      const isThere = (await run.sink.alreadyHas?.(planned.batch)) === true;
      const steps = isThere ? nothingRun : await executeSteps(compiled, stepsContext(planned, run));
      const output = new OutputTable(connection, compiled.select, outputTypes(run), isSmall(steps));
      run.output = output;
      crashPoint('after-steps');
      await awaitLog(planned, run);
      const delivered = isThere ? skipBatch(run) : await deliver(planned, run, output, ready);
      crashPoint('after-sink-write');
      if (isEvaluated(delivered)) run.tracker.update(compiled.watermarks, steps.eventTimes);
      const staged = entry.write(run.tracker.current);
      await Promise.all([staged, commitState(planned, run, delivered)]);
      return { outcome: steps, receipt: delivered, commit: await staged };
    } catch (error) {
      await entry.giveUp(error);
      await connection.rollback().catch(() => undefined);
      throw error;
    }
  });
  crashPoint('after-state-commit');
  await run.sink.publish?.(planned.batch, receipt.staged ?? []);
  crashPoint('after-publish');
  await durations.measure('commitOffsets', commit);
  crashPoint('after-commit-log');

  const counted = canCountInputs(spec.plan, (key) => run.sources.some((open) => open.key === key && hasNewData(open)));
  for (const open of run.sources) open.committed = open.available;
  run.previousWatermark = planned.watermark;
  run.last = { compiled, watermark: planned.watermark };
  run.batch = batchId(planned.batch + 1);
  return {
    ...countedByActions(counted ? outcome : { ...outcome, inputRows: new Map() }, receipt, run),
    outputRows: receipt.rows,
  };
}

type StagedCommit = {
  /** The answer gives the entry its name. */
  readonly write: (nextWatermark: Watermark) => Promise<() => Promise<void>>;
  readonly giveUp: (reason: unknown) => Promise<void>;
};

/** The file of the entry in `commits/` is made while DuckDB computes, written while it commits, and gets its name after that. */
function stageCommit(planned: PlannedBatch, run: QueryRun): StagedCommit {
  let know: (nextWatermark: Watermark) => void = () => undefined;
  let giveUp: (reason: unknown) => void = () => undefined;
  const nextWatermark = new Promise<Watermark>((resolve, reject) => {
    know = resolve;
    giveUp = reject;
  });
  const staged = afterThis().then(() => run.commits.stage(planned.batch, nextWatermark));
  // Whoever writes the entry is told of a failure; a failed batch has its own.
  for (const promise of [nextWatermark, staged]) promise.catch(() => undefined);
  return {
    write: (watermark) => {
      know(watermark);
      return staged;
    },
    giveUp: async (reason) => {
      giveUp(reason);
      await staged.catch(() => undefined);
    },
  };
}

/** Late rows are judged with the previous batch's watermark, eviction with this one's; with a single stateful operator allowed, both with this one's. */
function stepsContext(planned: PlannedBatch, run: QueryRun): Parameters<typeof executeSteps>[1] {
  return {
    connection: run.connection,
    python: run.spec.ports.python,
    batchId: planned.batch,
    outputMode: run.spec.outputMode,
    operators: run.operators,
    marked: run.marked,
    isWatched: run.spec.ports.isWatched(),
    watermarks: {
      lateMs: allowsMultiple(run.conf) ? run.previousWatermark : planned.watermark,
      evictMs: planned.watermark,
      evictedMs: run.previousWatermark,
    },
  };
}

const nothingRun: StepsOutcome = { inputRows: new Map(), eventTimes: new Map(), state: new Map() };

/** A batch that the sink's own log already has is not run again, as in Spark; a state that needed it is then one batch short. */
function skipBatch(run: QueryRun): SinkReceipt {
  if (run.operators.size > 0) run.isStateLost = true;
  return { rows: 0 };
}

/** A batch that read so many rows may still put out few, but a second evaluation would cost more than a table. */
const smallInput = 10_000;
const isSmall = ({ inputRows }: StepsOutcome): boolean =>
  [...inputRows.values()].reduce((sum, rows) => sum + rows, 0) <= smallInput;

const outputTypes = (run: QueryRun) => run.spec.write.schema.fields.map((field) => field.type);

/** Hands the rows to the sink. */
async function deliver(
  planned: PlannedBatch,
  run: QueryRun,
  table: OutputTable,
  { partitionCount }: ReadyBatch,
): Promise<SinkReceipt> {
  const output = batchOutput(run.connection, table, run.spec.write.schema, { ...run.spec.ports, zone: run.zone });
  const receipt = await run.sink.write({
    ...output,
    batchId: planned.batch,
    mode: run.spec.outputMode,
    partitionCount,
  });
  checkState(run, receipt);
  return receipt;
}

/** One transaction: the state, its batch id, the next watermark, and which staged files are waiting for which names. */
async function commitState(planned: PlannedBatch, run: QueryRun, receipt: SinkReceipt): Promise<void> {
  if (run.isStateLost) {
    await run.connection.rollback();
    return;
  }
  const record = run.isDurable
    ? sql`${recordBatch(planned.batch, run.tracker.current, receipt.staged ?? [])}; `
    : sql``;
  await run.connection.run(sql`${record}COMMIT`);
}
