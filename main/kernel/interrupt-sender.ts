import { SIGINT, slot, wakePython } from './shared-control.ts';

/** Longer than any answer that is merely late, short enough that nobody notices a lost signal. */
const resendMs = 60;

/**
 * Numbered interrupts. Each names the run it is meant for and is sent again until Python acknowledges its number, so that it reaches
 * exactly one run exactly once, whatever the interpreter was doing.
 */
export class InterruptSender {
  readonly #control: Int32Array;
  #number = 0;

  constructor(control: Int32Array) {
    this.#control = control;
  }

  /** Interrupts `run`; `stillRunning` ends the repetition. */
  send(run: number, stillRunning: () => boolean): void {
    this.#number += 1;
    const number = this.#number;
    Atomics.store(this.#control, slot.target, run);
    Atomics.store(this.#control, slot.sent, number);
    const attempt = (): void => {
      const seen = Atomics.load(this.#control, slot.acknowledged) === number;
      if (seen || number !== this.#number || !stillRunning()) return;
      Atomics.store(this.#control, slot.signal, SIGINT);
      wakePython(this.#control);
      setTimeout(attempt, resendMs).unref();
    };
    attempt();
  }
}
