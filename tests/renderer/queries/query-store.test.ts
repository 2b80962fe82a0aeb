import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../../engine/api/engine-events.ts';
import { recordedHost, type RecordedHost } from '../../../renderer/host/recorded-host.ts';
import { nameOfQuery, QueryStore } from '../../../renderer/queries/query-store.ts';
import type { QueryView } from '../../../renderer/queries/query-view.ts';

const path = 'a/a.ipynb';
const identity = { queryId: 'q-1', runId: 'r-1', name: 'Bolsa', cell: 'c' };
const start: EngineEvent = {
  kind: 'query_started',
  at: '2026-11-25T10:00:00Z',
  sink: 'console',
  outputMode: 'append',
  resumedFromBatch: 3,
  checkpoint: '/chk',
  ...identity,
};
const operator = {
  operatorName: 'stateStoreSave',
  numRowsTotal: 4,
  numRowsUpdated: 1,
  allUpdatesTimeMs: 0,
  numRowsRemoved: 0,
  allRemovalsTimeMs: 0,
  commitTimeMs: 0,
  memoryUsedBytes: 0,
  numRowsDroppedByWatermark: 2,
  numShufflePartitions: 1,
  numStateStoreInstances: 1,
  customMetrics: {},
};
const progress = (batchId: number, watermark: string, executed = true): EngineEvent => ({
  kind: 'query_progress',
  executed,
  progress: {
    id: 'q-1',
    runId: 'r-1',
    name: 'Bolsa',
    timestamp: '2026-11-25T10:00:01.000Z',
    batchId,
    numInputRows: executed ? 7 : 0,
    processedRowsPerSecond: 14,
    durationMs: { triggerExecution: 40 },
    eventTime: { watermark },
    stateOperators: [operator],
    sources: [],
    sink: { description: 'console', numOutputRows: 1 },
  },
  ...identity,
});

let host: RecordedHost;
let store: QueryStore;
let missed: EngineEvent[];
const told = () => vi.fn<(query: QueryView) => void>();
let labels: Record<string, string>;
const ofCell = (cell: string | null): string | null => (cell === null ? null : (labels[cell] ?? null));
const ports = { started: told(), failed: told(), batch: told(), ofCell };
const hear = (event: EngineEvent) => host.emit('query.event', { path, event });

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  missed = [];
  labels = {};
  host = recordedHost(() => ({ 'query.list': async () => ({ events: missed }) }));
  store = new QueryStore(host, path, ports);
  return () => vi.useRealTimers();
});

const views = () => {
  vi.advanceTimersByTime(200);
  return store.state.get().queries;
};

describe('the queries that may write to a table', () => {
  test('are those of foreachBatch and MongoDB, from their first batch to their last', () => {
    hear(start);
    hear(progress(4, '1970-01-01T00:00:00.000Z'));
    expect(store.writing()).toEqual([]);
    hear({ ...start, sink: 'foreachBatch', runId: 'r-2', queryId: 'q-2', name: 'Guardar' });
    expect(store.writing()).toEqual([]);
    for (const batch of [4, 5]) hear({ ...progress(batch, '1970-01-01T00:00:00.000Z'), runId: 'r-2' } as EngineEvent);
    expect(store.writing()).toEqual([{ runId: 'r-2', query: 'Guardar', firstBatch: 4, batch: 5 }]);
  });
});

describe('a query without a name', () => {
  const unnamed = { ...start, name: null };

  test('is called after the cell that started it, and follows its number', () => {
    labels = { c: 'celda 3' };
    hear(unnamed);
    expect(ports.started.mock.calls[0]?.[0]).toMatchObject({ name: null, label: 'celda 3' });
    expect(views().map(nameOfQuery)).toEqual(['celda 3']);
    labels = { c: 'celda [7]' };
    host.emit('cell.finished', { path, cell: 'c', run: 1, status: 'ok', count: 7, startedAt: '', durationMs: 1 });
    expect(views().map(nameOfQuery)).toEqual(['celda [7]']);
  });

  test('keeps the label of a cell that is gone, and has the beginning of its id when there was never one', () => {
    labels = { c: 'celda [7]' };
    hear(unnamed);
    hear({ ...unnamed, cell: null, queryId: '0123456789', runId: 'r-2' });
    labels = {};
    expect(views().map(nameOfQuery)).toEqual(['celda [7]', '01234567']);
  });

  test('a name goes before the label', () => {
    labels = { c: 'celda [7]' };
    hear(start);
    expect(views().map(nameOfQuery)).toEqual(['Bolsa']);
  });
});

describe('one query', () => {
  test('shows batch, rate, watermark, state and dropped rows', () => {
    hear(start);
    hear(progress(4, '2022-05-09T08:20:00.000Z'));
    expect(views()).toMatchObject([
      {
        status: 'running',
        batchId: 4,
        rowsPerSecond: 14,
        watermark: '2022-05-09T08:20:00.000Z',
        stateRows: 4,
        droppedRows: 2,
        resumedFromBatch: 3,
        batches: [{ batchId: 4, inputRows: 7 }],
      },
    ]);
  });

  test('an idle trigger is no batch, and the watermark of 1970 is none', () => {
    hear(start);
    hear(progress(4, '1970-01-01T00:00:00.000Z', false));
    expect(views()).toMatchObject([{ batchId: null, watermark: null, batches: [], rowsPerSecond: 0 }]);
    expect(ports.batch).not.toHaveBeenCalled();
  });

  test('ends stopped without an error and failed with one', () => {
    hear(start);
    hear({ kind: 'query_terminated', at: '', error: 'boom', errorClass: null, ...identity });
    expect(views()).toMatchObject([{ status: 'failed', error: 'boom' }]);
    expect(ports.failed).toHaveBeenCalledOnce();
  });

  test('a restart of Python stops it', () => {
    hear(start);
    host.emit('kernel.state', { path, state: 'restarting' });
    expect(views()).toMatchObject([{ status: 'stopped' }]);
  });
});

test('a hundred events become few updates of the screen', () => {
  hear(start);
  let updates = 0;
  store.state.subscribe(() => updates++);
  for (let batch = 0; batch < 100; batch++) {
    hear(progress(batch, '2022-05-09T08:20:00.000Z'));
    vi.advanceTimersByTime(10);
  }
  expect(updates).toBeLessThanOrEqual(11);
  expect(views()[0]?.batches).toHaveLength(100);
});

test('a window that opens later is told what happened, once', async () => {
  missed = [start, progress(4, '2022-05-09T08:20:00.000Z')];
  await store.catchUp();
  await store.catchUp();
  expect(views()).toMatchObject([{ droppedRows: 2, batches: [{ batchId: 4 }] }]);
  expect(ports.started).not.toHaveBeenCalled();
});

test('events of another notebook are not ours', () => {
  host.emit('query.event', { path: 'b/b.ipynb', event: start });
  expect(views()).toEqual([]);
});
