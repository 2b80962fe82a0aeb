import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Notebook } from '../contract/notebook-schema.ts';
import { HostFailure } from '../contract/host-api.ts';
import { NotebookFormatError, parseNotebook, serialiseNotebook } from './notebook-file.ts';
import { sha256Of } from './sha256.ts';
import { withUnitMark } from './unit-notebooks.ts';

/** Writes a file so that a crash leaves the old or the new content; given by the host. */
export type AtomicWrite = (path: string, content: string) => Promise<void>;

type OpenNotebook = { readonly revision: number; readonly digest: string };

/** Old versions kept for each notebook. */
const versionsKept = 20;
/** A version is set aside at most this often, so that twenty versions cover an afternoon and not a minute. */
const versionEveryMs = 120_000;

/**
 * Notebooks under the data folder. Each save names the revision it builds on; a stale one is refused and writes nothing,
 * so two windows on one notebook never overwrite each other. A file changed from outside counts as a new revision.
 */
export class NotebookStore {
  readonly #folder: string;
  readonly #write: AtomicWrite;
  readonly #now: () => number;
  readonly #known = new Map<string, OpenNotebook>();
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(folder: string, write: AtomicWrite, now: () => number) {
    this.#folder = folder;
    this.#write = write;
    this.#now = now;
  }

  async open(path: string): Promise<{ readonly notebook: Notebook; readonly revision: number }> {
    return this.#inTurn(path, async () => {
      const text = await this.#read(path);
      return { notebook: readable(text, path), revision: this.#revisionOf(path, text) };
    });
  }

  /** Rejects with `conflict` when the file is no longer at `revision`. Answers the new revision. */
  async save(path: string, revision: number, notebook: Notebook): Promise<number> {
    return this.#inTurn(path, async () => {
      const current = await this.#read(path);
      if (this.#revisionOf(path, current) !== revision) {
        throw new HostFailure(
          'conflict',
          'Este cuaderno ha cambiado en otra ventana o en el disco. Tu versión no se ha perdido: guárdala como copia o recarga.',
        );
      }
      const text = serialiseNotebook(notebook);
      if (text === current) return revision;
      await this.#keepVersion(path, current);
      await this.#write(join(this.#folder, path), text);
      this.#known.set(path, { revision: revision + 1, digest: sha256Of(text) });
      return revision + 1;
    });
  }

  /** Writes into a notebook which unit it is of; the time of its last save stays. Answers the new revision, null when the mark was there. */
  async mark(path: string, unit: string, version: string): Promise<number | null> {
    return this.#inTurn(path, async () => {
      const current = await this.#read(path);
      const revision = this.#revisionOf(path, current);
      const notebook = readable(current, path);
      const marked = withUnitMark(notebook, unit, version);
      if (marked === notebook) return null;
      const file = join(this.#folder, path);
      const { atime, mtime } = await stat(file);
      const text = serialiseNotebook(marked);
      await this.#write(file, text);
      await utimes(file, atime, mtime);
      this.#known.set(path, { revision: revision + 1, digest: sha256Of(text) });
      return revision + 1;
    });
  }

  /** Writes a new notebook; a taken name gets a number. Answers the path. */
  async create(folder: string, name: string, notebook: Notebook): Promise<string> {
    const base =
      name
        .replace(/\.ipynb$/i, '')
        .replaceAll(/[^\p{L}\p{N} ._()-]/gu, '-')
        .trim() || 'cuaderno';
    const stem = `${folder ? `${folder}/` : ''}${base}`;
    // Names are given out one at a time: two windows that create at once get two files.
    return this.#inTurn('', async () => {
      let path = `${stem}.ipynb`;
      for (let n = 2; await exists(join(this.#folder, path)); n += 1) path = `${stem} (${n}).ipynb`;
      await mkdir(dirname(join(this.#folder, path)), { recursive: true });
      await this.#write(join(this.#folder, path), serialiseNotebook(notebook));
      return path;
    });
  }

  async #read(path: string): Promise<string> {
    try {
      return await readFile(join(this.#folder, path), 'utf8');
    } catch {
      throw new HostFailure('not_found', `No encuentro el cuaderno ${path}.`);
    }
  }

  #revisionOf(path: string, text: string): number {
    const known = this.#known.get(path);
    const found = sha256Of(text);
    if (known?.digest === found) return known.revision;
    const revision = (known?.revision ?? 0) + 1;
    this.#known.set(path, { revision, digest: found });
    return revision;
  }

  async #keepVersion(path: string, text: string): Promise<void> {
    const folder = join(this.#folder, '.history', path);
    await mkdir(folder, { recursive: true });
    const versions = (await readdir(folder)).sort();
    const newest = Number(versions.at(-1)?.replace('.ipynb', '') ?? 0);
    if (this.#now() - newest < versionEveryMs) return;
    await this.#write(join(folder, `${this.#now()}.ipynb`), text);
    for (const old of versions.slice(0, Math.max(0, versions.length + 1 - versionsKept)))
      await rm(join(folder, old), { force: true });
  }

  #inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#queues.get(path) ?? Promise.resolve()).then(work, work);
    this.#queues.set(
      path,
      turn.catch(() => undefined),
    );
    return turn;
  }
}

function readable(text: string, path: string): Notebook {
  try {
    return parseNotebook(text);
  } catch (error) {
    if (error instanceof NotebookFormatError)
      throw new HostFailure('failed', `${path}: ${error.message} El fichero queda como estaba.`);
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
