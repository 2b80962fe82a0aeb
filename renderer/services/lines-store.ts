import type { Host } from '../../main/contract/host-api.ts';
import type { LineServerState } from '../../main/contract/service-schema.ts';
import { createStore, type Store } from '../store/external-store.ts';
import { createPacer } from '../store/pacer.ts';

export type TranscriptLine = {
  readonly id: number;
  readonly port: number;
  readonly direction: 'sent' | 'received';
  readonly text: string;
  readonly atMs: number;
};

export type LinesState = {
  readonly servers: readonly LineServerState[];
  readonly transcript: readonly TranscriptLine[];
  /** What was sent from the input line, newest last. */
  readonly history: readonly string[];
};

/** As many as one reads back; a pasted file may be longer. */
const mostLines = 1_000;
const mostHistory = 100;

/** The line servers (`nc -lk PORT`), with what went through them while the window listened. */
export class LinesStore {
  readonly state: Store<LinesState> = createStore<LinesState>({ servers: [], transcript: [], history: [] });
  readonly #host: Host;
  readonly #pacer = createPacer(() => this.#publish());
  #heard: TranscriptLine[] = [];
  #nextId = 1;

  constructor(host: Host) {
    this.#host = host;
    host.on('lines.changed', ({ servers }) => this.state.update((state) => ({ ...state, servers })));
    host.on('lines.line', (line) => {
      this.#heard.push({ ...line, id: this.#nextId++ });
      this.#pacer.request();
    });
    host.onLink((link) => {
      if (link === 'open') void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    const answer = await this.#host.request('lines.list', {}).catch(() => null);
    if (answer !== null) this.state.update((state) => ({ ...state, servers: answer.servers }));
  }

  /** Rejects with the reason when another program has the port. */
  async open(port: number): Promise<void> {
    await this.#host.request('lines.open', { port });
    await this.refresh();
  }

  async close(port: number): Promise<void> {
    await this.#host.request('lines.close', { port });
    await this.refresh();
  }

  /** One or more lines. Rejects when nothing listens on the port. */
  async send(port: number, text: string): Promise<void> {
    await this.#host.request('lines.send', { port, text });
    this.state.update((state) => ({
      ...state,
      history: [...state.history.filter((old) => old !== text), text].slice(-mostHistory),
    }));
  }

  clear(port: number): void {
    this.#pacer.flush();
    this.state.update((state) => ({ ...state, transcript: state.transcript.filter((line) => line.port !== port) }));
  }

  #publish(): void {
    const heard = this.#heard;
    this.#heard = [];
    if (heard.length === 0) return;
    this.state.update((state) => ({ ...state, transcript: [...state.transcript, ...heard].slice(-mostLines) }));
  }
}
