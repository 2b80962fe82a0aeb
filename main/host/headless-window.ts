import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventName, Events } from '../contract/events.ts';
import type { Handlers } from '../contract/host-api.ts';
import type { CellOutput, Notebook, NotebookCell } from '../contract/notebook-schema.ts';
import { requests, type RequestInput, type RequestName, type RequestOutput } from '../contract/requests.ts';
import type { CompareBundle } from '../grading/comparing.ts';
import type { PyodideFiles } from '../kernel/pyodide-process.ts';
import { requestHandlers } from './request-handlers.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { Workbench } from './workbench.ts';

type Heard = { [Name in EventName]: { readonly name: Name; readonly event: Events[Name] } }[EventName];
type Finished = Events['cell.finished'];

export type HeadlessOptions = {
  /** The exercises' folder. */
  readonly materialFolder: string;
  readonly python: PyodideFiles;
  readonly clock?: VirtualClock;
  /** Absent: a new one, removed at the end. */
  readonly dataFolder?: string;
  readonly wasLeft?: boolean;
  readonly compare?: CompareBundle;
};

/** A workbench without a screen: asks as the window does, hears every event, keeps the open notebook and saves what its cells print. */
export class HeadlessWindow {
  readonly dataFolder: string;
  readonly heard: Heard[] = [];
  readonly #workbench: Workbench;
  readonly #handlers: Handlers;
  readonly #ownsFolder: boolean;
  readonly #ownsClock: boolean;
  readonly #waiting = new Set<() => void>();
  #letTimeGo: (() => void) | undefined;
  #path = '';
  #revision = 0;
  #notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] };

  private constructor(workbench: Workbench, { dataFolder, clock }: HeadlessOptions) {
    this.#workbench = workbench;
    this.#ownsFolder = dataFolder === undefined;
    this.#ownsClock = clock !== undefined;
    this.dataFolder = workbench.options.dataFolder;
    this.#handlers = requestHandlers(workbench);
    workbench.subscribe((name, event) => this.#hear({ name, event } as Heard));
  }

  static async open(options: HeadlessOptions): Promise<HeadlessWindow> {
    const dataFolder = options.dataFolder ?? realpathSync(mkdtempSync(join(tmpdir(), 'workbench-')));
    const workbench = new Workbench({
      dataFolder,
      materialFolder: options.materialFolder,
      python: options.python,
      env: { TZ: 'Europe/Madrid' },
      version: 'headless',
      mode: 'browser',
      ...(options.clock ? { clock: options.clock } : {}),
      ...(options.wasLeft ? { wasLeft: true } : {}),
      ...(options.compare ? { compare: options.compare } : {}),
    });
    // Whatever servers this machine runs, this one has its own.
    for (const kind of ['kafka', 'relational', 'mongodb'] as const)
      workbench.services.choose(kind, { mode: 'embedded' });
    await workbench.start();
    return new HeadlessWindow(workbench, options);
  }

  get materialFolder(): string {
    return this.#workbench.options.materialFolder;
  }

  get path(): string {
    return this.#path;
  }

  get cells(): readonly NotebookCell[] {
    return this.#notebook.cells;
  }

  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
    const handler = this.#handlers[name] as (parsed: unknown) => Promise<RequestOutput<Name>>;
    return handler(requests[name].input.parse(input));
  }

  async open(path: string): Promise<RequestOutput<'notebook.open'>> {
    const opened = await this.request('notebook.open', { path });
    this.#path = path;
    this.#revision = opened.revision;
    this.#notebook = opened.notebook;
    return opened;
  }

  /** Opens the activity and its notebook. */
  async openActivity(id: string): Promise<void> {
    const { notebook } = await this.request('activity.open', { id });
    await this.open(notebook);
  }

  /** Replaces the open notebook's cells, as typing would. */
  async write(cells: readonly NotebookCell[]): Promise<void> {
    this.#notebook = { ...this.#notebook, cells: [...cells] };
    await this.#save();
  }

