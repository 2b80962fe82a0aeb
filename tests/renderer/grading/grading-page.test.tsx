import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { PackSummary } from '../../../main/contract/grading-schema.ts';
import type { NotebookCell } from '../../../main/contract/notebook-schema.ts';
import { GradingPage } from '../../../renderer/grading/grading-page.tsx';
import type { RecordedAnswers } from '../../../renderer/host/recorded-host.ts';
import { drawPanel, settle } from '../services/draw-panel.tsx';
import { differing, gradingRow } from './row-fixture.ts';

afterEach(cleanup);

const pack: PackSummary = {
  name: 'marea-referencia-0.1.0',
  createdAt: '2026-03-02T08:00:00.000Z',
  sha256: '0'.repeat(64),
  activities: [{ id: 'actividad-1', title: 'Actividad 1', points: 0.3, units: ['caso-5'] }],
  criteria: [
    {
      activity: 'actividad-1',
      id: 'fijas',
      text: 'Las ventanas fijas',
      points: 0.3,
      evidence: [],
      queries: [],
      stores: [],
      isManual: false,
    },
  ],
};
const rows = [
  gradingRow('a', { name: 'Zoe Álvarez', missing: ['La consola'] }),
  gradingRow('b', { name: 'Ana Ñíguez', verdict: 'altered', comparison: differing, proposed: 0.15 }),
  gradingRow('c', { name: null, verdict: 'unreadable' }),
];
const [, altered] = rows;

const page = (answers: RecordedAnswers, row: string | null = null) =>
  drawPanel(<GradingPage row={row} />, (emit) => ({
    'grading.read': async () => ({ pack, rows }),
    ...answers(emit),
  }));

const students = (): readonly string[] =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((line) => line.querySelector('th button')?.textContent ?? '');

