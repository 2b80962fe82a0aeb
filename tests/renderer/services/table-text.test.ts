import { expect, test } from 'vitest';
import { tableText } from '../../../renderer/services/table-text.ts';

const table = {
  columns: ['id', 'nombre'],
  rows: [
    ['1', 'Ana, la "A"'],
    ['2', null],
  ],
};

test('a result is copied as text with tabs, the empty value by its name', () => {
  expect(tableText(table, 'text')).toBe('id\tnombre\n1\tAna, la "A"\n2\tNULL');
});

test('a result is copied as CSV, quoted where it must be', () => {
  expect(tableText(table, 'csv')).toBe('id,nombre\r\n1,"Ana, la ""A"""\r\n2,');
});

test('a result is copied as JSON, one object for each row', () => {
  expect(JSON.parse(tableText(table, 'json'))).toEqual([
    { id: '1', nombre: 'Ana, la "A"' },
    { id: '2', nombre: null },
  ]);
});
