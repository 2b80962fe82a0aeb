/** Spark's `StreamingQueryProgress` JSON, key for key (`spark-semantics` §8.2 names the source), plus `marea` for the observatory. */
export type QueryProgress = {
  readonly id: string;
  readonly runId: string;
  readonly name: string | null;
  /** Start of the trigger, `yyyy-MM-ddTHH:mm:ss.SSSZ`. */
  readonly timestamp: string;
  readonly batchId: number;
  readonly numInputRows: number;
  /** Absent when Spark's value would be NaN or infinite. */
  readonly inputRowsPerSecond?: number;
  readonly processedRowsPerSecond?: number;
  /** Milliseconds by phase, keys sorted. */
  readonly durationMs: Readonly<Record<string, number>>;
  readonly eventTime?: EventTimeProgress;
  readonly stateOperators: readonly StateOperatorProgress[];
  readonly sources: readonly SourceProgress[];
  readonly sink: { readonly description: string; readonly numOutputRows: number };
  readonly marea?: BatchInsight;
};

/** Times as `yyyy-MM-ddTHH:mm:ss.SSSZ`; `avg`, `max`, `min` only when rows arrived. */
export type EventTimeProgress = {
  readonly avg?: string;
  readonly max?: string;
  readonly min?: string;
  readonly watermark: string;
};

export type StateOperatorProgress = {
  readonly operatorName: string;
  readonly numRowsTotal: number;
  readonly numRowsUpdated: number;
  readonly allUpdatesTimeMs: number;
  readonly numRowsRemoved: number;
  readonly allRemovalsTimeMs: number;
  readonly commitTimeMs: number;
  readonly memoryUsedBytes: number;
  readonly numRowsDroppedByWatermark: number;
  readonly numShufflePartitions: number;
  readonly numStateStoreInstances: number;
  readonly customMetrics: Readonly<Record<string, number>>;
};

export type SourceProgress = {
  readonly description: string;
  readonly startOffset: unknown;
  readonly endOffset: unknown;
  readonly latestOffset: unknown;
  readonly numInputRows: number;
  readonly inputRowsPerSecond?: number;
  readonly processedRowsPerSecond?: number;
  readonly metrics?: Readonly<Record<string, string>>;
};

/** What the observatory shows of one batch; bounded, absent when nobody watches. */
export type BatchInsight = {
  readonly watermarkBeforeMs: number;
  readonly watermarkAfterMs: number;
  readonly isNoDataBatch: boolean;
  readonly windows: readonly WindowInsight[];
  readonly lateRows: { readonly total: number; readonly sample: readonly string[] };
};
export type WindowInsight = {
  readonly startUs: string;
  readonly endUs: string;
  readonly rows: number;
  readonly state: 'open' | 'closing' | 'closed';
};
