import { expect, test } from 'vitest';
import { byteSize } from '../../../engine/core/byte-size.ts';

test.each([
  ['134217728', 134_217_728],
  ['134217728b', 134_217_728],
  ['4m', 4_194_304],
  ['10MB', 10_485_760],
  [' 1 ', 1],
  ['2g', 2_147_483_648],
  ['-1', -1],
])('%s is %d bytes', (text, bytes) => {
  expect(byteSize(text)).toBe(bytes);
});

test('anything else is refused as Java does', () => {
  expect(() => byteSize('much')).toThrow('Failed to parse byte string: much');
});