test('an empty table and no reference say what to do', async () => {
  await page(() => ({ 'grading.read': async () => ({ pack: null, rows: [] }) }));
  expect(screen.getByText(/Todavía no hay entregas\. Ábrelas/)).toBeDefined();
  expect(screen.getByText(/Sin referencia se comprueba la integridad/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Comparar todas' }).hasAttribute('disabled')).toBe(true);
});

test('each row says in words what is missing, whether it is whole, its verdict and its points', async () => {
  await page(() => ({}));
  const line = (name: string) => screen.getByRole('button', { name }).closest('tr')?.textContent;
  expect(line('Zoe Álvarez')).toContain('1 · La consolaCoincideSin comparar—');
  expect(line('Ana Ñíguez')).toContain('NingunaNo coincideDifiere0,15 / 1');
  expect(line('Sin identificar')).toContain('No se abreNo se puede comparar');
});

test('heads sort, say which way, and turn at the second press', async () => {
  await page(() => ({}));
  expect(students()).toEqual(['Ana Ñíguez', 'Zoe Álvarez', 'Sin identificar']);
  fireEvent.click(screen.getByRole('button', { name: 'Alumno' }));
  expect(students()).toEqual(['Zoe Álvarez', 'Ana Ñíguez', 'Sin identificar']);
  expect(screen.getByRole('columnheader', { name: 'Alumno' }).getAttribute('aria-sort')).toBe('descending');
  fireEvent.click(screen.getByRole('button', { name: 'Integridad' }));
  expect(students()[0]).toBe('Sin identificar');
});

test('arrows go from row to row and Enter’s click opens one', async () => {
  const { model } = await page(() => ({}));
  const first = screen.getByRole('button', { name: 'Ana Ñíguez' });
  first.focus();
  fireEvent.keyDown(first, { key: 'ArrowDown' });
  expect(document.activeElement?.textContent).toBe('Zoe Álvarez');
  fireEvent.click(document.activeElement ?? first);
  expect(model.route.store.get()).toEqual({ kind: 'grading', row: rows[0]?.id });
});

test('all that can be read is compared, and its progress is told', async () => {
  const asked: string[][] = [];
  const { host } = await page(() => ({
    'grading.compare': async (input) => {
      asked.push([...input.rows]);
      return {};
    },
  }));
  fireEvent.click(screen.getByRole('button', { name: 'Comparar todas' }));
  await settle();
  expect(asked).toEqual([[rows[0]?.id, rows[1]?.id]]);
  for (const row of rows.slice(0, 2)) host.emit('grading.row', { ...row, state: 'waiting' });
  await settle();
  expect(screen.getByText('Comparadas 0 de 2')).toBeDefined();
  expect(screen.getAllByText('En espera')).toHaveLength(2);
});

test('points are changed with a comma and refused when they are no number', async () => {
  const changed: unknown[] = [];
  await page(() => ({
    'grading.setPoints': async (input) => {
      changed.push(input);
      return { pack, rows };
    },
  }));
  fireEvent.click(screen.getByRole('button', { name: 'Criterios y puntos' }));
  const field = screen.getByLabelText('Puntos de «Las ventanas fijas»');
  fireEvent.change(field, { target: { value: 'mucho' } });
  fireEvent.blur(field);
  expect(screen.getByText('Escribe un número entre 0 y 100.')).toBeDefined();
  fireEvent.change(field, { target: { value: '0,5' } });
  fireEvent.blur(field);
  await settle();
  expect(changed).toEqual([{ activity: 'actividad-1', criterion: 'fijas', points: 0.5 }]);
});

const cell = (source: string, text: string): NotebookCell => ({
  id: 'una',
  cell_type: 'code',
  source,
  metadata: {},
  execution_count: 1,
  outputs: [{ output_type: 'display_data', data: { 'text/html': '<img src=x>', 'text/plain': text }, metadata: {} }],
});
const notebook = (source: string, text: string) => ({
  nbformat: 4 as const,
  nbformat_minor: 5,
  metadata: {},
  cells: [cell(source, text)],
});
const detail: RecordedAnswers = () => ({
  'grading.detail': async () => ({
    row: rows[1] ?? gradingRow('x'),
    notebooks: [{ unit: 'caso-5', title: 'Caso 5', hasReference: true }],
    pictures: [
      { path: 'evidencias/caso-5/01-a', title: 'La consola', unit: 'caso-5', batch: 1, png: 'iVBORw0KGgo=' },
      { path: 'evidencias/caso-5/02-b', title: 'Otra', unit: 'caso-5', batch: null, png: null },
    ],
  }),
  'grading.notebooks': async () => ({
    handedIn: notebook('print("<b>mío</b>")', '<script>x</script>'),
    reference: notebook('print("suyo")', 'ok'),
  }),
});

test('the details name problems, differences by sign and word, and why points are proposed', async () => {
  await page(detail, altered?.id ?? '');
  expect(screen.getByText('«caso-5.ipynb» no coincide con el manifiesto.')).toBeDefined();
  const table = screen.getByRole('region', { name: /Filas que no coinciden: El lote 2/ });
  const lines = within(table)
    .getAllByRole('row')
    .map((line) => line.textContent);
  expect(lines).toEqual([
    'Dóndewindowpalabracount',
    '− solo en la entrega{09:03, 09:06}hola9',
    '+ solo al ejecutarla{09:03, 09:06}hola2',
    '+ solo al ejecutarla{09:06, 09:09}mundo1',
  ]);
  expect([...table.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['9', '2']);
  const proposal = screen.getByRole('region', { name: 'Propuesta de puntos' });
  expect(proposal.textContent).toContain('Falta un lote.0,15 / 0,3');
  expect(proposal.textContent).toContain('a mano / 0,3');
  expect(proposal.textContent).toContain('Total0,15 / 0,6');
});

test('pictures are shown, and a file that is no picture says so', async () => {
  await page(detail, altered?.id ?? '');
  expect(screen.getByRole('img', { name: 'Evidencia: La consola' }).getAttribute('src')).toBe(
    'data:image/png;base64,iVBORw0KGgo=',
  );
  expect(screen.getByText('La imagen no está o no es un PNG.')).toBeDefined();
});

test('both notebooks stand side by side as text: no markup of a hand-in is drawn', async () => {
  await page(detail, altered?.id ?? '');
  const sides = screen.getByText('Caso 5').closest('details');
  if (sides === null) throw new Error('no notebooks');
  sides.open = true;
  fireEvent(sides, new Event('toggle'));
  await settle();
  expect(sides.textContent).toContain('print("<b>mío</b>")');
  expect(sides.textContent).toContain('<script>x</script>');
  expect(sides.textContent).toContain('print("suyo")');
  expect(sides.querySelectorAll('script, b, img')).toHaveLength(0);
});

test('Escape goes back to the table, and a row that is gone says how to get it again', async () => {
  const { model } = await page(detail, 'f'.repeat(16));
  expect(screen.getByText(/Vuelve a abrir su fichero/)).toBeDefined();
  fireEvent.keyDown(screen.getByRole('main'), { key: 'Escape' });
  expect(model.route.store.get()).toEqual({ kind: 'grading', row: null });
});

test('files are opened one after the other; one that is no zip keeps none out', async () => {
  const opened: string[] = [];
  await page(() => ({
    'grading.open': async ({ name }) => {
      opened.push(name);
      return { rows, opened: 1 };
    },
  }));
  const files = [new File(['x'], 'notas.pdf'), new File(['y'], 'a.entrega.zip')];
  fireEvent.drop(screen.getByRole('main'), { dataTransfer: { files } });
  for (let turn = 0; turn < 5; turn += 1) await settle();
  expect(opened).toEqual(['a.entrega.zip']);
  expect(screen.getByText(/«notas\.pdf» no es un zip/)).toBeDefined();
});
