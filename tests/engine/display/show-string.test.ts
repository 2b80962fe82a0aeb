import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { doubleType, field, integerType, stringType, structType } from '../../../engine/core/data-type.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import { showString } from '../../../engine/display/show-string.ts';
import { htmlString } from '../../../engine/display/html-string.ts';

const recording = readFileSync(
  new URL('../../conformance/programs/display/show_variants.out', import.meta.url),
  'utf8',
);

const schema = structType([field('id', integerType), field('texto', stringType), field('valor', doubleType)]);
const rows: readonly Row[] = [
  [1, 'corta', null],
  [22, 'una cadena de más de veinte caracteres', 3.5],
  [333, '日本語テキスト', 1e10],
  [4444, 'emoji 😀 aquí', -0.0],
  [55555, 'tab\tu otra\nlínea', Number.NaN],
  [6, '', Number.POSITIVE_INFINITY],
];
const zone = 'Europe/Madrid';
const show = (numRows = 20, truncate = 20, vertical = false, of = rows): string =>
  `${showString(of, schema, { numRows, truncate, vertical, zone })}\n`;

test('every variant of show prints what Spark printed, in order', () => {
  const printed = [
    show(),
    show(2),
    show(3, 0),
    show(20, 5),
    show(20, 3),
    show(2, 10, true),
    show(20, 20, true),
    show(0),
    show(20, 20, false, []),
    show(20, 20, true, []),
  ].join('');
  expect(recording.slice(0, printed.length)).toBe(printed);
});

test('a frame with names but no rows is as wide as its names', () => {
  const empty = structType([
    field('a', integerType),
    field('nombre con espacios', stringType),
    field('c', structType([field('x', integerType)])),
  ]);
  const printed = showString([], empty, { numRows: 20, truncate: 20, vertical: false, zone });
  expect(recording).toContain(`\n${printed}\n`);
});

test('a frame without columns shows one empty line for each row', () => {
  const printed = showString([[], []], structType([]), { numRows: 20, truncate: 20, vertical: false, zone });
  expect(printed).toBe('++\n||\n++\n||\n||\n++\n');
});

test('the footer says row for a single row', () => {
  expect(show(1).endsWith('only showing top 1 row\n\n')).toBe(true);
});

test('the HTML table escapes cells and keeps the footer', () => {
  const one = structType([field('a<b', stringType)]);
  expect(htmlString([['<x>'], ['y']], one, { numRows: 1, truncate: 20, zone })).toBe(
    "<table border='1'>\n<tr><th>a&lt;b</th></tr>\n<tr><td>&lt;x&gt;</td></tr>\n</table>\nonly showing top 1 row\n",
  );
});
