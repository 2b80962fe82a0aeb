import { failedOutcome } from './call-outcome.ts';
import { CallbackQueue } from './callback-queue.ts';
import type { KernelPorts } from './command-port.ts';
import { guestPath, mountsOf } from './guest-path.ts';
import { InterruptSender } from './interrupt-sender.ts';
import type { Kernel, KernelService } from './kernel.ts';
import type {
  BridgeToPython,
  CallbackOutcome,
  CallOutcome,
  ExecuteReply,
  FolderMount,
  FromWorker,
  KernelEvent,
  PythonCall,
  Script,
  ScriptReply,
  ToWorker,
} from './kernel-messages.ts';
import { OutputLimit } from './output-limit.ts';
import { performCall } from './perform-call.ts';
import { startPyodide, type PyodideFiles, type PyodideProcess } from './pyodide-process.ts';
import { wakePython } from './shared-control.ts';
import { diedReply, interruptedReply } from './unfinished-reply.ts';

export type KernelPlace = {
  /** The learner's real working folder, absolute. */
  readonly folder: string;
  /** Other real folders Python may see, at the same paths. */
  readonly otherFolders?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

type Run = {
  readonly run: number;
  readonly cell: string;
  readonly message: ToWorker;
  readonly end: (end: RunEnd) => void;
};
type RunEnd = { readonly kind: 'json'; readonly json: string } | { readonly kind: 'died'; readonly reason: string };

/** CPython in WebAssembly, in a thread of the host. */
export class PyodideKernel implements Kernel {
  readonly #files: PyodideFiles;
  readonly #listeners = new Set<(event: KernelEvent) => void>();
  readonly #output = new OutputLimit();
  #ports: KernelPorts;
  #place: KernelPlace;
  #process: PyodideProcess | undefined;
  #callbacks: CallbackQueue | undefined;
  #interrupts: InterruptSender | undefined;
  #calls = new Map<number, AbortController>();
  #queue: Run[] = [];
  #current: Run | undefined;
  #lastRun = 0;
  #ready: Promise<void> | undefined;
  #prepared: (() => void) | undefined;

  constructor(files: PyodideFiles, place: KernelPlace, ports: KernelPorts) {
    this.#files = files;
    this.#place = place;
    this.#ports = ports;
  }

  on(listener: (event: KernelEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): Promise<void> {
    this.#ready ??= this.#launch();
    return this.#ready;
  }

  /** Answers commands from now on; for a kernel that was started before its session was ready. */
  connect(ports: KernelPorts): void {
    this.#ports = ports;
  }

  /** Gives a spare kernel its notebook: folder, environment and ports. */
  async adopt(place: KernelPlace, ports: KernelPorts): Promise<void> {
    await this.start();
    this.#place = place;
    this.#ports = ports;
    await new Promise<void>((resolve) => {
      this.#prepared = resolve;
      this.#process?.send({
        kind: 'prepare',
        mounts: this.#mounts(),
        folder: guestPath(place.folder),
        env: place.env ?? {},
      });
    });
  }

  async execute(cell: string, source: string, path?: string): Promise<ExecuteReply> {
    const end = await this.#enqueue(cell, (run) => ({
      kind: 'execute',
      run,
      cell,
      source,
      ...(path === undefined ? {} : { path }),
    }));
    const reply = end.kind === 'json' ? (JSON.parse(end.json) as ExecuteReply) : diedReply(end.reason);
    this.#emit({ kind: 'done', cell, reply });
    return reply;
  }

  async runScript(cell: string, script: Script): Promise<ScriptReply> {
    const end = await this.#enqueue(cell, (run) => ({ kind: 'script', run, cell, script }));
    return end.kind === 'json' ? (JSON.parse(end.json) as ScriptReply) : { code: 1, ms: 0 };
  }

  interrupt(): void {
    const run = this.#current;
    for (const waiting of this.#queue.splice(0)) waiting.end({ kind: 'json', json: JSON.stringify(interruptedReply) });
    if (!run) return;
    this.#interrupts?.send(run.run, () => this.#current === run);
    this.#process?.send({ kind: 'interrupt', run: run.run });
  }

  async service(name: KernelService, ...args: readonly unknown[]): Promise<unknown> {
    const outcome = await this.callPython(`service:${name}`, args);
    return outcome !== null && 'ok' in outcome ? outcome.ok : null;
  }

  /** Calls a function that Python has registered under `key`; null when the interpreter is gone, or goes before it answers. */
  async callPython(key: string, args: readonly unknown[]): Promise<CallbackOutcome | null> {
    if (!this.#process) return null;
    const release = this.#ports.clock?.hold();
    const answer = this.#ready?.then(() => this.#callbacks?.call(key, args)).finally(release);
    return (await answer) ?? null;
  }

  async restart(): Promise<void> {
    await this.shutdown();
    await this.start();
  }

  async shutdown(): Promise<void> {
    const running = this.#process;
    this.#lost('shutdown');
    await running?.terminate();
  }

  async #launch(): Promise<void> {
    const startedAt = performance.now();
    const running = startPyodide(this.#files, {
      mounts: this.#mounts(),
      folder: guestPath(this.#place.folder),
      env: this.#place.env ?? {},
      ...(this.#ports.clock ? { clock: this.#ports.clock.memory } : {}),
    });
    this.#process = running;
    this.#callbacks = new CallbackQueue(running.bridge, running.control);
    this.#interrupts = new InterruptSender(running.control);
    await new Promise<void>((resolve, reject) => {
      running.onMessage((message) => {
        if (message.kind === 'ready') {
          this.#emit({ kind: 'ready', python: message.python, startMs: performance.now() - startedAt });
          resolve();
        } else if (this.#process === running) this.#onMessage(running, message);
        if (message.kind === 'fatal') reject(new Error(`Python did not start: ${message.reason}`));
      });
      running.onExit((reason) => {
        reject(new Error(`Python did not start: ${reason}`));
        if (this.#process === running) this.#died(reason);
      });
    });
  }

  #onMessage(running: PyodideProcess, message: Exclude<FromWorker, { kind: 'ready' }>): void {
    switch (message.kind) {
      case 'output':
        this.#emitOutput(JSON.parse(message.json) as KernelEvent);
        break;
      case 'done':
      case 'script_done':
        this.#finish(message.run, { kind: 'json', json: message.json });
        break;
      case 'prepared':
        this.#prepared?.();
        break;
      case 'fatal':
        this.#died(message.reason);
        break;
      case 'log':
        this.#emit(message);
        break;
      default:
        this.#onCall(running, message);
    }
  }

  #onCall(running: PyodideProcess, message: PythonCall): void {
    switch (message.kind) {
      case 'call':
        void this.#answer(running, message.id, message.operation, JSON.parse(message.input));
        break;
      case 'cancel':
        this.#calls.get(message.id)?.abort();
        this.#calls.delete(message.id);
        break;
      case 'callback_done':
        this.#callbacks?.answered(message.id, JSON.parse(message.json) as CallbackOutcome);
        break;
    }
  }

  async #answer(running: PyodideProcess, id: number, operation: string, input: unknown): Promise<void> {
    const abort = new AbortController();
    this.#calls.set(id, abort);
    const outcome = await performCall(this.#ports, this.#mounts(), operation, input, abort.signal).then(
      (ok): CallOutcome => ({ ok: ok ?? null }),
      (error: unknown) => failedOutcome(error),
    );
    this.#calls.delete(id);
    if (abort.signal.aborted || this.#process !== running) return;
    const reply: BridgeToPython = { kind: 'reply', id, json: JSON.stringify(outcome) };
    running.bridge.postMessage(reply);
    wakePython(running.control);
  }

  #enqueue(cell: string, message: (run: number) => ToWorker): Promise<RunEnd> {
    this.#lastRun += 1;
    const run = this.#lastRun;
    const release = this.#ports.clock?.hold();
    return new Promise((resolve) => {
      const end = (how: RunEnd): void => {
        release?.();
        resolve(how);
      };
      this.#queue.push({ run, cell, message: message(run), end });
      // A kernel that cannot start says so through `start()`; its cells end with the thread.
      void this.start().then(
        () => this.#next(),
        (error: unknown) => this.#died(String(error)),
      );
    });
  }

  /** One run at a time, the next only after the host has seen the last one end: no interrupt can reach the wrong one. */
  #next(): void {
    if (this.#current) return;
    const run = this.#queue.shift();
    if (!run) return;
    this.#current = run;
    this.#output.reset(run.cell);
    this.#emit({ kind: 'busy', cell: run.cell });
    this.#process?.send(run.message);
  }

  #finish(run: number, end: RunEnd): void {
    const finished = this.#current;
    if (finished?.run !== run) return;
    this.#current = undefined;
    finished.end(end);
    this.#next();
  }

  #died(reason: string): void {
    const running = this.#process;
    this.#lost(reason);
    void running?.terminate();
    this.#emit({ kind: 'died', reason });
  }

  /** Forgets the interpreter; whatever waited for it ends. */
  #lost(reason: string): void {
    this.#process = undefined;
    this.#ready = undefined;
    for (const call of this.#calls.values()) call.abort();
    this.#calls.clear();
    this.#callbacks?.abandon();
    this.#callbacks = undefined;
    const runs = [...(this.#current ? [this.#current] : []), ...this.#queue.splice(0)];
    this.#current = undefined;
    for (const run of runs) run.end({ kind: 'died', reason });
  }

  #mounts(): readonly FolderMount[] {
    return mountsOf([this.#place.folder, ...(this.#place.otherFolders ?? [])]);
  }

  #emitOutput(event: KernelEvent): void {
    if (event.kind !== 'stream') {
      this.#emit(event);
      return;
    }
    const text = this.#output.admit(event.cell, event.text);
    if (text !== '') this.#emit({ ...event, text });
  }

  #emit(event: KernelEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
