import type {
  BatchInsight,
  EventTimeProgress,
  QueryProgress,
  SourceProgress,
  StateOperatorProgress,
} from '../api/query-progress.ts';
import type { StatefulStep } from '../compile/compiled-step.ts';
import { isoMillis } from '../core/time.ts';
import { plansOfKind } from '../plan/walk-plan.ts';
import type { StateMetrics } from '../state/stateful-batch.ts';
import { isStateful } from './execute-steps.ts';
import { evaluationsUnderSort } from './input-counts.ts';
import { shufflePartitions } from './open-run.ts';
import type { PlannedBatch } from './plan-micro-batch.ts';
import type { QueryRun } from './query-run.ts';
import type { BatchResult } from './run-micro-batch.ts';
import type { EventTimeStatistics } from '../state/stateful-batch.ts';

/** Estimated size of one state row, and of an empty store, in Spark's memory metric: the order of magnitude that learners see. */
const bytesPerRow = 280;
const bytesPerStore = 200;

type TriggerTimes = { readonly startMs: number; readonly endMs: number; readonly previousStartMs: number | undefined };
type SourcePositions = readonly {
  readonly description: string;
  readonly start: unknown;
  readonly end: unknown;
  readonly latest: unknown;
  readonly key: number;
  readonly metrics: Readonly<Record<string, string>>;
}[];

/** Builds the progress records of one run. */
export class ProgressReporter {
  private readonly run: QueryRun;
  private readonly hasWatermark: boolean;
  private lastState: readonly StateOperatorProgress[] = [];
  private lastOutputRows = -1;

  constructor(run: QueryRun) {
    this.run = run;
    this.hasWatermark = plansOfKind(run.spec.plan, 'watermark').length > 0;
  }

  /** Where the sources stood before the batch; asked for before it runs. */
  positions(): SourcePositions {
    return this.run.sources.map((open) => ({
      key: open.key,
      description: open.source.description,
      start: open.committed,
      end: open.available,
      latest: open.source.reportedLatest === undefined ? open.latest : open.source.reportedLatest(),
      metrics: open.source.metrics?.() ?? {},
    }));
  }

  /** The record of an executed batch. */
  executed(
    planned: PlannedBatch,
    result: BatchResult,
    positions: SourcePositions,
    times: TriggerTimes,
    insight: BatchInsight | undefined,
  ): QueryProgress {
    const rows = [...result.inputRows.values()].reduce((a, b) => a + b, 0);
    this.lastState = this.stateOperators(result);
    this.lastOutputRows = this.run.sink.reportsRows ? result.outputRows : -1;
    const seen = [...result.eventTimes].toSorted(([a], [b]) => a - b).map(([, statistics]) => statistics);
    const eventTime = this.eventTime(
      planned.watermark,
      planned.hasNewData ? seen.find((statistics) => statistics.rows > 0) : undefined,
    );
    return this.record(planned.batch, rows, result.inputRows, positions, times, eventTime, insight);
  }

  /** The record of a trigger that had nothing to do. */
  idle(positions: SourcePositions, times: TriggerTimes): QueryProgress {
    this.lastState = this.lastState.map((operator) => ({
      ...operator,
      numRowsUpdated: 0,
      numRowsDroppedByWatermark: 0,
    }));
    return this.record(
      this.run.batch,
      0,
      new Map(),
      positions,
      times,
      this.eventTime(this.run.planned.watermark, undefined),
      undefined,
    );
  }

