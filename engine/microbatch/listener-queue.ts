import type { PythonFunctions } from '../api/python-functions.ts';

/** Delivers events to `StreamingQueryListener`s in the learner's kernel, in order. A listener that raises harms nobody, as in Spark. */
export class ListenerQueue {
  private readonly python: PythonFunctions;
  private readonly keys: string[] = [];
  private last: Promise<void> = Promise.resolve();

  constructor(python: PythonFunctions) {
    this.python = python;
  }

  get listeners(): readonly string[] {
    return this.keys;
  }

  add(key: string): void {
    this.keys.push(key);
  }

  remove(key: string): void {
    const at = this.keys.indexOf(key);
    if (at >= 0) this.keys.splice(at, 1);
  }

  /** Hands an event to every listener there is now; does not wait. */
  post(event: string, payload: unknown): void {
    void this.call(event, payload);
  }

  /** The same, and resolves when all have been called. */
  call(event: string, payload: unknown): Promise<void> {
    const keys = [...this.keys];
    if (keys.length === 0) return this.last;
    this.last = this.last.then(async () => {
      for (const key of keys) await this.python.callListener(key, event, payload).catch(() => undefined);
    });
    return this.last;
  }
}
