import { join } from 'node:path';
import type { EngineEvent } from '../../engine/api/engine-events.ts';
import type { EventName, Events } from '../contract/events.ts';
import { EventLog } from '../workspace/event-log.ts';

export type RecorderOptions = {
  readonly dataFolder: string;
  readonly version: string;
  /** Milliseconds of the learner's clock, moved or not. */
  readonly clockMs: () => number;
};

/** Writes down what a learner did: cells with a hash of their code, queries, executed batches with their offsets, lines sent, captures. */
export class EventRecorder {
  readonly #options: RecorderOptions;
  readonly #log: EventLog;
  #hasBegun = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#log = new EventLog(join(options.dataFolder, '.marea-eventos.jsonl'));
  }

  /** Takes what the workbench tells its windows. */
  readonly listen = <Name extends EventName>(name: Name, event: Events[Name]): void => {
    const told = { name, event } as Told;
    switch (told.name) {
      case 'cell.started': {
        const { path, cell, run, codeHash } = told.event;
        return this.#record('cell_started', { path, cell, run, code: codeHash });
      }
      case 'cell.finished': {
        const { path, cell, run, status, count } = told.event;
        return this.#record('cell_finished', { path, cell, run, status, count });
      }
      case 'query.event': {
        const data = queryData(told.event.event);
        return data ? this.#record(told.event.event.kind, { path: told.event.path, ...data }) : undefined;
      }
      case 'lines.line': {
        const { port, direction, text } = told.event;
        return this.#record('line', { port, direction, text });
      }
      case 'evidence.captured': {
        const { id, source, files } = told.event.item;
        const sha256 = { json: files.json.sha256, png: files.png.sha256 };
        return this.#record('evidence', { id, unit: source.unit, sha256 });
      }
      default:
    }
  };

  /** The whole log, every line ended. */
  text(): Promise<string> {
    return this.#log.text();
  }

  /** Resolves when everything told so far is written. */
  async settle(): Promise<void> {
    await this.#log.settle();
  }

  #record(kind: string, data: Readonly<Record<string, unknown>>): void {
    const at = new Date().toISOString();
    if (!this.#hasBegun) void this.#log.append({ at, kind: 'session', data: { version: this.#options.version } });
    this.#hasBegun = true;
    const clock = new Date(this.#options.clockMs()).toISOString();
    void this.#log.append({ at, kind, data: { ...data, clock } });
  }
}

type Told = { readonly [Name in EventName]: { readonly name: Name; readonly event: Events[Name] } }[EventName];

/** What is kept of a query's event; null for those that only move the window. */
function queryData(event: EngineEvent): Readonly<Record<string, unknown>> | null {
  switch (event.kind) {
    case 'query_started': {
      const { queryId, runId, name, cell, sink, outputMode, resumedFromBatch } = event;
      return { queryId, runId, name, cell, sink, outputMode, resumedFromBatch };
    }
    case 'query_progress': {
      if (!event.executed) return null;
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
