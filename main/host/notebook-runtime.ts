import type { EngineEvent } from '../../engine/api/engine-events.ts';
import type { InputWitness } from '../../engine/api/input-witness.ts';
import type { CellId } from '../../engine/core/ids.ts';
import type { Command } from '../../engine/plan/command.ts';
import { HostFailure, type Emit } from '../contract/host-api.ts';
import type { CommandCaller } from '../kernel/command-port.ts';
import type { KernelEvent } from '../kernel/kernel-messages.ts';
import type { PyodideFiles } from '../kernel/pyodide-process.ts';
import type { PyodideKernel } from '../kernel/pyodide-kernel.ts';
import { cardOf, cellOutput, errorLine, errorOutput } from './cell-output.ts';
import { sha256Of } from '../workspace/sha256.ts';
import { errorCard } from './error-cards.ts';
import type { Connectors } from './connectors-on.ts';
import { LearnerProcess } from './learner-process.ts';
import { QueryHistory } from './query-history.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { queryWait } from './waiting-command.ts';

export type RuntimeOptions = {
  /** The notebook, relative to the data folder: names the runtime in every event. */
  readonly path: string;
  /** Working folder of its code, absolute. */
  readonly folder: string;
  readonly python: PyodideFiles;
  readonly env: Readonly<Record<string, string>>;
  /** Absent: the machine's. */
  readonly clock?: VirtualClock;
  /** The connectors of a new kernel. */
  readonly connectors?: () => Connectors;
  /** Is told what its queries read. */
  readonly witness?: InputWitness;
  readonly emit: Emit;
  /** A warm interpreter, if one is ready. */
  readonly takeSpare: () => PyodideKernel | undefined;
  /** Called after anything a check may look at. */
  readonly onActivity: () => void;
};

type State = 'none' | 'starting' | 'idle' | 'busy';

/** The kernel of one open notebook: runs its cells, tells the windows, keeps what its queries did. */
export class NotebookRuntime {
  readonly #options: RuntimeOptions;
  #learner: LearnerProcess | undefined;
  #starting: Promise<LearnerProcess> | undefined;
  #history = new QueryHistory();
  #state: State = 'none';
  #lastRun = 0;
  readonly #startedAt = new Map<string, string>();
  /** Interpreters that ended by themselves. */
  readonly #died = new WeakSet<LearnerProcess>();

  constructor(options: RuntimeOptions) {
    this.#options = options;
  }

  get state(): State {
    return this.#state;
  }

  get history(): QueryHistory {
    return this.#history;
  }

  /** Starts Python ahead of the first cell. */
  async warmUp(): Promise<void> {
    await this.#process();
  }

  execute(cell: string, source: string): number {
    this.#lastRun += 1;
    const run = this.#lastRun;
    void this.#runCell(cell, source, run);
    return run;
  }

  interrupt(): void {
    this.#learner?.kernel.interrupt();
  }

  /** A fresh interpreter: queries stop, variables go; notebook, outputs and checkpoints stay. */
  async restart(): Promise<void> {
    this.#setState('starting', 'restarting');
    await this.#discard();
    await this.#process();
  }

  async stopQuery(queryId: string): Promise<void> {
    const run = this.#history.activeRun(queryId);
    if (run === undefined) throw new HostFailure('not_found', 'Esa consulta ya ha terminado.');
    await this.#learner?.engine.stopQuery(run);
  }

  async complete(
    source: string,
    position: number,
  ): Promise<{
    readonly from: number;
    readonly items: readonly { readonly label: string; readonly detail?: string }[];
  }> {
    const answer = await this.#learner?.kernel.service('complete', source, position);
    return isCompletion(answer) ? answer : { from: position, items: [] };
  }

  async stopQueries(): Promise<void> {
    for (const query of this.#history.replay()) {
      if (query.kind !== 'query_started') continue;
      const run = this.#history.activeRun(query.queryId);
      if (run) await this.#learner?.engine.stopQuery(run);
    }
  }

  async close(): Promise<void> {
    await this.#discard();
    this.#state = 'none';
  }

