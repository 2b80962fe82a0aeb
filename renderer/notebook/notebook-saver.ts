import type { Host } from '../../main/contract/host-api.ts';
import type { Notebook } from '../../main/contract/notebook-schema.ts';
import { codeOfFailure, messageOfFailure } from '../host/host-failure-code.ts';
import type { SaveState } from './notebook-state.ts';

export const saveDelayMs = 800;
const retryMs = 5_000;

export type SaverPorts = {
  readonly content: () => Notebook;
  readonly show: (state: SaveState) => void;
  /** Another window saved after us. */
  readonly overtaken: () => void;
};

/** Saves one notebook by itself, one save at a time, each with the revision last seen. */
export class NotebookSaver {
  readonly #host: Host;
  readonly #path: string;
  readonly #ports: SaverPorts;
  #revision = 0;
  #isDirty = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<void> | null = null;
  #isStopped = false;
  /** A revision that another window announced while a save of ours was on its way. */
  #announced = 0;

  constructor(host: Host, path: string, ports: SaverPorts) {
    this.#host = host;
    this.#path = path;
    this.#ports = ports;
  }

  get isDirty(): boolean {
    return this.#isDirty || this.#running !== null;
  }

  get revision(): number {
    return this.#revision;
  }

  /** The notebook was read again: what it holds now is what the disk holds. */
  adopt(revision: number): void {
    this.#revision = revision;
    this.#isDirty = false;
    this.#isStopped = false;
  }

  touch(): void {
    this.#isDirty = true;
    if (this.#isStopped) return;
    this.#ports.show({ phase: 'dirty' });
    this.#schedule(saveDelayMs);
  }

  /** Saves now what is unsaved; resolves when it lies on the disk, or the failure is on the screen. */
  async flush(): Promise<void> {
    this.#cancelTimer();
    while (this.#running !== null) await this.#running;
    if (!this.#isDirty || this.#isStopped) return;
    this.#running = this.#save();
    await this.#running;
  }

  /** Answers true when another window's save is news to us. */
  hears(revision: number): boolean {
    this.#announced = Math.max(this.#announced, revision);
    return this.#running === null && revision > this.#revision;
  }

  stopForConflict(): void {
    this.#cancelTimer();
    this.#isStopped = true;
    this.#ports.show({ phase: 'conflict' });
  }

  async #save(): Promise<void> {
    this.#isDirty = false;
    this.#ports.show({ phase: 'saving' });
    try {
      const { revision, savedAt } = await this.#host.request('notebook.save', {
        path: this.#path,
        revision: this.#revision,
        notebook: this.#ports.content(),
      });
      this.#revision = revision;
      this.#running = null;
      if (this.#isDirty) this.#schedule(saveDelayMs);
      else this.#ports.show({ phase: 'saved', at: savedAt });
      if (this.#announced > revision) this.#ports.overtaken();
    } catch (error) {
      this.#running = null;
      this.#isDirty = true;
      if (codeOfFailure(error) === 'conflict') return this.stopForConflict();
      this.#ports.show({ phase: 'failed', message: codeOfFailure(error) === 'closed' ? '' : messageOfFailure(error) });
      this.#schedule(retryMs);
    }
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer();
    this.#timer = setTimeout(() => void this.flush(), delayMs);
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