  /** Runs a cell of the notebook, or other code under its name, to its end; what it printed is saved. */
  async run(cell: string, source = this.#cell(cell)?.source ?? ''): Promise<Finished> {
    const { run } = await this.begin(cell, source);
    const finished = await this.hears('cell.finished', (event) => event.path === this.#path && event.run === run);
    this.#change(cell, (found) => ({ ...found, execution_count: finished.count }));
    await this.#save();
    return finished;
  }

  /** Runs a cell without waiting for its end. */
  begin(cell: string, source = this.#cell(cell)?.source ?? ''): Promise<RequestOutput<'kernel.execute'>> {
    this.#change(cell, (found) => ({ ...found, outputs: [] }));
    return this.request('kernel.execute', { path: this.#path, cell, source });
  }

  /** Text that a cell has printed since it was last started, in this notebook or under a name of the caller's own. */
  printed(cell: string): string {
    const begin = this.heard.findLastIndex(({ name, event }) => name === 'cell.started' && event.cell === cell);
    return this.heard
      .slice(Math.max(0, begin))
      .flatMap(({ name, event }) => (name === 'cell.output' && event.cell === cell ? [textOf(event.output)] : []))
      .join('');
  }

  /** What the queries of a cell wrote to the console. */
  consoleText(cell: string): string {
    return this.heard
      .flatMap(({ name, event }) => (name === 'query.event' ? [event.event] : []))
      .flatMap((event) => (event.kind === 'console_text' && event.cell === cell ? [event.text] : []))
      .join('');
  }

  /** The first event that fits, heard already or still to come. The caller's own time limit ends the wait. */
  async hears<Name extends EventName>(
    name: Name,
    fits: (event: Events[Name]) => boolean = () => true,
  ): Promise<Events[Name]> {
    for (let next = 0; ;) {
      for (; next < this.heard.length; next += 1) {
        const heard = this.heard[next];
        if (heard?.name === name && fits(heard.event as Events[Name])) return heard.event as Events[Name];
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** No time is skipped from here on but by `pass`: the caller's own steps take time that a query would else sleep away. */
  holdTime(): void {
    this.#letTimeGo ??= this.#workbench.clock.hold();
  }

  /** Lets exactly so much time pass: by moving a clock of the caller's own, by waiting for the machine's. */
  async pass(ms: number): Promise<void> {
    const { clock } = this.#workbench;
    if (!this.#ownsClock) return clock.sleep(ms);
    this.#letTimeGo?.();
    await clock.advance(ms);
    if (this.#letTimeGo) this.#letTimeGo = clock.hold();
  }

  nowMs(): number {
    return this.#workbench.clock.now();
  }

  async close(): Promise<void> {
    await this.#workbench.close();
    if (this.#ownsFolder) rmSync(this.dataFolder, { recursive: true, force: true });
  }

  #hear(heard: Heard): void {
    this.heard.push(heard);
    if (heard.name === 'cell.output' && heard.event.cell !== null && heard.event.path === this.#path) {
      const { output } = heard.event;
      this.#change(heard.event.cell, (cell) => ({ ...cell, outputs: [...cell.outputs, output] }));
    }
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  #cell(id: string): NotebookCell | undefined {
    return this.#notebook.cells.find((cell) => cell.id === id);
  }

  #change(
    id: string,
    change: (cell: Extract<NotebookCell, { cell_type: 'code' }>) => Extract<NotebookCell, { cell_type: 'code' }>,
  ): void {
    const cells = this.#notebook.cells.map((cell) =>
      cell.id === id && cell.cell_type === 'code' ? change(cell) : cell,
    );
    this.#notebook = { ...this.#notebook, cells };
  }

  async #save(): Promise<void> {
    const { revision } = await this.request('notebook.save', {
      path: this.#path,
      revision: this.#revision,
      notebook: this.#notebook,
    });
    this.#revision = revision;
  }
}

function textOf(output: CellOutput): string {
  if (output.output_type === 'stream') return output.text;
  if (output.output_type === 'error') return output.traceback.join('\n');
  const text = output.data['text/plain'];
  return typeof text === 'string' ? text : '';
}
