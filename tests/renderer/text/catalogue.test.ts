import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { es } from '../../../renderer/text/es.ts';

const root = join(import.meta.dirname, '../../../renderer');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.startsWith('text'),
);

/** Code without comments: what could reach the screen. */
const withoutComments = (code: string): string =>
  code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

test('no Spanish is written outside the catalogue', () => {
  const offending = sources.filter((name) =>
    /[áéíóúñ¿¡ÁÉÍÓÚÑ]/.test(withoutComments(readFileSync(join(root, name), 'utf8'))),
  );
  expect(sources.length).toBeGreaterThan(50);
  expect(offending).toEqual([]);
});

test('numbers, sizes and times are written as in Spain', () => {
  expect(es.format.number(-1234.5, 2)).toBe('−1.234,5');
  expect(es.format.duration(21)).toBe('0,02 s');
  expect(es.format.duration(350)).toBe('0,35 s');
  expect(es.format.duration(4.4)).toBe('4 ms');
  expect(es.format.duration(0.4)).toBe('< 1 ms');
  expect(es.format.duration(65_000)).toBe('1 min 5 s');
  expect(es.format.size(633)).toBe('633 B');
  expect(es.queries.state(1)).toBe('estado 1 fila');
  expect(es.charts.rowsSentence(2, 8, 1, 1)).toEqual(['2 lotes, 8 filas leídas.', 'El último, el 1, trajo 1 fila.']);
});
