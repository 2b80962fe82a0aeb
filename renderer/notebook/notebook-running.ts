import type { ErrorCard, Events } from '../../main/contract/events.ts';
import type { Host } from '../../main/contract/host-api.ts';
import type { CellOutput, NotebookCell } from '../../main/contract/notebook-schema.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import type { Store } from '../store/external-store.ts';
import { createPacer } from '../store/pacer.ts';
import { appendOutput, type HiddenMark } from './output-text.ts';
import { cellById, type CellRun, type NotebookState } from './notebook-state.ts';

type CodeCell = Extract<NotebookCell, { readonly cell_type: 'code' }>;

/** Outputs are written to the screen this often at most; what a program prints in between arrives together. */
const outputIntervalMs = 60;

export type RunningPorts = {
  readonly hiddenMark: HiddenMark;
  readonly touch: () => void;
  readonly fail: (message: string) => void;
};

/**
 * Runs cells one after the other and writes what comes back into them. An error ends the queue, as in Jupyter. Cells that another window runs
 * are shown too, but that window saves them.
 */
export class NotebookRunning {
  readonly #host: Host;
  readonly #state: Store<NotebookState>;
  readonly #ports: RunningPorts;
  readonly #mine = new Set<string>();
  readonly #pacer = createPacer(() => this.#writeOutputs(), outputIntervalMs);
  #queue: string[] = [];
  #order = 0;
  #arrived: { readonly cell: string; readonly output: CellOutput }[] = [];

  constructor(host: Host, state: Store<NotebookState>, ports: RunningPorts) {
    this.#host = host;
    this.#state = state;
    this.#ports = ports;
  }

