import { readFile, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { InputWitness, WitnessedRead } from '../../engine/api/input-witness.ts';
import type { Row, SparkValue } from '../../engine/core/spark-value.ts';
import { contentOf, type InputItem } from '../workspace/input-item.ts';
import type { InputStore } from '../workspace/input-store.ts';

/** What a batch read, as the event log has it: names of the items for each source that had something new; null where they could not be kept. */
export type BatchInput = {
  /** Of the batch: what `current_timestamp()` says in it. */
  readonly batchTimeMs: number | null;
  readonly reads: readonly { readonly source: number; readonly items: readonly string[] | null }[];
};

/** A larger file is no input that a learner dropped. */
const largestFile = 1 << 20;

type Pending = { timestampMs: number | null; readonly reads: Map<number, Promise<readonly string[] | null>> };

/** Keeps what the queries of one notebook read. `folder`: the notebook's, absolute. */
export class InputRecorder {
  readonly #folder: string;
  readonly #store: InputStore;
  readonly #pending = new Map<string, Pending>();

  constructor(folder: string, store: InputStore) {
    this.#folder = folder;
    this.#store = store;
  }

  readonly witness: InputWitness = {
    planned: ({ runId, batchId, timestampMs }) => {
      this.#batch(runId, batchId).timestampMs = timestampMs;
    },
    read: (read) => {
      this.#batch(read.runId, read.batchId).reads.set(read.source, this.#keep(read));
    },
  };

  /** What the batch read; asked for once, when the batch is done. */
  async take(runId: string, batchId: number): Promise<BatchInput> {
    const key = `${runId}/${batchId}`;
    const batch = this.#pending.get(key);
    this.#pending.delete(key);
    const reads = [...(batch?.reads ?? [])].map(async ([source, items]) => ({ source, items: await items }));
    return { batchTimeMs: batch?.timestampMs ?? null, reads: await Promise.all(reads) };
  }

  /** The run is over: what its unfinished batch read belongs to nothing. */
  forget(runId: string): void {
    for (const key of this.#pending.keys()) if (key.startsWith(`${runId}/`)) this.#pending.delete(key);
  }

  #batch(runId: string, batchId: number): Pending {
    const key = `${runId}/${batchId}`;
    const known = this.#pending.get(key) ?? { timestampMs: null, reads: new Map() };
    this.#pending.set(key, known);
    return known;
  }

  async #keep(read: WitnessedRead): Promise<readonly string[] | null> {
    const items = read.files === null ? itemsOf(read) : await this.#files(read.files);
    return items === null ? null : this.#store.keep(items);
  }

  async #files(paths: readonly string[]): Promise<readonly InputItem[] | null> {
    const items = await Promise.all(paths.map((path) => fileItem(this.#folder, path)));
    return items.every((item) => item !== null) ? items : null;
  }
}

/** Null for a file outside the notebook's folder, too large, or gone. */
export async function fileItem(folder: string, path: string): Promise<InputItem | null> {
  const inside = relative(folder, path).split(sep).join('/');
  if (inside === '' || inside.startsWith('../') || inside.startsWith('/')) return null;
  try {
    const { size, mtimeMs } = await stat(path);
    if (size > largestFile) return null;
    return { kind: 'file', path: inside, modifiedMs: Math.floor(mtimeMs), content: contentOf(await readFile(path)) };
  } catch {
    return null;
  }
}

/** Null for sources whose rows cannot be given again from here. */
function itemsOf({ description, rows }: WitnessedRead): readonly InputItem[] | null {
  if (rows === null) return null;
  if (description.startsWith('TextSocketV2[')) return rows.map(lineItem);
  if (description.startsWith('KafkaV2[')) return rows.map(recordItem);
  return rows.length === 0 ? [] : null;
}

const lineItem = ([text, arrivedUs]: Row): InputItem => ({
  kind: 'line',
  text: textOf(text),
  atMs: typeof arrivedUs === 'bigint' ? Number(arrivedUs / 1000n) : null,
});

/** The columns of Spark's Kafka source, in order. */
function recordItem([key, value, topic, partition, offset, timestampUs, , headers]: Row): InputItem {
  return {
    kind: 'record',
    topic: textOf(topic),
    partition: Number(partition),
    offset: Number(offset),
    timestampMs: typeof timestampUs === 'bigint' ? Number(timestampUs / 1000n) : 0,
    key: bytes(key),
    value: bytes(value),
    headers: Array.isArray(headers) ? headers.map(headerOf) : [],
  };
}

const textOf = (value: SparkValue | undefined): string => (typeof value === 'string' ? value : '');

const bytes = (value: SparkValue | undefined): ReturnType<typeof contentOf> | null =>
  value instanceof Uint8Array ? contentOf(value) : null;

function headerOf(header: SparkValue): [string, ReturnType<typeof contentOf> | null] {
  const isStruct = typeof header === 'object' && header !== null && 'form' in header && header.form === 'struct';
  const [name, value] = isStruct ? header.values : [];
  return [textOf(name), bytes(value)];
}
