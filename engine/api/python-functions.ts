import type { DataType } from '../core/data-type.ts';
import type { BatchId } from '../core/ids.ts';
import type { Row, SparkValue } from '../core/spark-value.ts';

/**
 * Functions that live in the learner's kernel, called by key. Each call may wait until Python is free to answer; all are served while
 * Python is idle, blocked, sleeping or in a loop. An exception of the learner's rejects with `SparkError` (`PythonException`).
 */
export type PythonFunctions = {
  /** A scalar UDF over one block: arguments by column, in and out of Spark values of the given types. */
  readonly callUdf: (
    key: string,
    rows: readonly Row[],
    argTypes: readonly DataType[],
    resultType: DataType,
  ) => Promise<readonly SparkValue[]>;
  /** `foreachBatch(function)`: the frame is the session table `tableKey`; resolves when the function returned. */
  readonly callForeachBatch: (key: string, tableKey: string, batchId: BatchId) => Promise<void>;
  /** `foreach(function or writer)`: all rows of one partition of one batch. */
  readonly callForeach: (
    key: string,
    rows: readonly Row[],
    rowType: DataType,
    partition: number,
    batchId: BatchId,
  ) => Promise<void>;
  /** A `StreamingQueryListener` event. */
  readonly callListener: (key: string, event: string, payload: unknown) => Promise<void>;
};
