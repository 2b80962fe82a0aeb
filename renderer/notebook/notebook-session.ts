import type { Host } from '../../main/contract/host-api.ts';
import type { Notebook } from '../../main/contract/notebook-schema.ts';
import type { RequestOutput } from '../../main/contract/requests.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { createStore, type Store } from '../store/external-store.ts';
import { newCell } from './cell-operations.ts';
import { NotebookEditing, type EditingPorts } from './notebook-editing.ts';
import { NotebookRunning } from './notebook-running.ts';
import { NotebookSaver } from './notebook-saver.ts';
import { cellById, loadingNotebook, type NotebookState } from './notebook-state.ts';
import type { HiddenMark } from './output-text.ts';

export type SessionPorts = {
  readonly hiddenMark: HiddenMark;
  readonly fail: (message: string) => void;
  readonly refuse: EditingPorts['refuse'];
};

/** One open notebook: its cells, its kernel as seen from here, and its way to the disk. */
export class NotebookSession {
  readonly path: string;
  readonly state: Store<NotebookState>;
  readonly editing: NotebookEditing;
  readonly running: NotebookRunning;
  readonly #host: Host;
  readonly #saver: NotebookSaver;
  readonly #endings: (() => void)[];

  constructor(host: Host, path: string, ports: SessionPorts) {
    this.path = path;
    this.#host = host;
    this.state = createStore(loadingNotebook(path));
    const touch = () => this.#saver.touch();
    this.editing = new NotebookEditing(this.state, { touch, refuse: ports.refuse });
    this.running = new NotebookRunning(host, this.state, { ...ports, touch });
    this.#saver = new NotebookSaver(host, path, {
      content: () => contentOf(this.state.get()),
      show: (save) => this.state.update((state) => ({ ...state, save })),
      overtaken: () => this.#beOvertaken(),
    });
    this.#endings = this.#listen();
  }

  /** Reads the notebook from the host; what was unsaved here is gone. */
  async open(): Promise<void> {
    try {
      this.#show(await this.#host.request('notebook.open', { path: this.path }));
    } catch (error) {
      this.state.update((state) =>
        state.status === 'ready' ? state : { ...state, status: 'failed', failure: messageOfFailure(error) },
      );
    }
  }

  saveNow(): Promise<void> {
    return this.#saver.flush();
  }

  get isDirty(): boolean {
    return this.#saver.isDirty;
  }

  /** Text of the notebook as it stands in this window, for a copy beside the other window's version. */
  get fileText(): string {
    return JSON.stringify(contentOf(this.state.get()), null, 1);
  }

  dismissRecovered(): void {
    this.state.update((state) => ({ ...state, recovered: false }));
  }

  dismissRestarted(): void {
    this.state.update((state) => ({ ...state, restarted: null }));
  }

  async close(): Promise<void> {
    await this.#saver.flush();
    for (const end of this.#endings) end();
  }

  #show({ notebook, revision, recovered, kernel }: RequestOutput<'notebook.open'>): void {
    this.#saver.adopt(revision);
    const cells = notebook.cells.length > 0 ? notebook.cells : [newCell('code')];
    const { selected } = this.state.get();
    const kept = cells.some((cell) => cell.id === selected) ? selected : (cells[0]?.id ?? '');
    this.state.update((state) => ({
      ...state,
      status: 'ready',
      metadata: notebook.metadata,
      minor: notebook.nbformat_minor,
      cells,
      selected: kept,
      anchor: kept,
      kernel,
      recovered,
      save: { phase: 'saved', at: null },
    }));
  }

  #beOvertaken(): void {
    if (this.#saver.isDirty) this.#saver.stopForConflict();
    else void this.#follow();
  }

  /** Shows what another window saved; what is typed while it is fetched makes a conflict and is not lost. */
  async #follow(): Promise<void> {
    const answer = await this.#host.request('notebook.open', { path: this.path }).catch(() => null);
    if (answer === null) return;
    if (this.#saver.isDirty) this.#saver.stopForConflict();
    else this.#show(answer);
  }

  /** After a break of the link: the host may be another process, with no kernel and with a newer file. */
  async #reconnect(): Promise<void> {
    const before = this.#saver.revision;
    const answer = await this.#host.request('notebook.open', { path: this.path }).catch(() => null);
    if (answer === null) return;
    if (answer.kernel === 'none' || answer.kernel === 'idle') this.running.forgetKernel();
    this.state.update((state) => ({ ...state, kernel: answer.kernel }));
    if (answer.revision !== before && this.#saver.isDirty) this.#saver.stopForConflict();
    else if (answer.revision !== before) await this.open();
    else if (this.#saver.isDirty) await this.#saver.flush();
    else this.state.update((state) => ({ ...state, save: { phase: 'saved', at: null } }));
  }

  #listen(): (() => void)[] {
    const host = this.#host;
    const isOurs = (event: { readonly path: string }) => event.path === this.path;
    return [
      host.on('cell.started', (event) => isOurs(event) && this.running.hearStarted(event)),
      host.on(
        'cell.output',
        (event) =>
          isOurs(event) &&
          event.cell !== null &&
          this.#knows(event.cell) &&
          this.running.hearOutput(event.cell, event.output),
      ),
      host.on('cell.clear', (event) => isOurs(event) && this.running.hearClear(event.cell)),
      host.on('cell.waiting', (event) => isOurs(event) && this.running.hearWaiting(event)),
      host.on('cell.finished', (event) => isOurs(event) && this.running.hearFinished(event)),
      host.on('kernel.state', (event) => {
        if (!isOurs(event)) return;
        if (event.state === 'restarting' || event.state === 'dead') this.running.forgetKernel();
        const note = event.note ?? null;
        this.state.update((state) => ({
          ...state,
          kernel: event.state,
          kernelNote: note,
          restarted: event.state === 'restarting' ? { note } : event.state === 'dead' ? null : state.restarted,
        }));
      }),
      host.on('notebook.saved', (event) => {
        if (isOurs(event) && this.#saver.hears(event.revision)) this.#beOvertaken();
      }),
      host.onLink((link) => {
        if (link === 'open' && this.state.get().status === 'ready') void this.#reconnect();
      }),
    ];
  }

  #knows(cell: string): boolean {
    return cellById(this.state.get(), cell) !== undefined;
  }
}

function contentOf(state: NotebookState): Notebook {
  return { nbformat: 4, nbformat_minor: Math.max(5, state.minor), metadata: state.metadata, cells: [...state.cells] };
}
