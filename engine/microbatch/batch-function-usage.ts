import type { SinkReceipt } from '../api/sink.ts';
import type { TableUsage } from '../api/session-tables.ts';
import type { CheckpointFolder } from '../checkpoint/checkpoint-folder.ts';
import { idsOf, splitCondition } from '../compile/join-conditions.ts';
import { SparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { plansOfKind, somePlan } from '../plan/walk-plan.ts';
import type { StepsOutcome } from './execute-steps.ts';
import type { QueryRun } from './query-run.ts';

/**
 * `foreachBatch` in Spark evaluates the batch with each action of the function, and not at all without one. Marea evaluates it once; this says what Spark
 * would have counted, and whether it would have written the state.
 */
export function checkState(run: QueryRun, { usage }: SinkReceipt): void {
  if (run.operators.size === 0) return;
  const isRead = usage === undefined || usage.executions + usage.partialExecutions > 0;
  if (run.isStateLost && isRead) throw missingDelta(run.batch, run.folder);
  if (usage !== undefined && !writesState(usage, run)) run.isStateLost = true;
}

/** Spark's failure to load the state that a batch should have left. */
export function missingDelta(batch: number, folder: CheckpointFolder): SparkError {
  const store = `file:${folder.state(0, 0)}`;
  return new SparkError(
    { java: 'org.apache.spark.SparkException' },
    `Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) (localhost executor driver): java.lang.IllegalStateException: Error reading delta file ${store}/${batch}.delta of HDFSStateStoreProvider[id = (op=0,part=0),dir = ${store}]: ${store}/${batch}.delta does not exist`,
  );
}

/** An aggregate reads all its input before its first row; the other operators write state only when read to the end. */
function writesState(usage: TableUsage, run: QueryRun): boolean {
  if (usage.executions > 0) return true;
  return usage.partialExecutions > 0 && isBlockingOperator(run);
}

const isBlockingOperator = (run: QueryRun): boolean => run.topOperator === 'aggregate' || run.topOperator === 'session';

const shuffling: ReadonlySet<AnalyzedRelation['kind']> = new Set([
  'aggregate',
  'deduplicate',
  'sort',
  'repartition',
  'intersect',
  'except',
]);

/** A join by keys with a static side that nothing tells the size of: both sides are shuffled. */
function isSortedJoin(node: AnalyzedRelation, unsized: ReadonlySet<number>): boolean {
  if (node.kind !== 'join' || node.left.isStreaming === node.right.isStreaming) return false;
  const keys = splitCondition(node.condition, idsOf(node.left.output), idsOf(node.right.output)).equalities;
  const side = node.left.isStreaming ? node.right : node.left;
  return keys.length > 0 && plansOfKind(side, 'source').some(({ sourceKey }) => unsized.has(sourceKey));
}

/** No action, no evaluation: then not even the watermark moves. */
export const isEvaluated = ({ usage }: SinkReceipt): boolean =>
  usage === undefined || usage.executions + usage.partialExecutions > 0;

/** The outcome as Spark's metrics would have it after the function's actions. */
export function countedByActions(outcome: StepsOutcome, { usage }: SinkReceipt, run: QueryRun): StepsOutcome {
  if (usage === undefined) return outcome;
  const { executions, partialExecutions, pulledRows } = usage;
  const evaluations = executions + partialExecutions;
  const isBlocking =
    run.operators.size > 0 ||
    somePlan(run.spec.plan, (node) => shuffling.has(node.kind) || isSortedJoin(node, run.spec.unsizedSources));
  const times = (rows: number): number => {
    if (evaluations === 0) return 0;
    // A shuffle keeps its files, so its input is read once however often the frame is evaluated.
    return isBlocking ? rows : rows * executions + Math.min(pulledRows, rows * partialExecutions);
  };
  const complete = isBlockingOperator(run) ? evaluations : executions;
  return {
    inputRows: new Map([...outcome.inputRows].map(([key, rows]) => [key, times(rows)])),
    eventTimes: evaluations === 0 ? new Map() : outcome.eventTimes,
    state: new Map(
      [...outcome.state].map(([operator, { step, metrics }]) => [
        operator,
        {
          step,
          metrics: {
            ...metrics,
            rowsTotal: metrics.rowsTotal * complete,
            rowsUpdated: complete > 0 ? metrics.rowsUpdated * complete : Math.min(pulledRows, metrics.rowsUpdated),
            rowsRemoved: metrics.rowsRemoved * complete,
            rowsDropped: metrics.rowsDropped * complete,
          },
        },
      ]),
    ),
  };
}
