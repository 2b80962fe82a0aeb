import type { QueryProgress } from '../api/query-progress.ts';
import type { Row } from '../core/spark-value.ts';
import { markPublished } from '../checkpoint/state-database.ts';
import { sql } from '../core/sql-text.ts';
import { batchInsight } from './batch-insight.ts';
import { planMicroBatch, type PlannedBatch } from './plan-micro-batch.ts';
import { ProgressReporter } from './progress-reporter.ts';
import type { QueryRun } from './query-run.ts';
import { runMicroBatch } from './run-micro-batch.ts';
import { runScripted } from './run-scripted.ts';
import { nextTick } from './trigger.ts';

/** What the loop tells the query it belongs to. */
export type RunListener = {
  readonly say: (message: string) => void;
  readonly setActivity: (activity: { readonly isDataAvailable?: boolean; readonly isTriggerActive?: boolean }) => void;
  readonly progress: (progress: QueryProgress, executed: boolean) => void;
  readonly rows: (batchId: number, rows: readonly Row[], total: number) => void;
  readonly idle: (triggerStartMs: number) => void;
  /** A planning that began at this moment found nothing to do. */
  readonly nothingLeft: (plannedFrom: number) => void;
  /** Counts up with every call: moments that can be compared. */
  readonly moment: () => number;
  /** Waits; returns early when the query stops or somebody wants it to look for data now. */
  readonly pause: (ms: number, wakesForData: boolean) => Promise<void>;
  readonly isStopping: () => boolean;
  /** Aborts when the query is to stop. */
  readonly stopping: AbortSignal;
};

/** Rows of a batch that charts get while somebody watches. */
const sampledRows = 1000;
/** State is folded into the database file after so many batches, or when nothing has happened for a while. */
const batchesPerCheckpoint = 500;
const idleBeforeCheckpointMs = 2000;
/** Polling for data: Spark's 10 ms at first, slower the longer nothing comes, and never more than a fortieth of the time spent looking. */
const pollPlan = [
  { polls: 100, ms: 10 },
  { polls: 500, ms: 25 },
  { polls: Number.POSITIVE_INFINITY, ms: 50 },
] as const;
const maxPollMs = 200;
/** The pause between looks at sources that tell of new data by themselves; only what they failed to tell waits so long. */
const toldPollMs = 500;
const pollShare = 40;

/** Trigger → batch → trigger, until the query stops, ends by itself or fails (then it rejects). */
export async function runQuery(run: QueryRun, listener: RunListener): Promise<void> {
  const { clock, script } = run.spec.ports;
  const { trigger } = run.spec;
  const reporter = new ProgressReporter(run);
  const idle = new IdleTimes(
    Number(run.conf('spark.sql.streaming.noDataProgressEventInterval') ?? 10_000),
    run.sources.every(({ source }) => source.watch !== undefined),
  );
  if (script !== undefined)
    return runScripted(run, script, listener, {
      trigger: () => runTrigger(run, reporter, listener, clock.now(), undefined, neverDue),
      reportIdle: async () => {
        // The phases of a look that found nothing, so that the record has the same fields.
        const { durations } = run;
        durations.reset();
        await durations.measure('triggerExecution', () => durations.measure('latestOffset', () => Promise.resolve()));
        const times = { startMs: clock.now(), endMs: clock.now(), previousStartMs: undefined };
        listener.progress(reporter.idle(reporter.positions(), times), false);
      },
    });
  let previousStartMs: number | undefined;
  while (!listener.isStopping()) {
    const startMs = clock.now();
    const plannedFrom = listener.moment();
    const lookStart = clock.elapsed();
    const executed = await runTrigger(run, reporter, listener, startMs, previousStartMs, idle);
    previousStartMs = startMs;
    if (!executed) listener.nothingLeft(plannedFrom);
    if (trigger.kind === 'once' || (trigger.kind === 'available_now' && !executed)) break;
    if (trigger.kind === 'processing_time' && trigger.intervalMs > 0) {
      await awaitTick(run, listener, startMs, trigger.intervalMs);
    } else if (!executed) {
      await checkpointWhenIdle(run, idle, clock.elapsed());
      await listener.pause(idle.pollMs(clock.elapsed() - lookStart), true);
    }
  }
}

/** Leaves the state ready for the next start: the newest batch is marked as published. */
export async function settleState(run: QueryRun): Promise<void> {
  if (run.isDurable && run.batch > 0) await run.connection.run(markPublished((run.batch - 1) as typeof run.batch));
}

