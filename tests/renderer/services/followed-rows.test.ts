import { describe, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../../engine/api/engine-events.ts';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { FollowedRows, newRows } from '../../../renderer/services/followed-rows.ts';

const path = 'bizum/bizum.ipynb';
const progress = (batchId: number, executed = true): EngineEvent => ({
  kind: 'query_progress',
  executed,
  queryId: 'q',
  runId: 'r',
  name: 'Bizum',
  cell: null,
  progress: {
    id: 'q',
    runId: 'r',
    name: 'Bizum',
    timestamp: '2026-11-25T10:00:00.000Z',
    batchId,
    numInputRows: 1,
    processedRowsPerSecond: 1,
    durationMs: {},
    eventTime: { watermark: '1970-01-01T00:00:00.000Z' },
    stateOperators: [],
    sources: [],
    sink: { description: 'ForeachBatchSink', numOutputRows: -1 },
  },
});

describe('rows that a look did not see before', () => {
  test('a changed row is new, one that only moved is not', () => {
    expect(newRows(['a 1', 'b 1'], ['b 1', 'a 2'])).toEqual([1]);
  });

  test('of equal rows only the further ones are new', () => {
    expect(newRows(['a', 'a'], ['a', 'a', 'a'])).toEqual([2]);
    expect(newRows(['a', 'a'], ['a'])).toEqual([]);
  });
});

describe('rows that follow the micro-batches', () => {
  const following = async (rows: readonly string[]) => {
    vi.useFakeTimers();
    const host = recordedHost(() => ({}));
    const table = { rows };
    const look = vi.fn<() => Promise<{ rows: readonly string[] }>>(async () => ({ rows: table.rows }));
    const followed = new FollowedRows(look);
    const end = followed.follow(host, path, ({ name }) => name ?? 'celda [5]');
    await vi.runAllTimersAsync();
    const batch = async (...events: readonly EngineEvent[]) => {
      for (const event of events) host.emit('query.event', { path, event });
      await vi.runAllTimersAsync();
    };
    return { host, table, look, followed, end, batch };
  };

  test('what a batch wrote is its own', async () => {
    const { table, followed, batch } = await following(['a 1', 'b 1']);
    table.rows = ['a 1', 'b 2', 'c 1'];
    await batch(progress(4));
    expect(followed.state.get()).toEqual({
      seen: { rows: ['a 1', 'b 2', 'c 1'] },
      writer: { query: 'Bizum', first: 4, last: 4 },
      written: [1, 2],
    });
  });

  test('a query without a name is called as the window calls it', async () => {
    const { table, followed, batch } = await following([]);
    table.rows = ['a'];
    await batch({ ...progress(4), name: null } as EngineEvent);
    expect(followed.state.get().writer).toEqual({ query: 'celda [5]', first: 4, last: 4 });
  });

  test('batches faster than the looks are named together, and read once', async () => {
    const { table, look, followed, batch } = await following([]);
    table.rows = ['a'];
    await batch(progress(4), progress(5), progress(6));
    expect(followed.state.get().writer).toEqual({ query: 'Bizum', first: 4, last: 6 });
    expect(look.mock.calls.length).toBe(2);
  });

  test('a batch that wrote nothing here leaves the marks of the one before', async () => {
    const { table, followed, batch } = await following([]);
    table.rows = ['a'];
    await batch(progress(4));
    await batch(progress(5));
    expect(followed.state.get()).toMatchObject({ writer: { first: 4, last: 4 }, written: [0] });
  });

  test('a trigger without a batch, and another notebook, are not looked at', async () => {
    const { host, look, batch } = await following([]);
    await batch(progress(4, false));
    host.emit('query.event', { path: 'otro/otro.ipynb', event: progress(5) });
    await vi.runAllTimersAsync();
    expect(look.mock.calls.length).toBe(1);
  });

  test('nothing is read any more after the end', async () => {
    const { look, end, batch } = await following([]);
    end();
    await batch(progress(4));
    expect(look.mock.calls.length).toBe(1);
  });
});