  /** Queues code cells; cells that run or wait already are left alone. */
  run(ids: readonly string[]): void {
    const { runs } = this.#state.get();
    for (const id of ids) {
      const cell = cellById(this.#state.get(), id);
      if (cell?.cell_type !== 'code' || runs[id] !== undefined || this.#queue.includes(id)) continue;
      if (cell.source.trim() === '') {
        this.#changeCell(id, (code) => ({ ...code, outputs: [], execution_count: null }));
        continue;
      }
      this.#queue.push(id);
      this.#setRun(id, { phase: 'queued' });
    }
    this.#next();
  }

  runAll(): void {
    this.run(this.#state.get().cells.map((cell) => cell.id));
  }

  async interrupt(): Promise<void> {
    this.#emptyQueue();
    await this.#ask(() => this.#host.request('kernel.interrupt', { path: this.#state.get().path }));
  }

  async restart(): Promise<void> {
    this.#emptyQueue();
    await this.#ask(() => this.#host.request('kernel.restart', { path: this.#state.get().path }));
  }

  clearOutputs(): void {
    for (const cell of this.#state.get().cells)
      this.#changeCell(cell.id, (code) => ({ ...code, outputs: [], execution_count: null }));
    this.#ports.touch();
  }

  /** The kernel began anew or is gone: nothing runs, and no output follows from what is in memory. */
  forgetKernel(): void {
    this.#pacer.flush();
    this.#queue = [];
    this.#state.update((state) => ({ ...state, runs: {}, ranAs: {}, edited: {} }));
  }

  hearStarted(event: Events['cell.started']): void {
    this.#arrived = this.#arrived.filter(({ cell }) => cell !== event.cell);
    this.#setRun(event.cell, { phase: 'running', sinceMs: Date.parse(event.at) });
    this.#order++;
    this.#state.update((state) => {
      const { [event.cell]: _, ...edited } = state.edited;
      return { ...state, edited, ranAs: { ...state.ranAs, [event.cell]: this.#order } };
    });
    this.#changeCell(event.cell, (code) => {
      const { marea: _, ...metadata } = code.metadata;
      return {
        ...code,
        outputs: [],
        execution_count: null,
        metadata: { ...metadata, execution: { 'iopub.execute_input': event.at } },
      };
    });
  }

  hearOutput(cell: string, output: CellOutput): void {
    this.#arrived.push({ cell, output });
    this.#pacer.request();
  }

  hearClear(cell: string): void {
    this.#arrived = this.#arrived.filter((arrived) => arrived.cell !== cell);
    this.#changeCell(cell, (code) => ({ ...code, outputs: [] }));
  }

  hearWaiting({ cell, waiting, query }: Events['cell.waiting']): void {
    const run = this.#state.get().runs[cell];
    if (run === undefined || run.phase === 'queued') return;
    this.#setRun(
      cell,
      waiting ? { phase: 'waiting', sinceMs: run.sinceMs, query } : { phase: 'running', sinceMs: run.sinceMs },
    );
  }

  hearFinished(event: Events['cell.finished']): void {
    this.#pacer.flush();
    const replied = new Date(Date.parse(event.startedAt) + event.durationMs).toISOString();
    this.#changeCell(event.cell, (code) => ({
      ...code,
      execution_count: event.count,
      metadata: {
        ...code.metadata,
        execution: { 'iopub.execute_input': event.startedAt, 'shell.execute_reply': replied },
        ...failureNote(event.card, event.line),
      },
    }));
    this.#endRun(event.cell);
    if (this.#mine.delete(event.cell)) this.#ports.touch();
    if (event.status !== 'ok') this.#emptyQueue();
    this.#next();
  }

  #next(): void {
    const { runs, path } = this.#state.get();
    if (Object.values(runs).some((run) => run.phase !== 'queued')) return;
    const id = this.#queue.shift();
    const cell = id === undefined ? undefined : cellById(this.#state.get(), id);
    if (id === undefined) return;
    if (cell === undefined) {
      this.#endRun(id);
      return this.#next();
    }
    this.#mine.add(id);
    this.#setRun(id, { phase: 'running', sinceMs: Date.now() });
    this.#host.request('kernel.execute', { path, cell: id, source: cell.source }).catch((error: unknown) => {
      this.#mine.delete(id);
      this.#endRun(id);
      this.#emptyQueue();
      this.#ports.fail(messageOfFailure(error));
    });
  }

  #emptyQueue(): void {
    for (const id of this.#queue) this.#endRun(id);
    this.#queue = [];
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    await request().catch((error: unknown) => this.#ports.fail(messageOfFailure(error)));
  }

  #writeOutputs(): void {
    const arrived = joinStreams(this.#arrived);
    this.#arrived = [];
    for (const { cell, output } of arrived) {
      this.#changeCell(cell, (code) => ({
        ...code,
        outputs: [...appendOutput(code.outputs, output, this.#ports.hiddenMark)],
      }));
    }
    if (arrived.some(({ cell }) => this.#mine.has(cell))) this.#ports.touch();
  }

  #changeCell(id: string, change: (cell: CodeCell) => CodeCell): void {
    this.#state.update((state) => ({
      ...state,
      cells: state.cells.map((cell) => (cell.id === id && cell.cell_type === 'code' ? change(cell) : cell)),
    }));
  }

  #setRun(id: string, run: CellRun): void {
    this.#state.update((state) => ({ ...state, runs: { ...state.runs, [id]: run } }));
  }

  #endRun(id: string): void {
    this.#state.update((state) => {
      const { [id]: _, ...runs } = state.runs;
      return { ...state, runs };
    });
  }
}

type Arrived = { readonly cell: string; readonly output: CellOutput };

/** Neighbouring pieces of one stream become one, so that a flood costs one cut for each update and not one for each line. */
function joinStreams(arrived: readonly Arrived[]): readonly Arrived[] {
  const joined: { cell: string; output: CellOutput; parts: string[] }[] = [];
  for (const { cell, output } of arrived) {
    const last = joined.at(-1);
    const isSame =
      last?.cell === cell &&
      last.output.output_type === 'stream' &&
      output.output_type === 'stream' &&
      last.output.name === output.name;
    if (isSame) last.parts.push(output.text);
    else joined.push({ cell, output, parts: output.output_type === 'stream' ? [output.text] : [] });
  }
  return joined.map(({ cell, output, parts }) => ({
    cell,
    output: output.output_type === 'stream' ? { ...output, text: parts.join('') } : output,
  }));
}

/** Our own note in the cell: the Spanish card and the line that raised, so that both are still there when the notebook is opened again. */
function failureNote(card: ErrorCard | undefined, line: number | undefined): Record<string, unknown> {
  if (card === undefined && line === undefined) return {};
  return { marea: { ...(card === undefined ? {} : { card }), ...(line === undefined ? {} : { line }) } };
}
