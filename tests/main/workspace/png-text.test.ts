import { expect, test } from 'vitest';
import { BadPngError, checkPng, pngText, withPngText } from '../../../main/workspace/png-text.ts';
import { greyPng } from './evidence-fixture.ts';

test('a text comes back as it went in, and the picture stays whole', () => {
  const text = '{"título":"Año · 漢字"}';
  const png = withPngText(greyPng(3, 2), 'Marea', text);
  expect(checkPng(png)).toEqual({ width: 3, height: 2 });
  expect(pngText(png, 'Marea')).toBe(text);
  expect(pngText(png, 'Other')).toBeNull();
  expect(pngText(greyPng(3, 2), 'Marea')).toBeNull();
});

test('a second text of the same keyword replaces the first', () => {
  const png = withPngText(withPngText(greyPng(1, 1), 'Marea', 'one'), 'Marea', 'two');
  expect(pngText(png, 'Marea')).toBe('two');
  expect(png.toString('latin1').split('iTXt')).toHaveLength(2);
});

test('every flipped byte, every cut and anything else is refused', () => {
  const png = withPngText(greyPng(2, 2), 'Marea', 'text');
  for (let at = 0; at < png.length; at += 1) {
    const damaged = Buffer.from(png);
    damaged[at] = (damaged[at] ?? 0) ^ 0x20;
    expect(() => checkPng(damaged), `byte ${at}`).toThrow(BadPngError);
    expect(() => checkPng(png.subarray(0, at)), `cut at ${at}`).toThrow(BadPngError);
  }
  expect(() => checkPng(Buffer.concat([png, Buffer.from('more')]))).toThrow(BadPngError);
  expect(() => checkPng(Buffer.from('GIF89a'))).toThrow(BadPngError);
  expect(() => checkPng(greyPng(0, 1))).toThrow(BadPngError);
});
