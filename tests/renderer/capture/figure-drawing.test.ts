import { expect, test } from 'vitest';
import type { Figure } from '../../../main/contract/figure-schema.ts';
import { numberAxis, timeAxis } from '../../../renderer/capture/axis-ticks.ts';
import { figureDrawing } from '../../../renderer/capture/figure-drawing.ts';
import { wrapped } from '../../../renderer/capture/svg-text.ts';
import { es } from '../../../renderer/text/es.ts';

const series = (...labels: readonly string[]) => labels.map((label) => ({ label, isTime: false, isDerived: false }));
const points = (...values: readonly (readonly (number | null)[])[]) =>
  values.map((row, at) => ({ label: `10:0${at}–10:0${at + 1}`, values: [...row] }));
const figure = (part: Partial<Figure>): Figure => ({
  kind: 'lines',
  sentence: '',
  xLabel: 'Inicio',
  series: series('Media'),
  points: points([1], [2]),
  ...part,
});
const drawn = (part: Partial<Figure>) => {
  const { svg, height } = figureDrawing(figure(part), { x: 0, y: 0, width: 800 }, es.picture);
  return { text: svg.join('\n'), height };
};
const numbersOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, number]) => Number(number));

test('numbers stand on an axis from zero to a round number, below zero where values are', () => {
  expect(numberAxis([3, 17])).toEqual({ least: 0, greatest: 20, ticks: [0, 5, 10, 15, 20] });
  expect(numberAxis([1, 1]).ticks).toEqual([0, 1]);
  expect(numberAxis([0.4]).ticks).toContain(0.1);
  expect(numberAxis([-4, 6]).least).toBeLessThanOrEqual(-4);
  expect(numberAxis([-4, 6]).ticks).toContain(0);
  expect(numberAxis([]).ticks.length).toBeGreaterThan(1);
  expect(numberAxis([0, 0]).greatest).toBeGreaterThan(0);
  expect(timeAxis([5_000, 5_000])).toEqual({ least: 4_999, greatest: 5_001, ticks: [5_000] });
});

test('every value has a bar of its height, and series differ in filling without colour', () => {
  const { text } = drawn({ kind: 'bars', series: series('A', 'B'), points: points([10, 20], [null, 5]) });
  const bars = [...text.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)" fill="([^"]+)"/g)];
  const heights = bars.filter(([, height]) => height !== '12').map(([, height, fill]) => [Number(height), fill]);
  expect(heights).toEqual([
    [150, '#0b6e7f'],
    [300, 'url(#stripes)'],
    [75, 'url(#stripes)'],
  ]);
});

test('lines differ in marker and dashes, a gap ends a line, and the legend names each series', () => {
  const { text } = drawn({ series: series('Menor', 'Mayor & más'), points: points([1, 4], [null, 5], [2, 6]) });
  expect(text.match(/<circle/g)?.length).toBeGreaterThan(2);
  expect(text).toContain('stroke-dasharray="6 3"');
  expect(text).toContain('>Menor<');
  expect(text).toContain('>Mayor &amp; más<');
  expect(/d="(M[^"]*)" fill="none" stroke="#0b6e7f"/.exec(text)?.[1]?.match(/M/g)).toHaveLength(2);
});

test('times have their own axis and step, and both edges of a band enclose a surface', () => {
  const clock = { label: 'Marca', isTime: true, isDerived: false };
  const { text } = drawn({ series: [...series('Filas'), clock], points: points([1, 0], [2, 60_000]) });
  expect(text).toMatch(/d="M[\d. ]+H[\d.]+V[\d.]+"/);
  expect(text).toMatch(/text-anchor="start">\d\d:\d\d:\d\d</);
  const band = drawn({ kind: 'band', series: series('a', 'b', 'c'), points: points([1, 2, 3], [2, 3, 4]) }).text;
  expect(band).toMatch(/d="M[^"]+Z" fill="#0b6e7f" fill-opacity/);
});

test('labels of the axis never touch, and a long legend takes more lines', () => {
  const many = Array.from({ length: 200 }, (_, at) => ({ label: `2026-03-02 ${at}`, values: [at] }));
  const at = numbersOf(drawn({ points: many }).text, /x="([\d.]+)" y="334" text-anchor="middle"/g);
  expect(at.length).toBeGreaterThan(3);
  const gaps = at.slice(1).map((x, position) => x - (at[position] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(90);
  const long = series(...Array.from({ length: 6 }, (_, n) => `${n} ${'x'.repeat(40)}`));
  expect(drawn({ series: long }).height).toBeGreaterThan(drawn({}).height);
});

test('a sentence is broken between words, and cut at the end of its last line', () => {
  expect(wrapped('uno dos tres', 8, 3)).toEqual(['uno dos', 'tres']);
  expect(wrapped('uno dos tres cuatro', 8, 2)).toEqual(['uno dos', 'tres …']);
  expect(wrapped('', 8, 2)).toEqual([]);
});
