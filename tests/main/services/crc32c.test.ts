import { describe, expect, test } from 'vitest';
import { crc32c } from '../../../main/services/crc32c.ts';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('CRC-32C', () => {
  // The examples of RFC 3720, B.4.
  test.each([
    ['nothing', Buffer.alloc(0), 0],
    ['the check value', ascii('123456789'), 0xe3069283],
    ['32 bytes of zeros', Buffer.alloc(32), 0x8a9136aa],
    ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['32 incrementing bytes', Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)), 0x46dd794e],
    ['32 decrementing bytes', Buffer.from(Array.from({ length: 32 }, (_, byte) => 31 - byte)), 0x113fdb5c],
  ])('of %s is the one of the standard', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  test('goes on from the checksum of what comes before, wherever the bytes are cut', () => {
    const bytes = ascii('La marea sube y baja dos veces al día, y la marca de agua queda.');
    for (let cut = 0; cut <= bytes.length; cut += 1)
      expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(crc32c(bytes));
  });

  test('does not depend on where the bytes lie in memory', () => {
    const padded = Buffer.concat([ascii('xyz'), ascii('123456789')]);
    expect(crc32c(padded.subarray(3))).toBe(0xe3069283);
  });
});
