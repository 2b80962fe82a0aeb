import type { ResultRows } from '../../engine/api/engine-events.ts';
import type { BatchPoint, QueryView } from '../queries/query-view.ts';

/** What a chart may read of each batch, by the names that `chartSchema` gives. */
const columns: readonly {
  readonly name: string;
  readonly type: string;
  readonly read: (batch: BatchPoint) => number | string | null;
}[] = [
  { name: 'batchId', type: 'bigint', read: (batch) => batch.batchId },
  { name: 'numInputRows', type: 'bigint', read: (batch) => batch.inputRows },
  { name: 'numOutputRows', type: 'bigint', read: (batch) => batch.outputRows },
  { name: 'stateRows', type: 'bigint', read: (batch) => batch.state?.total ?? null },
  { name: 'stateUpdated', type: 'bigint', read: (batch) => batch.state?.updated ?? null },
  { name: 'stateRemoved', type: 'bigint', read: (batch) => batch.state?.removed ?? null },
  { name: 'stateDropped', type: 'bigint', read: (batch) => batch.state?.dropped ?? null },
  { name: 'watermark', type: 'timestamp', read: (batch) => batch.watermark },
];

/** The progress of a query as rows, one for each executed batch. A column that no batch fills is not there: a query without state has no `stateRows`. */
export function progressRows({ batches }: QueryView): ResultRows {
  const filled = columns.filter(({ read }) => batches.some((batch) => read(batch) !== null));
  return {
    columns: filled.map(({ name, type }) => ({ name, type })),
    rows: batches.map((batch) => filled.map(({ read }) => read(batch))),
    total: batches.length,
  };
}
