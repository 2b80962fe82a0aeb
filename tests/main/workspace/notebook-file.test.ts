import { describe, expect, test } from 'vitest';
import { NotebookFormatError, parseNotebook, serialiseNotebook } from '../../../main/workspace/notebook-file.ts';

const file = {
  cells: [
    { cell_type: 'markdown', id: 'uno', metadata: { tags: ['x'] }, source: ['# Título\n', 'texto'] },
    {
      cell_type: 'code',
      id: 'dos',
      metadata: { otro: { programa: 1 } },
      execution_count: 3,
      outputs: [
        { name: 'stdout', output_type: 'stream', text: ['a\n', 'b\n'] },
        { data: { 'text/plain': ['1'] }, execution_count: 3, metadata: {}, output_type: 'execute_result' },
        { ename: 'NameError', evalue: 'x', output_type: 'error', traceback: ['NameError: x'] },
      ],
      source: ['print(1)'],
    },
  ],
  metadata: {
    kernelspec: { display_name: 'Otro', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
    ajeno: true,
  },
  nbformat: 4,
  nbformat_minor: 5,
};

describe('a notebook file', () => {
  test('read and written again is the same, metadata of others included', () => {
    expect(JSON.parse(serialiseNotebook(parseNotebook(JSON.stringify(file))))).toEqual(file);
  });

  test('of an older minor version gets cell ids, and cells with the same id get their own', () => {
    const twins = {
      ...file,
      nbformat_minor: 2,
      cells: [
        { cell_type: 'code', source: 'a' },
        { cell_type: 'code', source: 'b', id: 'x' },
        { cell_type: 'code', source: 'c', id: 'x' },
      ],
    };
    const ids = parseNotebook(JSON.stringify(twins)).cells.map((cell) => cell.id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[1]).toBe('x');
  });

  test.each(['', '{', '[]', '{"nbformat": 3, "worksheets": []}', '{"cells": 7}'])(
    'that is no notebook is refused: %s',
    (text) => {
      expect(() => parseNotebook(text)).toThrow(NotebookFormatError);
    },
  );
});
