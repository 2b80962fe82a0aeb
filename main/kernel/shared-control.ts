/**
 * Slots of the memory that host and worker share. Slot 0 is Pyodide's interrupt buffer: a signal number that the interpreter reads and
 * clears in two steps, so a signal can be lost; whoever sends one repeats it until it is acknowledged.
 */
export const slot = {
  signal: 0,
  /** Grows with every message to a waiting Python; the worker sleeps on it. */
  wake: 1,
  /** Number of the last interrupt that Python has seen. */
  acknowledged: 2,
  /** The run that the last interrupt is meant for. */
  target: 3,
  /** Number of the last interrupt sent. */
  sent: 4,
} as const;

const slotCount = 8;

/** Stop the learner's code: `KeyboardInterrupt`. */
export const SIGINT = 2;
/** A callback waits: run it between two bytecodes. */
export const SIGUSR1 = 10;

export const newControl = (): Int32Array =>
  new Int32Array(new SharedArrayBuffer(slotCount * Int32Array.BYTES_PER_ELEMENT));

export function wakePython(control: Int32Array): void {
  Atomics.add(control, slot.wake, 1);
  Atomics.notify(control, slot.wake);
}
