import { dirname, join, relative, sep } from 'node:path';
import type { EngineEvent } from '../../engine/api/engine-events.ts';
import type { InputWitness } from '../../engine/api/input-witness.ts';
import type { EventName, Events } from '../contract/events.ts';
import { EventLog, type EventWeight } from '../workspace/event-log.ts';
import { inputFolder } from '../workspace/input-files.ts';
import type { InputItem } from '../workspace/input-item.ts';
import { InputStore } from '../workspace/input-store.ts';
import { fileItem, InputRecorder } from './input-recorder.ts';

export type RecorderOptions = {
  readonly dataFolder: string;
  readonly version: string;
  /** Zone of the machine, an IANA name. */
  readonly zone: string;
  /** Milliseconds of the learner's clock, moved or not. */
  readonly clockMs: () => number;
};

/** Of what a batch prints; `show` and the console print 20 rows unless they are told otherwise. */
const longestText = 20_000;

type Data = Readonly<Record<string, unknown>>;

/**
 * Writes down what a learner did, in order: cells with a hash of their code, queries, executed batches with their offsets and what they read, lines sent,
 * captures. What was read is kept beside the log, which names it by its hash.
 */
export class EventRecorder {
  readonly #options: RecorderOptions;
  readonly #log: EventLog;
  readonly #inputs: InputStore;
  readonly #notebooks = new Map<string, InputRecorder>();
  /** Of each file of a notebook's folder, the version that the log has. */
  readonly #files = new Map<string, string>();
  /** Of each table that a notebook reads, the version that the log has. */
  readonly #tables = new Map<string, string>();
  #hasBegun = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#log = new EventLog(join(options.dataFolder, '.marea-eventos.jsonl'));
    this.#inputs = new InputStore(join(options.dataFolder, '.marea-entradas.jsonl'));
  }

  /** Takes what the workbench tells its windows. */
  readonly listen = <Name extends EventName>(name: Name, event: Events[Name]): void => {
    const told = { name, event } as Told;
    switch (told.name) {
      case 'cell.started': {
        const { path, cell, run, codeHash } = told.event;
        this.#filesOf(path);
        return this.#append('cell_started', { path, cell, run, code: codeHash });
      }
      case 'cell.finished': {
        const { path, cell, run, status, count } = told.event;
        return this.#append('cell_finished', { path, cell, run, status, count });
      }
      case 'query.event':
        return this.#query(told.event.path, told.event.event);
      case 'lines.line': {
        const { port, direction, text } = told.event;
        return this.#append('line', { port, direction, text }, 'frequent');
      }
      case 'evidence.captured': {
        const { id, source, files } = told.event.item;
        const sha256 = { json: files.json.sha256, png: files.png.sha256 };
        return this.#append('evidence', { id, unit: source.unit, sha256 });
      }
      default:
    }
  };

  /** Is told what the queries of a notebook read. */
  witnessOf(path: string): InputWitness {
    return this.#recorderOf(path).witness;
  }

  /** A program of the notebook is about to read a table. */
  async tableRead(path: string, version: Extract<InputItem, { readonly kind: 'table' }>): Promise<void> {
    const [item] = (await this.#inputs.keep([version])) ?? [];
    const key = `${path}\n${version.database}.${version.name}`;
    if (item === undefined || this.#tables.get(key) === item) return;
    this.#tables.set(key, item);
    this.#append('table', { path, name: `${version.database}.${version.name}`, item }, 'frequent');
  }

  /** A consumer of the notebook got records. */
  async recordsFetched(path: string, records: readonly InputItem[]): Promise<void> {
    const items = await this.#inputs.keep(records);
    if (items !== null && items.length > 0) this.#append('records', { path, items }, 'frequent');
  }

  /** Writes down what no window is told; resolves when the line is written. */
  record(kind: string, data: Data): Promise<void> {
    this.#append(kind, data);
    return this.#log.settle();
  }

  /** The whole log, every line ended. */
  text(): Promise<string> {
    return this.#log.text();
  }

  /** What was read, by the names that the log has for it: a line of JSON each. */
  inputs(names: ReadonlySet<string>): Promise<string> {
    return this.#inputs.lines(names);
  }

  /** Resolves when everything told so far is written. */
  settle(): Promise<void> {
    return this.#log.settle();
  }

  #recorderOf(path: string): InputRecorder {
    const known = this.#notebooks.get(path);
    if (known) return known;
    const made = new InputRecorder(this.#folderOf(path), this.#inputs);
    this.#notebooks.set(path, made);
    return made;
  }

  readonly #folderOf = (path: string): string => join(this.#options.dataFolder, dirname(path));

  #query(path: string, event: EngineEvent): void {
    if (event.kind === 'query_terminated') this.#recorderOf(path).forget(event.runId);
    if (event.kind === 'console_text') {
      const { runId, text } = event;
      const told = { path, runId, text: text.slice(0, longestText), isCut: text.length > longestText };
      return this.#append('console', told, 'frequent');
    }
    const data = queryData(event);
    if (data === null) return;
    if (event.kind === 'query_progress' && !event.executed)
      return this.#append('query_idle', { path, runId: event.runId }, 'frequent');
    if (event.kind !== 'query_progress') return this.#append(event.kind, { path, ...data });
    const read = this.#recorderOf(path).take(event.runId, event.progress.batchId);
    this.#append(
      event.kind,
      read.then((input) => ({ path, ...data, ...input })),
      'frequent',
    );
  }

  /** What lies ready when a cell begins, where it is new or changed. */
  #filesOf(path: string): void {
    const folder = this.#folderOf(path);
    const { files, folders } = inputFolder(folder);
    const isNew = (place: string, version: string): boolean => {
      const known = this.#files.get(place);
      this.#files.set(place, version);
      return known !== version;
    };
    const freshFolders = folders.filter((place) => isNew(place, 'folder'));
    const fresh = files.filter(({ path: file, size, modifiedMs }) => isNew(file, `${size} ${modifiedMs}`));
    if (fresh.length === 0 && freshFolders.length === 0) return;
    const items = Promise.all(fresh.map(({ path: file }) => fileItem(folder, file))).then((found) =>
      this.#inputs.keep(found.filter((item) => item !== null)),
    );
    const inside = freshFolders.map((place) => relative(folder, place).split(sep).join('/'));
    this.#append(
      'files',
      items.then((names) => ({ path, items: names, folders: inside })),
    );
  }

  #append(kind: string, data: Data | Promise<Data>, weight: EventWeight = 'rare'): void {
    const at = new Date().toISOString();
    const { version, zone } = this.#options;
    if (!this.#hasBegun) void this.#log.append({ at, kind: 'session', data: { version, zone } }, 'rare');
    this.#hasBegun = true;
    const clock = new Date(this.#options.clockMs()).toISOString();
    const event = Promise.resolve(data).then((told) => ({ at, kind, data: { ...told, clock } }));
    void this.#log.append(event, weight);
  }
}

type Told = { readonly [Name in EventName]: { readonly name: Name; readonly event: Events[Name] } }[EventName];

/** What is kept of a query's event; null for those that only move the window. */
function queryData(event: EngineEvent): Data | null {
  switch (event.kind) {
    case 'query_started': {
      const { queryId, runId, name, cell, sink, outputMode, resumedFromBatch } = event;
      return { queryId, runId, name, cell, sink, outputMode, resumedFromBatch };
    }
    case 'query_progress': {
      const { batchId, timestamp, numInputRows, eventTime, sources } = event.progress;
      const offsets = sources.map(({ description, startOffset, endOffset }) => ({
        description,
        startOffset,
        endOffset,
      }));
      return {
        runId: event.runId,
        batchId,
        timestamp,
        numInputRows,
        watermark: eventTime?.watermark ?? null,
        sources: offsets,
      };
    }
    case 'query_terminated':
      return { runId: event.runId, error: event.error };
    default:
      return null;
  }
}
