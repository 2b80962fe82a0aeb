import type { PythonFunctions } from '../../engine/api/python-functions.ts';
import { SparkError } from '../../engine/core/spark-error.ts';
import { typeToJson } from '../../engine/core/type-json.ts';
import type { WireValue } from '../../engine/plan/relation.ts';
import type { CallbackOutcome } from './kernel-messages.ts';
import { fromWire, rowToWire } from './wire-value.ts';

/** What these functions need of a kernel. */
export type PythonCaller = {
  /** Null when the interpreter died before it answered. */
  readonly callPython: (key: string, args: readonly unknown[]) => Promise<CallbackOutcome | null>;
};

/**
 * The learner's functions, as the engine calls them. An exception rejects with `SparkError` of class `PythonException`, whose message is the traceback
 * as CPython prints it; the engine puts it into the sentence that Spark would say.
 */
export function pythonCallbacks(kernel: PythonCaller): PythonFunctions {
  const call = async (key: string, args: readonly unknown[]): Promise<unknown> => {
    const outcome = await kernel.callPython(key, args);
    if (outcome === null) throw kernelGone();
    if ('error' in outcome) throw pythonException(outcome.error);
    return outcome.ok;
  };
  return {
    callUdf: async (key, rows, argTypes, resultType) => {
      const blocks = rows.map((row) => rowToWire(row, argTypes));
      const results = (await call(key, [blocks, argTypes.map(typeToJson)])) as readonly WireValue[];
      return results.map((result) => fromWire(result, resultType));
    },
    callForeachBatch: async (key, tableKey, batchId) => void (await call(key, [tableKey, batchId])),
    callForeach: async (key, rows, rowType, partition, batchId) => {
      const types = rowType.kind === 'struct' ? rowType.fields.map((field) => field.type) : [rowType];
      await call(key, [rows.map((row) => rowToWire(row, types)), partition, batchId]);
    },
    callListener: async (key, event, payload) => void (await call(key, [event, payload])),
  };
}

const pythonException = (error: { readonly ename: string; readonly traceback: string }): SparkError =>
  new SparkError('PythonException', error.traceback, { parameters: { exception: error.ename } });

const kernelGone = (): SparkError =>
  new SparkError({ java: 'java.lang.IllegalStateException' }, 'Python ended before it answered: its variables and functions are gone.', {
    blame: 'environment',
  });
