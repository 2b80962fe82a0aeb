import { describe, expect, test } from 'vitest';
import type { EngineEvent, ResultRows } from '../../../engine/api/engine-events.ts';
import type { ChartSpec } from '../../../main/contract/guide-schema.ts';
import { chartData } from '../../../renderer/charts/chart-data.ts';
import type { LiveState } from '../../../renderer/queries/query-store.ts';
import { startedQuery, withRows, type QueryView } from '../../../renderer/queries/query-view.ts';

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
    expect(data?.query).toEqual({ name: 'Bolsa', batchId: 0 });
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
