import type { MessagePort } from 'node:worker_threads';
import type { BridgeToPython, CallbackOutcome } from './kernel-messages.ts';
import { SIGUSR1, slot, wakePython } from './shared-control.ts';

/** How often a Python that has not answered is reminded: its signal may have been lost or may have come inside the kernel's own code. */
const nudgeMs = 50;

/** Calls from the host into Python, answered whether Python is idle, blocked, sleeping, awaiting or in a loop. */
export class CallbackQueue {
  readonly #port: MessagePort;
  readonly #control: Int32Array;
  readonly #waiting = new Map<number, (outcome: CallbackOutcome | null) => void>();
  #lastId = 0;
  #nudge: NodeJS.Timeout | undefined;

  constructor(port: MessagePort, control: Int32Array) {
    this.#port = port;
    this.#control = control;
  }

  /** Resolves with Python's answer, or with null when the interpreter died first. */
  call(key: string, args: readonly unknown[]): Promise<CallbackOutcome | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      const message: BridgeToPython = {
        kind: 'callback',
        json: JSON.stringify({ id, function: key, arguments: args }),
      };
      this.#port.postMessage(message);
      this.#kick();
      this.#nudge ??= setInterval(() => this.#remind(), nudgeMs);
    });
  }

  answered(id: number, outcome: CallbackOutcome): void {
    this.#waiting.get(id)?.(outcome);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#stopReminding();
  }

  /** The interpreter is gone: nothing will be answered any more. */
  abandon(): void {
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
    this.#stopReminding();
  }

  #remind(): void {
    if (this.#waiting.size > 0) this.#kick();
    else this.#stopReminding();
  }

  #stopReminding(): void {
    clearInterval(this.#nudge);
    this.#nudge = undefined;
  }

  /** Never over an interrupt that has not been read yet. */
  #kick(): void {
    Atomics.compareExchange(this.#control, slot.signal, 0, SIGUSR1);
    wakePython(this.#control);
  }
}
