import type { Row } from '../core/spark-value.ts';
import type { Offset } from './source.ts';

/** What one batch of a query took from one of its sources. */
export type WitnessedRead = {
  readonly runId: string;
  readonly batchId: number;
  /** Index of the source in the order of the offset log. */
  readonly source: number;
  /** The source's own, as in progress: `TextSocketV2[host: localhost, port: 9999]`. */
  readonly description: string;
  readonly start: Offset | null;
  readonly end: Offset;
  /** Rows as the source gave them; null for a source of files, and where there were more than a witness can keep. */
  readonly rows: readonly Row[] | null;
  /** Absolute paths of the files of the range; null for sources that are no files. */
  readonly files: readonly string[] | null;
};

/** Told of all that queries read, so that a run can be done again with the same input. It may keep what it is given; it must not hold up the batch. */
export type InputWitness = {
  readonly planned: (batch: { readonly runId: string; readonly batchId: number; readonly timestampMs: number }) => void;
  readonly read: (read: WitnessedRead) => void;
};
