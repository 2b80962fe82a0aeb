import { crc32 } from 'node:zlib';
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
  expect(() => checkPng(Buffer.concat([png, Buffer.from('more')]))).toThrow('lleva algo detrás del final');
  expect(() => checkPng(Buffer.from('GIF89a'))).toThrow(BadPngError);
  expect(() => checkPng(greyPng(0, 1))).toThrow(BadPngError);
});

test('a header that promises more pixels than anybody could draw is refused, whatever follows it', () => {
  const saying = (width: number, height: number): Buffer => {
    const png = Buffer.from(greyPng(1, 1));
    png.writeUInt32BE(width, 16);
    png.writeUInt32BE(height, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    return png;
  };
  expect(checkPng(saying(8192, 8192))).toEqual({ width: 8192, height: 8192 });
  for (const [width, height] of [
    [8192, 8193],
    [16_385, 1],
    [1, 0xffffffff],
    [0, 5],
  ] as const)
    expect(() => checkPng(saying(width, height)), `${width} × ${height}`).toThrow('un tamaño imposible');
});
