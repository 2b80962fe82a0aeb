import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { AtomicWrite } from './notebook-store.ts';

const settingsSchema = z.object({ v: z.literal(1), settings: z.record(z.string(), z.unknown()) });
type Settings = Readonly<Record<string, unknown>>;

/** What windows remember between starts. A damaged file counts as empty and is written anew at the next change. */
export class SettingsStore {
  readonly #path: string;
  readonly #write: AtomicWrite;
  #settings: Settings = {};
  #writing: Promise<void> = Promise.resolve();

  constructor(dataFolder: string, write: AtomicWrite) {
    this.#path = join(dataFolder, '.marea-settings.json');
    this.#write = write;
  }

  async load(): Promise<void> {
    try {
      const parsed = settingsSchema.safeParse(JSON.parse(await readFile(this.#path, 'utf8')));
      if (parsed.success) this.#settings = parsed.data.settings;
    } catch {
      this.#settings = {};
    }
  }

  read(): Settings {
    return this.#settings;
  }

  merge(settings: Settings): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    const text = JSON.stringify({ v: 1, settings: this.#settings }, null, 1);
    // A write that failed was told to whoever asked for it; the next one is tried all the same.
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write(this.#path, text));
    return this.#writing;
  }
}
