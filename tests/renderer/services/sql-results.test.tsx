import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ResultTableView } from '../../../renderer/services/result-table.tsx';
import { SqlResults } from '../../../renderer/services/sql-results.tsx';
import { drawPanel, settle } from './draw-panel.tsx';

afterEach(cleanup);

test('the statement that fails is named by its line, with the server’s number and words', async () => {
  const { model } = await drawPanel(<SqlResults path="caso-8/caso-8.ipynb" />, () => ({
    'settings.read': async () => ({ settings: {} }),
    'settings.write': async () => ({}),
    'sql.run': async () => ({
      results: [
        {
          statement: 'USE spark',
          line: 1,
          columns: [],
          rows: [],
          total: 0,
          note: '0 filas afectadas',
          error: null,
          durationMs: 1,
        },
        {
          statement: 'SELECT * FROM x',
          line: 3,
          columns: [],
          rows: [],
          total: 0,
          note: '',
          error: "1146 (42S02): Table 'spark.x' doesn't exist",
          durationMs: 1,
        },
      ],
    }),
  }));
  await model.panels.sql.run('USE spark;\n\nSELECT * FROM x;');
  await settle();
  expect(screen.getByRole('alert').textContent).toBe(
    "1146 (42S02): Table 'spark.x' doesn't existFalla la sentencia de la línea 3. Las siguientes no se han ejecutado.",
  );
  expect(screen.getByRole('region', { name: 'Línea 1' }).textContent).toContain('0 filas afectadas');
});

test('rows that a batch wrote are marked, and say which batch', async () => {
  const table = {
    columns: ['id', 'id'],
    rows: [
      ['1', null],
      ['2', 'b'],
    ],
  };
  await drawPanel(
    <ResultTableView label="tabla" table={table} writtenBy={new Map([[1, 'Bizum, lote 4']])} />,
    () => ({}),
  );
  const rows = screen.getAllByRole('row').map((row) => [row.dataset['written'], row.textContent]);
  expect(rows).toEqual([
    [undefined, 'Escrita poridid'],
    [undefined, '1NULL'],
    ['Bizum, lote 4', 'Bizum, lote 42b'],
  ]);
});