async function runTrigger(
  run: QueryRun,
  reporter: ProgressReporter,
  listener: RunListener,
  startMs: number,
  previousStartMs: number | undefined,
  idle: Pick<IdleTimes, 'isDue' | 'isFirst' | 'reported' | 'executed'>,
): Promise<boolean> {
  const { clock } = run.spec.ports;
  listener.setActivity({ isTriggerActive: true });
  run.durations.reset();
  const before = run.previousWatermark;
  const done = await run.durations.measure('triggerExecution', async () => {
    const planned = await planMicroBatch(run, listener.say);
    listener.setActivity({ isDataAvailable: planned?.hasNewData ?? false });
    const positions = reporter.positions();
    if (planned === null) {
      listener.say('Waiting for data to arrive');
      return { planned, positions };
    }
    listener.say(planned.hasNewData ? 'Processing new data' : 'No new data but cleaning up state');
    return { planned, positions, result: await runMicroBatch(planned, run) };
  });
  const times = { startMs, endMs: clock.now(), previousStartMs };
  listener.setActivity({ isTriggerActive: false });
  if (done.planned === null || done.result === undefined) {
    if (!idle.isDue(times.endMs)) return false;
    listener.progress(reporter.idle(done.positions, times), false);
    if (!idle.isFirst) listener.idle(startMs);
    idle.reported(times.endMs);
    return false;
  }
  idle.reported(times.endMs);
  idle.executed(clock.elapsed());
  const insight = run.spec.ports.isWatched() ? await batchInsight(run, done.planned, done.result, before) : undefined;
  listener.progress(reporter.executed(done.planned, done.result, done.positions, times, insight), true);
  await showRows(run, done.planned, done.result.outputRows, listener);
  if (run.isDurable && run.batch % batchesPerCheckpoint === 0) await run.connection.run(sql`CHECKPOINT`);
  return true;
}

async function showRows(run: QueryRun, planned: PlannedBatch, total: number, listener: RunListener): Promise<void> {
  if (!run.spec.ports.isWatched() || run.spec.sample === undefined) return;
  listener.rows(planned.batch, (await run.output?.rows(sampledRows)) ?? [], total);
}

/** Ticks are multiples of the interval since 1970; a batch that overran one starts the next at once. */
async function awaitTick(run: QueryRun, listener: RunListener, startMs: number, intervalMs: number): Promise<void> {
  const tick = nextTick(startMs, intervalMs);
  listener.say('Waiting for next trigger');
  for (
    let left = tick - run.spec.ports.clock.now();
    left > 0 && !listener.isStopping();
    left = tick - run.spec.ports.clock.now()
  )
    await listener.pause(left, false);
}

async function checkpointWhenIdle(run: QueryRun, idle: IdleTimes, now: number): Promise<void> {
  if (!run.isDurable || !idle.wantsCheckpoint(now)) return;
  await settleState(run);
  await run.connection.run(sql`CHECKPOINT`);
}

/** A query that is told when to report. */
const neverDue = { isFirst: false, isDue: () => false, reported: () => undefined, executed: () => undefined };

/** When an idle query reports, looks for data and tidies up. */
class IdleTimes {
  isFirst = true;
  private readonly intervalMs: number;
  private readonly isTold: boolean;
  private reportedMs = Number.NEGATIVE_INFINITY;
  private executedAt: number | null = null;
  private polls = 0;

  /** `isTold`: all sources tell of new data by themselves. */
  constructor(intervalMs: number, isTold: boolean) {
    this.intervalMs = intervalMs;
    this.isTold = isTold;
  }

  isDue(nowMs: number): boolean {
    return nowMs - this.intervalMs >= this.reportedMs;
  }

  reported(nowMs: number): void {
    this.reportedMs = nowMs;
    this.isFirst = false;
  }

  executed(at: number): void {
    this.executedAt = at;
    this.polls = 0;
  }

  pollMs(lookMs: number): number {
    if (this.isTold) return toldPollMs;
    this.polls += 1;
    const patience = pollPlan.find((stage) => this.polls <= stage.polls)?.ms ?? maxPollMs;
    return Math.min(maxPollMs, Math.max(patience, lookMs * pollShare));
  }

  wantsCheckpoint(now: number): boolean {
    if (this.executedAt === null || now - this.executedAt < idleBeforeCheckpointMs) return false;
    this.executedAt = null;
    return true;
  }
}
