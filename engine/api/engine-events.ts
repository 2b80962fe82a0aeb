import type { QueryProgress } from './query-progress.ts';
import type { OutputMode } from './sink.ts';

/** Who an event is about. */
export type QueryIdentity = {
  readonly queryId: string;
  readonly runId: string;
  readonly name: string | null;
  readonly cell: string | null;
};

/** What the engine tells whoever listens, in order for each query. */
export type EngineEvent =
  | ({
      readonly kind: 'query_started';
      readonly at: string;
      readonly sink: string;
      readonly outputMode: OutputMode;
      readonly resumedFromBatch: number | null;
      readonly checkpoint: string | null;
    } & QueryIdentity)
  | ({ readonly kind: 'query_progress'; readonly progress: QueryProgress; readonly executed: boolean } & QueryIdentity)
  | ({ readonly kind: 'query_rows'; readonly batchId: number; readonly rows: ResultRows } & QueryIdentity)
  | ({ readonly kind: 'query_idle'; readonly at: string } & QueryIdentity)
  | ({
      readonly kind: 'query_terminated';
      readonly at: string;
      readonly error: string | null;
      readonly errorClass: string | null;
    } & QueryIdentity)
  | ({ readonly kind: 'console_text'; readonly text: string } & QueryIdentity)
  | { readonly kind: 'batch_rows'; readonly cell: string | null; readonly rows: ResultRows };

/** A bounded sample of a result for charts: at most 1,000 rows, values as JSON (timestamps as ISO text on the session zone's clock, as `show` prints them). */
export type ResultRows = {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly total: number;
};
