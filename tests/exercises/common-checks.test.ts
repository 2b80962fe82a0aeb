import { describe, expect, test } from 'vitest';
import type { ResultRows } from '../../engine/api/engine-events.ts';
import type { EventTimeProgress } from '../../engine/api/query-progress.ts';
import type { CheckedQuery } from '../../exercises/check-context.ts';
import { slides, watermarkDelayMs } from '../../exercises/common-checks.ts';

const withEventTimes = (...times: readonly EventTimeProgress[]): CheckedQuery => ({
  name: null,
  sink: 'console',
  outputMode: 'update',
  isActive: true,
  failed: false,
  rows: null,
  batches: times.map((eventTime, batchId) => ({
    id: 'q',
    runId: 'r',
    name: null,
    timestamp: '2023-03-29T07:00:00.000Z',
    batchId,
    numInputRows: 1,
    durationMs: {},
    eventTime,
    stateOperators: [],
    sources: [],
    sink: { description: '', numOutputRows: 0 },
  })),
});

describe('the delay of a watermark', () => {
  const first = { max: '2023-03-29T07:46:17.758Z', watermark: '1970-01-01T00:00:00.000Z' };

  test('is what it stays behind the latest event of the batch before', () => {
    const moved = withEventTimes(first, { watermark: '2023-03-29T07:45:47.758Z' });
    expect(watermarkDelayMs(moved)).toBe(30_000);
  });

  test('is unknown until it moves', () => {
    expect(watermarkDelayMs(withEventTimes(first))).toBeNull();
    expect(watermarkDelayMs(withEventTimes(first, first))).toBeNull();
  });
});

describe('the slide of windows', () => {
  const windows = (...spans: readonly (readonly [string, string])[]): ResultRows => ({
    columns: [{ name: 'window', type: 'struct<start:timestamp,end:timestamp>' }],
    rows: spans.map(([start, end]) => [`{2026-03-02 ${start}:00, 2026-03-02 ${end}:00}`]),
    total: spans.length,
  });

  test('of three minutes by two is told from fixed ones', () => {
    const sliding = windows(['11:42', '11:45'], ['11:44', '11:47']);
    const fixed = windows(['11:42', '11:45'], ['11:45', '11:48']);
    expect([slides(sliding, 3, 2), slides(sliding, 3, 3)]).toEqual([true, false]);
    expect([slides(fixed, 3, 2), slides(fixed, 3, 3)]).toEqual([false, true]);
  });

  test('cannot be told from one window', () => {
    expect(slides(windows(['11:42', '11:45']), 3, 3)).toBe(false);
  });
});
