import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { BridgeToPython, PythonCall } from './kernel-messages.ts';
import { SIGINT, SIGUSR1, slot } from './shared-control.ts';

type PendingCall = { readonly id: number; readonly local: boolean; readonly deadline: number };

/** What ends a wait, as Python reads it: a letter, then JSON. R: reply. C: run this callback, then wait on. T: time is up. I: interrupted, with the run that it was meant for. */
type WaitResult = `R${string}` | `C${string}` | 'T' | `I${number}`;

/**
 * The worker's end of the bridge. Python blocks in `wait`, which reads the port synchronously and sleeps on shared memory in between, so
 * that interrupts and callbacks get through. Calls nest (a callback makes its own), hence the stack and the early replies kept aside.
 */
export class SynchronousBridge {
  readonly #port: MessagePort;
  readonly #send: (message: PythonCall) => void;
  readonly #control: Int32Array;
  readonly #pending: PendingCall[] = [];
  readonly #earlyReplies = new Map<number, string>();
  readonly #timers = new Map<number, () => void>();
  readonly #followsClock: boolean;
  #lastId = 0;
  #currentRun: number | undefined;

  /** `followsClock`: time belongs to the host's clock, so every wait for it is a call. */
  constructor(port: MessagePort, control: Int32Array, send: (message: PythonCall) => void, followsClock = false) {
    this.#port = port;
    this.#send = send;
    this.#control = control;
    this.#followsClock = followsClock;
  }

  /** Begins a call to the host. `timeoutMs` below 0: no limit. */
  begin(operation: string, input: string, timeoutMs: number): void {
    const id = this.#push(false, timeoutMs);
    this.#send({ kind: 'call', id, operation, input });
  }

  /** Begins a `time.sleep`. On the machine's own clock nobody has to answer it. */
  beginSleep(ms: number): void {
    if (this.#followsClock) this.begin('clock.sleep', JSON.stringify(ms), -1);
    else this.#push(true, ms);
  }

  /** Runs `action` on the event loop after a while of the host's clock. */
  callLater(action: () => void, ms: number): void {
    this.#lastId += 1;
    this.#timers.set(this.#lastId, action);
    this.#send({ kind: 'call', id: this.#lastId, operation: 'clock.timer', input: JSON.stringify(ms) });
  }

  /** Blocks until the innermost call ends or a callback wants to run. */
  wait(): WaitResult {
    const call = this.#pending.at(-1);
    if (!call) throw new Error('nothing to wait for');
    for (;;) {
      const seen = Atomics.load(this.#control, slot.wake);
      const interrupted = this.#takeSignal();
      if (interrupted !== undefined) {
        this.abandon();
        return `I${interrupted}`;
      }
      const reply = this.#earlyReplies.get(call.id);
      if (reply !== undefined) {
        this.#earlyReplies.delete(call.id);
        this.#pending.pop();
        return `R${reply}`;
      }
      const message = this.#receive();
      if (message?.kind === 'callback') return `C${message.json}`;
      if (message) continue;
      const leftMs = call.deadline - performance.now();
      if (leftMs <= 0) {
        this.#pending.pop();
        return 'T';
      }
      Atomics.wait(this.#control, slot.wake, seen, leftMs === Infinity ? undefined : leftMs);
    }
  }

  /** Gives up the innermost call and tells the host. */
  abandon(): void {
    const call = this.#pending.pop();
    if (call && !call.local) this.#send({ kind: 'cancel', id: call.id });
  }

  /** The next callback that has arrived, if any; replies met on the way are kept. */
  nextCallback(): string | undefined {
    for (;;) {
      const message = this.#receive();
      if (!message) return undefined;
      if (message.kind === 'callback') return message.json;
    }
  }

  callbackDone(id: number, json: string): void {
    this.#send({ kind: 'callback_done', id, json });
  }

  /** Confirms the last interrupt; answers the run it was meant for. */
  acknowledge(): number {
    Atomics.store(this.#control, slot.acknowledged, Atomics.load(this.#control, slot.sent));
    return Atomics.load(this.#control, slot.target);
  }

  /** A message that came while Python was idle: a callback to run now, or a late reply that nobody waits for. */
  received(message: BridgeToPython): string | undefined {
    if (message.kind === 'callback') {
      Atomics.compareExchange(this.#control, slot.signal, SIGUSR1, 0);
      return message.json;
    }
    this.#keep(message.id, message.json);
    return undefined;
  }

  /** Drops an interrupt that was meant for an earlier run. */
  startRun(run: number): void {
    this.#currentRun = run;
    if (Atomics.load(this.#control, slot.target) !== run) {
      Atomics.compareExchange(this.#control, slot.signal, SIGINT, 0);
    }
  }

  endRun(): void {
    this.#currentRun = undefined;
  }

  /**
   * Takes a signal out of the slot; answers the run that an interrupt is meant for, if that is the current one. Between runs only a callback can wait
   * here, and what Stop is meant for cannot begin before that callback ends: then it counts too.
   */
  #takeSignal(): number | undefined {
    const signal = Atomics.load(this.#control, slot.signal);
    if (signal === SIGUSR1) Atomics.compareExchange(this.#control, slot.signal, SIGUSR1, 0);
    if (signal !== SIGINT) return undefined;
    Atomics.compareExchange(this.#control, slot.signal, SIGINT, 0);
    const target = this.acknowledge();
    return this.#currentRun === undefined || target === this.#currentRun ? target : undefined;
  }

  #receive(): BridgeToPython | undefined {
    const message = receiveMessageOnPort(this.#port)?.message as BridgeToPython | undefined;
    if (message?.kind === 'reply') this.#keep(message.id, message.json);
    return message;
  }

  /** A reply to a call that was given up is dropped. */
  #keep(id: number, json: string): void {
    const timer = this.#timers.get(id);
    if (timer) {
      this.#timers.delete(id);
      setImmediate(timer);
    }
    if (this.#pending.some((call) => call.id === id)) this.#earlyReplies.set(id, json);
  }

  #push(local: boolean, timeoutMs: number): number {
    this.#lastId += 1;
    const deadline = timeoutMs < 0 ? Infinity : performance.now() + timeoutMs;
    this.#pending.push({ id: this.#lastId, local, deadline });
    return this.#lastId;
  }
}