  private record(
    batch: number,
    rows: number,
    inputRows: ReadonlyMap<number, number>,
    positions: SourcePositions,
    times: TriggerTimes,
    eventTime: EventTimeProgress | undefined,
    insight: BatchInsight | undefined,
  ): QueryProgress {
    const rates = (count: number): Pick<QueryProgress, 'inputRowsPerSecond' | 'processedRowsPerSecond'> =>
      rowRates(count, times);
    const sources = positions.map((position): SourceProgress => {
      const count = inputRows.get(position.key) ?? 0;
      return {
        description: position.description,
        startOffset: position.start,
        endOffset: position.end,
        latestOffset: position.latest,
        numInputRows: count,
        ...rates(count),
        ...(Object.keys(position.metrics).length > 0 ? { metrics: position.metrics } : {}),
      };
    });
    const { identity, spec, sink, durations } = this.run;
    return {
      id: identity.id,
      runId: identity.runId,
      name: spec.name ?? null,
      timestamp: isoMillis(times.startMs),
      batchId: batch,
      numInputRows: rows,
      ...rates(rows),
      durationMs: durations.milliseconds,
      ...(eventTime === undefined ? {} : { eventTime }),
      stateOperators: this.lastState,
      sources,
      sink: { description: sink.description, numOutputRows: this.lastOutputRows },
      ...(insight === undefined ? {} : { marea: insight }),
    };
  }

  private eventTime(watermarkMs: number, seen: EventTimeStatistics | undefined): EventTimeProgress | undefined {
    if (!this.hasWatermark) return undefined;
    const mark = { watermark: isoMillis(watermarkMs) };
    if (seen === undefined) return mark;
    return { avg: isoMillis(Math.trunc(seen.avgMs)), max: isoMillis(seen.maxMs), min: isoMillis(seen.minMs), ...mark };
  }

  /** From the sink towards the sources. */
  private stateOperators(result: BatchResult): readonly StateOperatorProgress[] {
    const partitions = Number(this.run.conf('spark.sql.shuffle.partitions') ?? 200);
    const evaluations = evaluationsUnderSort(this.run.spec.plan, partitions);
    const steps = this.run.last?.compiled.steps.filter(isStateful) ?? [];
    return steps
      .toSorted((a, b) => a.operator - b.operator)
      .flatMap((step) => {
        const metrics = result.state.get(step.operator)?.metrics;
        const name = this.run.operators.get(step.operator)?.of(step).name;
        return metrics === undefined || name === undefined
          ? []
          : [operatorProgress(name, step, times(metrics, evaluations), shufflePartitions(step, partitions))];
      });
  }
}

const times = (metrics: StateMetrics, evaluations: number): StateMetrics => ({
  ...metrics,
  rowsTotal: metrics.rowsTotal * evaluations,
  rowsUpdated: metrics.rowsUpdated * evaluations,
  rowsRemoved: metrics.rowsRemoved * evaluations,
  rowsDropped: metrics.rowsDropped * evaluations,
});

function operatorProgress(
  operatorName: string,
  step: StatefulStep,
  metrics: StateMetrics,
  partitions: number,
): StateOperatorProgress {
  const stores = step.kind === 'join' ? partitions * 4 : partitions;
  const bytes = stores * bytesPerStore + metrics.rowsTotal * bytesPerRow;
  return {
    operatorName,
    numRowsTotal: metrics.rowsTotal,
    numRowsUpdated: metrics.rowsUpdated,
    allUpdatesTimeMs: Math.round(metrics.updatesMs),
    numRowsRemoved: metrics.rowsRemoved,
    allRemovalsTimeMs: Math.round(metrics.removalsMs),
    commitTimeMs: 0,
    memoryUsedBytes: bytes,
    numRowsDroppedByWatermark: metrics.rowsDropped,
    numShufflePartitions: partitions,
    numStateStoreInstances: stores,
    customMetrics: sortedEntries({
      loadedMapCacheHitCount: 0,
      loadedMapCacheMissCount: 0,
      stateOnCurrentVersionSizeBytes: bytes,
      ...metrics.custom,
    }),
  };
}

const sortedEntries = (record: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Rows a second since the previous trigger started, and while this one ran; a key is left out where Spark's value would not be finite. */
function rowRates(
  rows: number,
  { startMs, endMs, previousStartMs }: TriggerTimes,
): Pick<QueryProgress, 'inputRowsPerSecond' | 'processedRowsPerSecond'> {
  const input = previousStartMs === undefined ? 0 : rows / ((startMs - previousStartMs) / 1000);
  const processed = rows / (Math.max(1, endMs - startMs) / 1000);
  return {
    ...(Number.isFinite(input) ? { inputRowsPerSecond: input } : {}),
    ...(Number.isFinite(processed) ? { processedRowsPerSecond: processed } : {}),
  };
}
