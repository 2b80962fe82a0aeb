import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { NotebookFormatError, parseNotebook, serialiseNotebook } from '../../../main/workspace/notebook-file.ts';
import { describeWith } from '../../support/available-parts.ts';
import { readSource } from '../../support/source-files.ts';

/** One of everything nbformat 4.5 has, as Jupyter writes it. */
const everything = {
  cells: [
    {
      attachments: { 'ola.png': { 'image/png': 'iVBORw0KGgo=' } },
      cell_type: 'markdown',
      id: 'texto',
      metadata: { tags: ['lee'] },
      source: ['# Título\n', '![](attachment:ola.png)'],
    },
    {
      cell_type: 'code',
      execution_count: 3,
      id: 'codigo',
      metadata: {
        collapsed: false,
        deletable: false,
        nbgrader: {
          schema_version: 3,
          grade: true,
          locked: false,
          solution: true,
          grade_id: 'act1-fija',
          points: 2,
          checksum: '0f',
        },
        'x-other-tool': { kept: [1, 2] },
      },
      outputs: [
        { name: 'stdout', output_type: 'stream', text: ['uno\n', 'dos\n'] },
        { name: 'stderr', output_type: 'stream', text: ['aviso'] },
        {
          data: {
            'application/json': { lines: ['a', 'b'] },
            'image/png': 'iVBORw0KGgo=',
            'text/plain': ['<Figura>\n', 'fin'],
          },
          metadata: { width: 3 },
          output_type: 'display_data',
        },
        { data: { 'text/plain': ['42'] }, execution_count: 3, metadata: {}, output_type: 'execute_result' },
        { ename: 'ValueError', evalue: 'mal', output_type: 'error', traceback: ['linea 1', 'linea 2'] },
      ],
      source: ['print("uno\\ndos")\n', '42'],
    },
    { cell_type: 'raw', id: 'crudo', metadata: { format: 'text/latex' }, source: ['\\LaTeX'] },
  ],
  metadata: {
    kernelspec: { display_name: 'Mi Python', language: 'python', name: 'mio' },
    language_info: { name: 'python', version: '3.12.1' },
    colab: { provenance: [] },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

const text = (value: unknown): string => JSON.stringify(value);

test('a notebook of nbformat 4.5 is written back with everything it had, metadata of other tools included', () => {
  expect(JSON.parse(serialiseNotebook(parseNotebook(text(everything))))).toEqual(everything);
});

test('the text is Jupyter’s own: one blank of indent, a final newline, sources as lists of lines', () => {
  const written = serialiseNotebook(parseNotebook(text(everything)));
  expect(written).toMatch(/^\{\n "cells": \[\n {2}\{\n/);
  expect(written.endsWith('}\n')).toBe(true);
  expect(serialiseNotebook(parseNotebook(written))).toBe(written);
});

test.each(['caso-6', 'caso-7'])('opening and saving the notebook of %s changes no cell', (id) => {
  const source = readSource(`exercises/${id}/starter.ipynb`);
  expect(JSON.parse(serialiseNotebook(parseNotebook(source)))).toEqual(JSON.parse(source));
});

test('a notebook from before 4.5 gets ids for its cells, all different', () => {
  const old = {
    nbformat: 4,
    nbformat_minor: 2,
    metadata: {},
    cells: [
      { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: 'a = 1' },
      { cell_type: 'markdown', metadata: {}, source: ['hola\n', 'adiós'] },
    ],
  };
  const { nbformat_minor, cells } = parseNotebook(text(old));
  expect(nbformat_minor).toBe(5);
  expect(new Set(cells.map((cell) => cell.id)).size).toBe(2);
  expect(cells.every((cell) => /^[a-zA-Z0-9_-]{1,64}$/.test(cell.id))).toBe(true);
  expect(cells.map((cell) => cell.source)).toEqual(['a = 1', 'hola\nadiós']);
});

test('ids that are repeated or not allowed are replaced, the others stay', () => {
  const cell = (id: string) => ({ cell_type: 'raw', id, metadata: {}, source: '' });
  const cells = [cell('a'), cell('a'), cell('con espacio'), cell('b')];
  const ids = parseNotebook(text({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells })).cells.map(({ id }) => id);
  expect([ids[0], ids[3]]).toEqual(['a', 'b']);
  expect(new Set(ids).size).toBe(4);
  expect(ids).not.toContain('con espacio');
});

test('carriage returns, tabs and characters outside the basic plane survive', () => {
  const source = 'a\r\nb\tc  # 🌊 \u00a0fin\n\n';
  const cell = { cell_type: 'code', id: 'a', execution_count: null, metadata: {}, outputs: [], source };
  const notebook = parseNotebook(text({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
  expect(parseNotebook(serialiseNotebook(notebook)).cells[0]?.source).toBe(source);
});

test.each([
  ['no JSON', 'esto no es JSON', 'JSON válido'],
  ['half a file', text(everything).slice(0, 200), 'JSON válido'],
  ['a list', '[]', 'no es un cuaderno'],
  ['a number', '7', 'no es un cuaderno'],
  ['cells that are no list', '{"nbformat": 4, "cells": 7}', 'no es un cuaderno'],
  ['nbformat 3', '{"nbformat": 3, "worksheets": []}', 'nbformat 3'],
  ['a cell without a type', '{"nbformat": 4, "cells": [{"source": "x"}]}', 'no es un cuaderno'],
])('%s is refused, and the message says why', (_, content, reason) => {
  expect(() => parseNotebook(content)).toThrow(NotebookFormatError);
  expect(() => parseNotebook(content)).toThrow(reason);
});

describeWith('python', 'Jupyter’s own validator', (python = '') => {
  const validate = (content: string) =>
    spawnSync(
      python,
      ['-c', 'import nbformat, sys; nbformat.validate(nbformat.reads(sys.stdin.read(), as_version=4))'],
      {
        input: content,
        encoding: 'utf8',
      },
    );

  test('accepts what is written', () => {
    const { status, stderr } = validate(serialiseNotebook(parseNotebook(text(everything))));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('refuses a notebook that is not one', () => {
    const broken = { ...everything, cells: [{ ...everything.cells[2], id: 'con espacio' }] };
    expect(validate(text(broken)).status).not.toBe(0);
  });
});
