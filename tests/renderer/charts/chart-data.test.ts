import { describe, expect, test } from 'vitest';
import type { EngineEvent, ResultRows } from '../../../engine/api/engine-events.ts';
import type { ChartSpec } from '../../../main/contract/guide-schema.ts';
import { chartData } from '../../../renderer/charts/chart-data.ts';
import type { LiveState } from '../../../renderer/queries/query-store.ts';
import { startedQuery, withProgress, withRows, type QueryView } from '../../../renderer/queries/query-view.ts';

const spec: ChartSpec = {
  id: 'neto',
  title: 'Neto',
  kind: 'bars',
  needs: ['start', 'Compras', 'Ventas'],
  from: 'any',
  x: { column: 'start', label: 'TInicio', end: 'end' },
  series: [
    { column: 'Compras', label: 'Compras' },
    { column: 'Neto', label: 'Neto', derived: { left: 'Compras', right: 'Ventas' } },
  ],
  empty: '',
};
const rowsOf = (...rows: readonly (readonly [string, string, unknown, unknown])[]): ResultRows => ({
  columns: ['START', 'end', 'Compras', 'Ventas'].map((name) => ({ name, type: 'string' })),
  rows,
  total: rows.length,
});
const identity = { queryId: 'q', runId: 'r', name: 'Bolsa', cell: 'c' };
const query = (outputMode: 'append' | 'update' | 'complete', ...batches: readonly ResultRows[]): QueryView =>
  batches.reduce(
    (view, rows, batchId) => withRows(view, { kind: 'query_rows', batchId, rows, ...identity }, batchId + 1),
    startedQuery({
      kind: 'query_started',
      at: '',
      sink: 'console',
      outputMode,
      resumedFromBatch: null,
      checkpoint: null,
      ...identity,
    } satisfies EngineEvent),
  );
const live = (part: Partial<LiveState>): LiveState => ({
  queries: [],
  results: [],
  blocks: [],
  hiddenLines: 0,
  ...part,
});
const ten = ['2022-05-09T10:00:00', '2022-05-09T10:15:00', 800, 100] as const;
const eleven = ['2022-05-09T11:00:00', '2022-05-09T11:15:00', '900', '0'] as const;

describe('rows of a chart', () => {
  test('columns are found without case, differences derived, times written short and in order', () => {
    const data = chartData(spec, live({ queries: [query('complete', rowsOf(eleven, ten))] }));
    expect(data?.points).toMatchObject([
      { label: '10:00–10:15', values: [800, 700] },
      { label: '11:00–11:15', values: [900, 900] },
    ]);
    expect(data?.query).toEqual({ name: 'Bolsa', batchId: 0, runId: 'r' });
  });

  test('complete mode replaces, append mode adds and marks what is new', () => {
    expect(chartData(spec, live({ queries: [query('complete', rowsOf(ten), rowsOf(eleven))] }))?.points).toHaveLength(
      1,
    );
    const appended = chartData(spec, live({ queries: [query('append', rowsOf(ten), rowsOf(eleven))] }));
    expect(appended?.points.map(({ isNew }) => isNew)).toEqual([false, true]);
  });

  test('in update mode the last row of a window counts', () => {
    const changed = [ten[0], ten[1], 1_000, 100] as const;
    const data = chartData(spec, live({ queries: [query('update', rowsOf(ten, eleven), rowsOf(changed))] }));
    expect(data?.points.map(({ values }) => values[0])).toEqual([1_000, 900]);
  });

  test('a result without the needed columns draws nothing', () => {
    const other: ResultRows = { columns: [{ name: 'count', type: 'bigint' }], rows: [[1]], total: 1 };
    expect(chartData(spec, live({ results: [{ cell: null, rows: other, order: 1 }] }))).toBeNull();
  });

  test('the newest fitting result wins, within what the chart accepts', () => {
    const state = live({
      queries: [query('complete', rowsOf(ten))],
      results: [{ cell: null, rows: rowsOf(ten, eleven), order: 9 }],
    });
    expect(chartData(spec, state)?.points).toHaveLength(2);
    expect(chartData({ ...spec, from: 'query' }, state)?.points).toHaveLength(1);
  });

  test('a null stays a gap and is not drawn as zero', () => {
    const data = chartData(spec, live({ queries: [query('complete', rowsOf([ten[0], ten[1], null, 5]))] }));
    expect(data?.points[0]?.values).toEqual([null, null]);
  });
});

