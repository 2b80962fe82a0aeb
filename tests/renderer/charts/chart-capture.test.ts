import { expect, test } from 'vitest';
import { requests } from '../../../main/contract/requests.ts';
import { consoleTables } from '../../../main/workspace/console-tables.ts';
import { chartCapture } from '../../../renderer/charts/chart-capture.ts';
import { es } from '../../../renderer/text/es.ts';

const point = (label: string, ...values: readonly (number | null)[]) => ({ key: label, label, values, isNew: false });

test('a chart is captured with its sentence, its rows as the table shows them, and what it is drawn from', () => {
  const captured = chartCapture(
    {
      path: 'caso-6/caso-6.ipynb',
      origin: { name: 'Bolsa', batchId: 3, runId: 'r' },
      title: 'Precio medio',
      kind: 'lines',
      xLabels: ['Inicio', 'Fin'],
      sentence: ['2 ventanas.', 'La última, 10:15–10:30: media 1.234,5.'],
      note: 'De Bolsa, lote 3.',
      points: [point('10:00–10:15', 1000.25), point('10:15–10:30', null)],
      series: [{ label: 'Media', isDerived: false, isTime: false, isPart: false }],
    },
    es,
  );
  expect(requests['evidence.draft'].input.parse(captured)).toEqual(captured);
  expect(captured).toMatchObject({ kind: 'chart', query: 'Bolsa', runId: 'r', batch: 3, name: 'Precio medio' });
  expect(captured.text).toContain('Precio medio. 2 ventanas. La última, 10:15–10:30: media 1.234,5. De Bolsa, lote 3.');
  expect(consoleTables(captured.text)).toEqual([
    {
      batch: null,
      columns: ['Inicio', 'Fin', 'Media'],
      rows: [
        ['10:00', '10:15', '1.000,25'],
        ['10:15', '10:30', es.charts.noValue],
      ],
    },
  ]);
  expect(captured.figure?.points).toEqual([
    { label: '10:00–10:15', values: [1000.25] },
    { label: '10:15–10:30', values: [null] },
  ]);
});