  async #runCell(cell: string, source: string, run: number): Promise<void> {
    const at = new Date().toISOString();
    try {
      const learner = await this.#process();
      this.#options.emit('cell.started', { path: this.#options.path, cell, run, at, codeHash: sha256Of(source) });
      const reply = await learner.kernel.execute(cell, source);
      // A restart is the learner's own wish: the cell it cut off shows no error.
      const isCutOff = reply.error?.ename === 'KernelDied' && !this.#died.delete(learner);
      const error = isCutOff ? undefined : reply.error;
      if (error) this.#options.emit('cell.output', { path: this.#options.path, cell, output: errorOutput(error) });
      const card = error ? cardOf(error) : undefined;
      const line = error ? errorLine(error) : undefined;
      this.#options.emit('cell.finished', {
        path: this.#options.path,
        cell,
        run,
        status: isCutOff || error?.ename === 'KeyboardInterrupt' ? 'interrupted' : error ? 'error' : 'ok',
        count: reply.count === 0 ? null : reply.count,
        startedAt: this.#startedAt.get(cell) ?? at,
        durationMs: reply.ms,
        ...(card ? { card } : {}),
        ...(line === undefined ? {} : { line }),
      });
    } catch (error) {
      this.#options.emit('problem', {
        title: 'Python no ha podido arrancar',
        detail: error instanceof Error ? error.message : String(error),
        blame: 'environment',
      });
      this.#options.emit('cell.finished', {
        path: this.#options.path,
        cell,
        run,
        status: 'error',
        count: null,
        startedAt: at,
        durationMs: 0,
      });
    }
    this.#options.onActivity();
  }

  #process(): Promise<LearnerProcess> {
    this.#starting ??= this.#launch();
    return this.#starting;
  }

  async #launch(): Promise<LearnerProcess> {
    if (this.#state === 'none') this.#setState('starting');
    const spare = this.#options.takeSpare();
    const learner = new LearnerProcess({
      folder: this.#options.folder,
      env: this.#options.env,
      python: this.#options.python,
      ...(spare ? { spare } : {}),
      ...(this.#options.clock ? { clock: this.#options.clock } : {}),
      ...this.#options.connectors?.(),
      ...(this.#options.witness ? { witness: this.#options.witness } : {}),
      isWatched: () => true,
      print: (text, cell) => this.#print(text, cell),
      emit: (event) => this.#onEngine(event),
      onCommand: (command, caller, phase) => this.#onCommand(command, caller, phase),
    });
    this.#learner = learner;
    learner.kernel.on((event) => {
      if (this.#learner === learner) this.#onKernel(event);
    });
    try {
      await learner.start();
    } catch (error) {
      this.#starting = undefined;
      this.#setState('none', 'dead', 'Python no ha podido arrancar');
      throw error;
    }
    this.#setState('idle');
    return learner;
  }

  async #discard(): Promise<void> {
    const learner = this.#learner;
    this.#learner = undefined;
    this.#starting = undefined;
    this.#history = new QueryHistory();
    await learner?.close();
  }

  #onKernel(event: KernelEvent): void {
    const { path, emit } = this.#options;
    if (event.kind === 'busy') {
      this.#startedAt.set(event.cell, new Date().toISOString());
      this.#setState('busy');
    }
    if (event.kind === 'clear' && event.cell !== null) emit('cell.clear', { path, cell: event.cell });
    const output = cellOutput(event);
    if (output) emit('cell.output', { path, cell: 'cell' in event ? event.cell : null, output });
    if (event.kind === 'done') this.#setState('idle');
    if (event.kind === 'died') this.#onDeath(event.reason);
  }

  /** Python crashed or ran out of memory: its queries end, a fresh interpreter takes over; files and notebook stay. */
  #onDeath(reason: string): void {
    if (!this.#learner) return;
    this.#died.add(this.#learner);
    this.#setState('starting', 'restarting', reason);
    void this.#discard()
      .then(() => this.#process())
      .catch(() => undefined);
  }

  #onEngine(event: EngineEvent): void {
    this.#history.record(event);
    const card =
      event.kind === 'query_terminated' && event.error !== null
        ? errorCard({
            name: 'StreamingQueryException',
            text: event.error,
            ...(event.errorClass === null ? {} : { condition: event.errorClass }),
          })
        : undefined;
    this.#options.emit('query.event', { path: this.#options.path, event, ...(card ? { card } : {}) });
    this.#options.onActivity();
  }

  /** The console sink's text reaches the tray as `console_text`; what else the engine prints belongs to a cell. */
  #print(text: string, cell: CellId | undefined): void {
    this.#options.emit('cell.output', {
      path: this.#options.path,
      cell: cell ?? null,
      output: { output_type: 'stream', name: 'stdout', text },
    });
  }

  #onCommand(command: Command, caller: CommandCaller, phase: 'begins' | 'ends'): void {
    if (caller.cell === null) return;
    const wait = queryWait(command);
    if (wait === undefined) return;
    this.#options.emit('cell.waiting', {
      path: this.#options.path,
      cell: caller.cell,
      waiting: phase === 'begins',
      query: wait.query,
    });
  }

  #setState(state: State, shown?: 'restarting' | 'dead', note?: string): void {
    this.#state = state;
    const told = shown ?? (state === 'none' ? 'dead' : state);
    this.#options.emit('kernel.state', {
      path: this.#options.path,
      state: told,
      ...(note === undefined ? {} : { note }),
    });
  }
}

type Completion = {
  readonly from: number;
  readonly items: readonly { readonly label: string; readonly detail?: string }[];
};

const isCompletion = (value: unknown): value is Completion =>
  typeof value === 'object' && value !== null && 'from' in value && 'items' in value && Array.isArray(value.items);
