import type { PythonFunctions } from '../../engine/api/python-functions.ts';
import { SparkError } from '../../engine/core/spark-error.ts';
import { typeToJson } from '../../engine/core/type-json.ts';
import type { CallbackOutcome } from './kernel-messages.ts';
import { decodeWire, encodeRow, type WireValue } from '../../engine/core/wire-values.ts';

/** What these functions need of a kernel. */
export type PythonCaller = {
  /** Null when the interpreter died before it answered. */
  readonly callPython: (key: string, args: readonly unknown[]) => Promise<CallbackOutcome | null>;
};

/**
 * The learner's functions, as the engine calls them. What such a function raises rejects with the `SparkError` that Spark would have at that place:
 * for a UDF the one that a batch action shows (`parameters.traceback` has Python's own text), for `foreach` the failed task, for `foreachBatch` the proxy.
 */
export function pythonCallbacks(kernel: PythonCaller): PythonFunctions {
  const call = async (key: string, args: readonly unknown[], failure: Failure): Promise<unknown> => {
    const outcome = await kernel.callPython(key, args);
    if (outcome === null) throw kernelGone();
    if ('error' in outcome) throw failure(withHeader(outcome.error.traceback));
    return outcome.ok;
  };
  return {
    callUdf: async (key, rows, argTypes, resultType) => {
      const blocks = rows.map((row) => encodeRow(row, argTypes));
      const results = (await call(key, [blocks, argTypes.map(typeToJson)], workerFailure)) as readonly WireValue[];
      return results.map((result) => decodeWire(result, resultType));
    },
    callForeachBatch: async (key, tableKey, batchId) => void (await call(key, [tableKey, batchId], proxyFailure)),
    callForeach: async (key, rows, rowType, partition, batchId) => {
      const types = rowType.kind === 'struct' ? rowType.fields.map((field) => field.type) : [rowType];
      await call(key, [rows.map((row) => encodeRow(row, types)), partition, batchId], taskFailure);
    },
    callListener: async (key, event, payload) => void (await call(key, [event, payload], proxyFailure)),
  };
}

/** An error that no line of the program raised (a wrong number of parameters) still begins as every traceback does. */
const withHeader = (traceback: string): string =>
  traceback.startsWith('Traceback') ? traceback : `Traceback (most recent call last):\n${traceback}`;

type Failure = (traceback: string) => SparkError;

const workerFailure: Failure = (traceback) =>
  new SparkError(
    'PythonException',
    `\n  An exception was thrown from the Python worker. Please see the stack trace below.\n${traceback}`,
    { parameters: { traceback } },
  );

const taskFailure: Failure = (traceback) =>
  new SparkError(
    { java: 'org.apache.spark.SparkException' },
    'Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) ' +
      `(localhost executor driver): org.apache.spark.api.python.PythonException: ${traceback}`,
    { parameters: { traceback } },
  );

const proxyFailure: Failure = (traceback) =>
  new SparkError(
    { java: 'py4j.Py4JException' },
    `An exception was raised by the Python Proxy. Return Message: ${traceback}`,
    { parameters: { traceback } },
  );

const kernelGone = (): SparkError =>
  new SparkError(
    { java: 'java.lang.IllegalStateException' },
    'Python ended before it answered: its variables and functions are gone.',
    {
      blame: 'environment',
    },
  );