describe('a figure of the progress', () => {
  const state = (total: number, removed: number) => ({
    operatorName: 'stateStoreSave',
    numRowsTotal: total,
    numRowsUpdated: 0,
    allUpdatesTimeMs: 0,
    numRowsRemoved: removed,
    allRemovalsTimeMs: 0,
    commitTimeMs: 0,
    memoryUsedBytes: 0,
    numRowsDroppedByWatermark: 0,
    numShufflePartitions: 1,
    numStateStoreInstances: 1,
    customMetrics: {},
  });
  type Batch = {
    readonly input: number;
    readonly output: number;
    readonly state?: readonly [number, number];
    readonly watermark?: string;
  };
  const after = (view: QueryView, ...batches: readonly Batch[]): QueryView =>
    batches.reduce(
      (before, { input, output, state: rows, watermark }, batchId) =>
        withProgress(before, {
          kind: 'query_progress',
          executed: true,
          progress: {
            id: 'q',
            runId: 'r',
            name: null,
            timestamp: '2026-01-01T09:00:00.000Z',
            batchId,
            numInputRows: input,
            durationMs: {},
            ...(watermark === undefined ? {} : { eventTime: { watermark } }),
            stateOperators: rows === undefined ? [] : [state(...rows)],
            sources: [],
            sink: { description: '', numOutputRows: output },
          },
          ...identity,
        }),
      view,
    );
  const progressSpec = (needs: readonly string[], series: ChartSpec['series']): ChartSpec => ({
    ...spec,
    from: 'progress',
    needs: ['batchId', ...needs],
    x: { column: 'batchId', label: 'Lote' },
    series,
  });
  const unmatched = progressSpec(
    ['numInputRows', 'numOutputRows'],
    [
      { column: 'numOutputRows', label: 'Unidos' },
      { column: '', label: 'Sin pareja', derived: { left: 'numInputRows', right: 'numOutputRows' } },
    ],
  );

  test('has a point for each batch, in order, with differences', () => {
    const queries = [after(query('update'), { input: 1, output: 1 }, { input: 3, output: 2 })];
    expect(chartData(unmatched, live({ queries }))).toMatchObject({
      points: [
        { label: '0', values: [1, 0], isNew: false },
        { label: '1', values: [2, 1], isNew: true },
      ],
      query: { name: 'Bolsa', batchId: 1, runId: 'r' },
    });
  });

  test('passes over a later query whose sink does not count its rows', () => {
    const counting = after(query('update'), { input: 4, output: 3 });
    const silent = after(query('append'), { input: 9, output: -1 });
    expect(chartData(unmatched, live({ queries: [counting, silent] }))?.points).toMatchObject([{ values: [3, 1] }]);
    expect(chartData(unmatched, live({ queries: [silent] }))).toBeNull();
  });

  test('sets the watermark beside the rows of the state; before the first event there is none', () => {
    const cleaned = progressSpec(
      ['stateRows', 'stateRemoved', 'watermark'],
      [
        { column: 'stateRows', label: 'Guardadas' },
        { column: 'stateRemoved', label: 'Eliminadas' },
        { column: 'watermark', label: 'Marca de agua', time: true },
      ],
    );
    const moved = '2022-05-17T11:45:00.000Z';
    const queries = [
      after(
        query('update'),
        { input: 4, output: 2, state: [2, 0], watermark: '1970-01-01T00:00:00.000Z' },
        { input: 0, output: 0, state: [0, 2], watermark: moved },
      ),
    ];
    const data = chartData(cleaned, live({ queries }));
    expect(data?.points.map(({ values }) => values)).toEqual([
      [2, 0, null],
      [0, 2, Date.parse(moved)],
    ]);
    expect(data?.series.map(({ isTime }) => isTime)).toEqual([false, false, true]);
    const stateless = [after(query('append'), { input: 1, output: 1 })];
    expect(chartData(cleaned, live({ queries: stateless }))).toBeNull();
  });
});

describe('a figure whose rows are told apart by a column', () => {
  const words: ChartSpec = {
    ...spec,
    needs: ['window.start', 'palabra', 'count'],
    x: { column: 'window.start', label: 'Inicio', end: 'window.end' },
    series: [{ column: 'count', label: 'Veces' }],
    split: { column: 'palabra', most: 2, rest: 'otras' },
  };
  const counted = (...rows: readonly (readonly [string, string, number])[]): ResultRows => ({
    columns: [
      { name: 'window', type: 'struct<start:timestamp,end:timestamp>' },
      { name: 'palabra', type: 'string' },
      { name: 'count', type: 'bigint' },
    ],
    rows: rows.map(([minute, word, count]) => [
      `{2022-05-05 17:${minute}:00, 2022-05-05 17:${Number(minute) + 2}:00}`,
      word,
      count,
    ]),
    total: rows.length,
  });

  test('draws the greatest parts by themselves and the others together, one point for each window', () => {
    const rows = counted(['34', 'Ochoa', 1], ['32', 'Hola', 3], ['32', 'Severo', 2], ['32', 'el', 1], ['32', 'y', 1]);
    const data = chartData(words, live({ queries: [query('complete', rows)] }));
    expect(data?.series.map(({ label }) => label)).toEqual(['Hola', 'Severo', 'otras']);
    expect(data?.points).toMatchObject([
      { label: '17:32–17:34', values: [3, 2, 2] },
      { label: '17:34–17:36', values: [null, null, 1] },
    ]);
  });

  test('in update mode the last row of each window and part counts', () => {
    const data = chartData(
      words,
      live({ queries: [query('update', counted(['32', 'Hola', 1], ['32', 'el', 1]), counted(['32', 'Hola', 2]))] }),
    );
    expect(data?.points).toMatchObject([{ values: [2, 1], isNew: true }]);
  });
});
