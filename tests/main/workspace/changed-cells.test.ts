import { expect, test } from 'vitest';
import type { EvidenceRecord } from '../../../main/contract/evidence-schema.ts';
import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import { changedCells, ranWith } from '../../../main/workspace/changed-cells.ts';
import { chainEvent, eventLine } from '../../../main/workspace/event-chain.ts';
import { sha256Of } from '../../../main/workspace/sha256.ts';

type Run = readonly [path: string, cell: string, source: string];

function logOf(...runs: readonly Run[]): string {
  let last = null;
  let log = '';
  for (const [path, cell, source] of runs) {
    last = chainEvent(last, { at: '', kind: 'cell_started', data: { path, cell, run: 1, code: sha256Of(source) } });
    log += eventLine(last);
  }
  return log;
}

const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { id: 'texto', cell_type: 'markdown', source: 'Hola', metadata: {} },
    { id: 'a', cell_type: 'code', source: 'print(2)', metadata: {}, execution_count: 7, outputs: [] },
    { id: 'b', cell_type: 'code', source: 'sin ejecutar', metadata: {}, execution_count: null, outputs: [] },
  ],
};
const path = 'caso-5/caso-5.ipynb';
const messagesOf = (log: string, captures: readonly EvidenceRecord[] = [], at = path) =>
  changedCells({ unit: 'caso-5', path: at, notebook }, captures, ranWith(log)).map(({ message }) => message);

/** As far as it says which code it shows. */
const capture = (cell: string | null, source: string, notebookPath = path): EvidenceRecord =>
  ({
    id: '02-consola-fijas',
    source: { notebook: notebookPath, unit: 'caso-5', cell },
    codeHash: sha256Of(source),
  }) as unknown as EvidenceRecord;

test('a cell whose text is not what it last ran with is named as the window names it', () => {
  expect(messagesOf(logOf([path, 'a', 'print(2)'], [path, 'a', 'print(1)']))).toEqual([
    'La celda [7] ha cambiado desde que la ejecutaste.',
  ]);
});

test('a cell that ran as it stands, one that shows nothing, and one that the log does not know are left alone', () => {
  expect(messagesOf(logOf([path, 'a', 'print(1)'], [path, 'a', 'print(2)'], [path, 'b', 'otra cosa']))).toEqual([]);
  expect(messagesOf('')).toEqual([]);
});

test('a renamed notebook is judged by what its cells ran with under the old name', () => {
  const renamed = 'caso-5/mi caso (2).ipynb';
  expect(messagesOf(logOf([path, 'a', 'print(2)'], [path, 'a', 'print(1)']), [], renamed)).toEqual([]);
  expect(messagesOf(logOf([path, 'a', 'print(1)']), [], renamed)).toHaveLength(1);
  expect(messagesOf(logOf(['caso-6/caso-6.ipynb', 'a', 'print(1)']), [], renamed)).toEqual([]);
});

test('a capture of other code, and one of a cell that is gone, are named; where it was captured counts for nothing', () => {
  const captures = [
    capture('a', 'print(1)'),
    capture('a', 'print(2)', 'caso-5/copia.ipynb'),
    capture('borrada', 'x'),
    capture(null, 'x'),
  ];
  expect(messagesOf('', captures)).toEqual([
    'La celda [7] ha cambiado desde la captura 02-consola-fijas.',
    'La celda de la captura 02-consola-fijas no está en el cuaderno que se entrega.',
  ]);
});
