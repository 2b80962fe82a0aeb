import type * as z from 'zod';

/** The operations of one service that one kernel may ask for: `kafka.send` and its like. */
export type ServiceOperations = {
  readonly names: readonly string[];
  /** Rejects for input of another shape, and with an `AbortError` when `signal` aborts first. */
  call(operation: string, input: unknown, signal: AbortSignal): Promise<unknown>;
  /** Ends what the kernel left open. */
  close(): Promise<void>;
};

export type Operation = (input: unknown, signal: AbortSignal) => Promise<unknown>;

/** An operation whose input is checked where it enters. */
export const operation =
  <Schema extends z.ZodType>(
    schema: Schema,
    run: (input: z.output<Schema>, signal: AbortSignal) => Promise<unknown>,
  ): Operation =>
  (input, signal) =>
    run(schema.parse(input), signal);

/** The operations in `table`, by their whole names. A wait that the learner interrupts ends at once; what it began goes on. */
export function serviceOperations(
  table: Readonly<Record<string, Operation>>,
  close: () => Promise<void>,
): ServiceOperations {
  return {
    names: Object.keys(table),
    async call(name, input, signal) {
      const run = table[name];
      if (!run) throw new Error(`no service answers ${name}`);
      return await orAborted(run(input, signal), signal);
    },
    close,
  };
}

function orAborted<Answer>(answer: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new DOMException('the learner interrupted', 'AbortError'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
