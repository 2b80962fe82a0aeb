import { expect, test } from 'vitest';
import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import { writtenTexts } from '../../../main/workspace/written-texts.ts';

const notebook = (...texts: readonly (readonly [id: string, source: string])[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: texts.map(([id, source]) => ({ id, cell_type: 'markdown', source, metadata: {} })),
});

test('what the student wrote is text that the starter does not have, under whatever id', () => {
  const starter = notebook(['titulo', '# Caso 5'], ['caso5-respuesta', '_Justifica aquí_']);
  const own = notebook(
    ['nuevo-id', '# Caso 5'],
    ['caso5-respuesta', 'Salen tres.'],
    ['otra', 'Y además esto.'],
    ['vacía', ' '],
  );
  expect(writtenTexts(own, starter)).toEqual([
    { cell: 'caso5-respuesta', text: 'Salen tres.' },
    { cell: 'otra', text: 'Y además esto.' },
  ]);
});
