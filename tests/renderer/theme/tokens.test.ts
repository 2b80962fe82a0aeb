import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../../renderer/theme/tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['canvas', 'surface', 'raised', 'sunken'];
const washes = ['tide-wash', 'late-wash', 'dropped-wash'];
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...grounds, ...washes]],
  ['muted', [...grounds, ...washes]],
  ['tide', ['surface', 'raised', 'sunken', 'tide-wash']],
  ['tide-strong', ['on-tide']],
  ['on-tide', ['tide']],
  ['mark', ['surface', 'sunken']],
  ['late', ['surface', 'sunken', 'late-wash']],
  ['dropped', ['surface', 'sunken', 'dropped-wash', 'raised']],
  ['ok', ['surface', 'sunken']],
  ...['code-kw', 'code-str', 'code-fn', 'code-num', 'code-com'].map((name) => [name, ['sunken', 'surface']] as const),
];
const graphics: readonly (readonly [string, readonly string[]])[] = [
  ['edge', ['surface', 'sunken', 'raised']],
  ['faint', ['surface']],
  ['tide-soft', ['surface']],
  ['tide', ['canvas', 'surface']],
  ['ok', ['surface']],
];

for (const theme of ['light', 'dark'] as const) {
  const colour = (name: string) => tokens.get(name)?.[theme] ?? '';

  test(`${theme}: every text colour reaches 4.5:1 on the grounds it stands on`, () => {
    const weak = texts
      .flatMap(([name, on]) => on.map((ground) => ({ name, ground, ratio: contrast(colour(name), colour(ground)) })))
      .filter(({ ratio }) => !(ratio >= 4.5));
    expect(weak).toEqual([]);
  });

  test(`${theme}: every edge and every drawn shape reaches 3:1`, () => {
    const weak = graphics
      .flatMap(([name, on]) => on.map((ground) => ({ name, ground, ratio: contrast(colour(name), colour(ground)) })))
      .filter(({ ratio }) => !(ratio >= 3));
    expect(weak).toEqual([]);
  });
}
