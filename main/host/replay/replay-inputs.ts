import { mkdir, readFile, realpath, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { bytesOf, type InputItem } from '../../workspace/input-item.ts';
import type { RecordedItems } from '../../grading/recorded-inputs.ts';
import type { ReplayRead } from '../../grading/replay-plan.ts';
import { ReplayImpossible } from './replay-impossible.ts';
import type { RecordedLine } from './recorded-socket.ts';
import type { ReplayTables } from './replay-tables.ts';
import type { RecordedRecord, ReplayTopics } from './replay-topics.ts';

export type InputPorts = {
  readonly items: RecordedItems;
  /** The notebook's folder in the replay, absolute. */
  readonly folder: string;
  readonly topics: ReplayTopics;
  readonly tables: ReplayTables;
};

/** Puts what was read in the places where it is read again. */
export class ReplayInputs {
  readonly #ports: InputPorts;
  /** What the batch under way reads of sockets, by the source's description. */
  #lines: ReadonlyMap<string, readonly RecordedLine[]> = new Map();

  constructor(ports: InputPorts) {
    this.#ports = ports;
  }

  readonly linesOf = (description: string): readonly RecordedLine[] => this.#lines.get(description) ?? [];

  /** What the sources of one batch read, and nothing of the next. */
  async forBatch(reads: readonly ReplayRead[]): Promise<void> {
    const lines = new Map<string, RecordedLine[]>();
    for (const { description, items } of reads) {
      if (items === null) {
        if (isOwnSource(description)) continue;
        throw new ReplayImpossible(`lo que leyó ${description} no se guardó.`);
      }
      const found = this.#named(items);
      lines.set(
        description,
        found.filter((item) => item.kind === 'line'),
      );
      await this.#put(found);
    }
    this.#lines = lines;
  }

  async ready(items: readonly string[], folders: readonly string[]): Promise<void> {
    for (const path of folders) await makeFolder(this.#ports.folder, path);
    await this.#put(this.#named(items));
  }

  #named(names: readonly string[]): readonly InputItem[] {
    return names.map((name) => {
      const item = this.#ports.items.get(name);
      if (item === undefined)
        throw new ReplayImpossible(
          `falta en «datos/entradas.jsonl» algo que consta en el registro (${name.slice(0, 8)}).`,
        );
      return item;
    });
  }

  async #put(items: readonly InputItem[]): Promise<void> {
    for (const item of items) {
      if (item.kind === 'file') await placeFile(this.#ports.folder, item);
      if (item.kind === 'table') this.#ports.tables.stage(item);
    }
    await this.#ports.topics.put(items.filter((item): item is RecordedRecord => item.kind === 'record'));
  }
}

/** Sources that make their rows themselves, from the clock. */
const isOwnSource = (description: string): boolean => /^Rate(StreamV2|PerMicroBatchStream)\[/.test(description);

async function makeFolder(folder: string, path: string): Promise<string> {
  const parts = path === '' ? [] : path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part)))
    throw new ReplayImpossible(`el registro nombra una carpeta que no vale (${encodeURI(path)}).`);
  const made = join(folder, ...parts);
  await mkdir(made, { recursive: true });
  // The notebook's programs may have made a link.
  if (relative(await realpath(folder), await realpath(made)).startsWith('..'))
    throw new ReplayImpossible(`una carpeta del registro saldría de la suya (${encodeURI(path)}).`);
  return made;
}

/** A file that is there already with this content is the notebook's own, or was placed before: it stays, with its time. */
async function placeFile(folder: string, item: Extract<InputItem, { readonly kind: 'file' }>): Promise<void> {
  const name = posix.basename(item.path);
  const inside = posix.dirname(item.path);
  if (name === '' || name === '.' || name === '..' || /[\\:\0]/.test(name))
    throw new ReplayImpossible(`un fichero del registro tiene un nombre que no vale (${encodeURI(item.path)}).`);
  const place = await makeFolder(folder, inside === '.' ? '' : inside);
  const content = bytesOf(item.content);
  const path = join(place, name);
  if ((await readFile(path).catch(() => null))?.equals(content) === true) return;
  const hidden = join(place, `.${name}.colocado`);
  await rm(hidden, { force: true });
  await writeFile(hidden, content);
  await utimes(hidden, item.modifiedMs / 1000, item.modifiedMs / 1000);
  await rename(hidden, path);
}
