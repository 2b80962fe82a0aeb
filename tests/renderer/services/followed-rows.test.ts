import { describe, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../../engine/api/engine-events.ts';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import type { WritingQuery } from '../../../renderer/queries/query-store.ts';
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
    const writing = new Map<string, WritingQuery>();
    const look = vi.fn<() => Promise<{ rows: readonly string[] }>>(async () => ({ rows: table.rows }));
    const followed = new FollowedRows(look, () => [...writing.values()]);
    const follow = () => followed.follow(host, path);
    const end = follow();
    await vi.runAllTimersAsync();
    /** The store of the queries has heard of a batch before who follows rows does. */
    const happens = (batchId: number, query = 'Bizum') => {
      const firstBatch = writing.get(query)?.firstBatch ?? batchId;
      writing.set(query, { runId: query, query, firstBatch, batch: batchId });
      host.emit('query.event', { path, event: progress(batchId) });
    };
    const batch = async (...ids: readonly number[]) => {
      for (const id of ids) happens(id);
      await vi.runAllTimersAsync();
    };
    return { host, table, look, followed, follow, end, happens, batch };
  };

  test('what a batch wrote is its own', async () => {
    const { table, followed, batch } = await following(['a 1', 'b 1']);
    table.rows = ['a 1', 'b 2', 'c 1'];
    await batch(4);
    expect(followed.state.get()).toEqual({
      seen: { rows: ['a 1', 'b 2', 'c 1'] },
      writers: [{ query: 'Bizum', first: 4, last: 4 }],
      written: [1, 2],
    });
  });

  test('batches faster than the looks are named together, and read once', async () => {
    const { table, look, followed, batch } = await following([]);
    table.rows = ['a'];
    await batch(4, 5, 6);
    expect(followed.state.get().writers).toEqual([{ query: 'Bizum', first: 4, last: 6 }]);
    expect(look.mock.calls.length).toBe(2);
  });

  test('of two queries that may have written, both are named', async () => {
    const { table, followed, happens, batch } = await following([]);
    table.rows = ['a'];
    happens(2, 'Copia');
    await batch(7);
    expect(followed.state.get().writers).toEqual([
      { query: 'Copia', first: 2, last: 2 },
      { query: 'Bizum', first: 7, last: 7 },
    ]);
  });

  test('a batch that wrote nothing here leaves the marks of the one before', async () => {
    const { table, followed, batch } = await following([]);
    table.rows = ['a'];
    await batch(4);
    await batch(5);
    expect(followed.state.get()).toMatchObject({ writers: [{ first: 4, last: 4 }], written: [0] });
  });

  test('what batches wrote while another panel was seen is theirs when the table is seen again', async () => {
    const { table, look, followed, follow, end, batch } = await following(['a']);
    end();
    table.rows = ['a', 'b'];
    await batch(4, 5);
    expect(look.mock.calls.length).toBe(1);
    follow();
    await vi.runAllTimersAsync();
    expect(followed.state.get()).toMatchObject({ writers: [{ query: 'Bizum', first: 4, last: 5 }], written: [1] });
  });

  test('rows seen before the end of their batch was heard are its own', async () => {
    const { table, followed, follow, end, batch } = await following(['a']);
    end();
    table.rows = ['a', 'b'];
    follow();
    await vi.advanceTimersByTimeAsync(500);
    expect(followed.state.get()).toMatchObject({ writers: [], written: [] });
    await batch(4);
    expect(followed.state.get()).toMatchObject({ writers: [{ query: 'Bizum', first: 4, last: 4 }], written: [1] });
  });

  test('a batch long after them did not write them', async () => {
    const { table, followed, follow, end, batch } = await following(['a']);
    end();
    table.rows = ['a', 'b'];
    follow();
    await vi.advanceTimersByTimeAsync(5_000);
    await batch(4);
    expect(followed.state.get()).toMatchObject({ writers: [], written: [] });
  });

  test('what changed without a batch is nobody’s', async () => {
    const { table, followed, follow, end } = await following(['a']);
    end();
    table.rows = ['a', 'b'];
    follow();
    await vi.runAllTimersAsync();
    expect(followed.state.get()).toEqual({ seen: { rows: ['a', 'b'] }, writers: [], written: [] });
  });

  test('a trigger without a batch, and another notebook, are not looked at', async () => {
    const { host, look } = await following([]);
    host.emit('query.event', { path, event: progress(4, false) });
    host.emit('query.event', { path: 'otro/otro.ipynb', event: progress(5) });
    await vi.runAllTimersAsync();
    expect(look.mock.calls.length).toBe(1);
  });
});
