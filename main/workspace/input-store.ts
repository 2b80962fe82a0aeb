import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonicalJson } from './canonical-json.ts';
import type { InputItem } from './input-item.ts';
import { sha256Of } from './sha256.ts';

/** Beyond this nothing more is kept: a hand-in of all of it would be too large for any course. */
const maxBytes = 64 << 20;

/**
 * What a data folder's programs have read, each thing once, a line of canonical JSON for each. The event log says when it was read, and by whom; it names
 * a line by its SHA-256.
 */
export class InputStore {
  readonly #file: string;
  #known: Set<string> | undefined;
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** Resolves with the items' names when they are on the disk; null when there is no room for them. */
  keep(items: readonly InputItem[]): Promise<readonly string[] | null> {
    const kept = this.#writing.then(() => this.#add(items.map(canonicalJson)));
    this.#writing = kept.then(
      () => undefined,
      () => undefined,
    );
    return kept.catch(() => null);
  }

  /** The lines of these names, in the order in which they were first read, each ended. */
  async lines(names: ReadonlySet<string>): Promise<string> {
    await this.#writing;
    const found = (await this.#read()).filter((line) => names.has(sha256Of(line)));
    return found.map((line) => `${line}\n`).join('');
  }

  async #add(lines: readonly string[]): Promise<readonly string[] | null> {
    const known = (this.#known ??= await this.#load());
    const names = lines.map((line) => sha256Of(line));
    const fresh = new Map<string, string>();
    for (const [index, line] of lines.entries()) {
      const name = names[index];
      if (name !== undefined && !known.has(name)) fresh.set(name, line);
    }
    const text = [...fresh.values()].map((line) => `${line}\n`).join('');
    const bytes = Buffer.byteLength(text);
    if (this.#bytes + bytes > maxBytes) return null;
    if (bytes > 0) await appendFile(this.#file, text);
    this.#bytes += bytes;
    for (const name of fresh.keys()) known.add(name);
    return names;
  }

  async #load(): Promise<Set<string>> {
    await mkdir(dirname(this.#file), { recursive: true });
    const lines = await this.#read();
    this.#bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    return new Set(lines.map((line) => sha256Of(line)));
  }

  /** A last line that a crash cut off is ended by the next write; nobody names it. */
  async #read(): Promise<readonly string[]> {
    try {
      return (await readFile(this.#file, 'utf8')).split('\n').filter((line) => line !== '');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}
