import type { BatchInsight, WindowInsight } from '../api/query-progress.ts';
import type { AggregateStep } from '../compile/compiled-step.ts';
import { longType } from '../core/data-type.ts';
import { sql, sqlInteger } from '../core/sql-text.ts';
import { aggregateTable } from '../state/aggregate-state.ts';
import { isStateful } from './execute-steps.ts';
import type { PlannedBatch } from './plan-micro-batch.ts';
import type { QueryRun } from './query-run.ts';
import type { BatchResult } from './run-micro-batch.ts';

/** Windows a chart can show at once. */
const shownWindows = 200;

/** What the observatory shows of a batch: watermarks, windows by state, late groups. Bounded, and only made while somebody watches. */
export async function batchInsight(
  run: QueryRun,
  planned: PlannedBatch,
  result: BatchResult,
  beforeMs: number,
): Promise<BatchInsight> {
  const late = [...result.state.values()].reduce((sum, { metrics }) => sum + metrics.rowsDropped, 0);
  const steps = run.last?.compiled.steps.filter(isStateful) ?? [];
  const aggregate = steps.find((step): step is AggregateStep => step.kind === 'aggregate' && step.window !== undefined);
  return {
    watermarkBeforeMs: beforeMs,
    watermarkAfterMs: run.tracker.current,
    isNoDataBatch: !planned.hasNewData,
    windows: aggregate === undefined ? [] : await windowsOf(aggregate, run, planned, beforeMs),
    lateRows: { total: late, sample: [] },
  };
}

/** Newest windows of a windowed aggregate with the groups each holds. A window closes in the batch whose watermark reaches its end. */
async function windowsOf(
  step: AggregateStep,
  run: QueryRun,
  planned: PlannedBatch,
  beforeMs: number,
): Promise<readonly WindowInsight[]> {
  if (step.window === undefined) return [];
  const table = aggregateTable(step);
  const rows = step.panes === undefined ? table : sql`(${step.panes.expand(table)})`;
  const end = sql`${step.window.start} + ${sqlInteger(step.window.windowUs)}`;
  // Rows that an earlier batch closed stay stored for a while.
  const kept = run.spec.outputMode === 'complete' ? sql`` : sql` AND ${end} > ${sqlInteger(BigInt(beforeMs) * 1000n)}`;
  const found = await run.connection.rows(
    sql`SELECT ${step.window.start}, ${end}, count(*) FROM (SELECT DISTINCT * EXCLUDE (batch) FROM ${rows}) WHERE ${step.window.start} IS NOT NULL${kept} GROUP BY 1, 2 ORDER BY 1 DESC LIMIT ${sqlInteger(shownWindows)}`,
    [longType, longType, longType],
  );
  const markUs = BigInt(planned.watermark) * 1000n;
  const nextUs = BigInt(run.tracker.current) * 1000n;
  return found.map((row) => {
    const [startUs, endUs, groups] = row as [bigint, bigint, bigint];
    const state = endUs <= markUs ? 'closed' : endUs <= nextUs ? 'closing' : 'open';
    return { startUs: String(startUs), endUs: String(endUs), rows: Number(groups), state } as const;
  });
}
