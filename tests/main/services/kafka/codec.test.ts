import { describe, expect, test } from 'vitest';
import { compileShape } from '../../../../main/services/kafka/codec.ts';
import { array, arrayOf, int32, string } from '../../../../main/services/kafka/schema.ts';
import type { Encodable, Shape } from '../../../../main/services/kafka/schema.ts';
import { WireReader } from '../../../../main/services/kafka/wire-reader.ts';
import { WireWriter } from '../../../../main/services/kafka/wire-writer.ts';
import { seededNumbers } from '../../../support/seeded-numbers.ts';
import { allApis, sampleOf, versionsOf } from './wire-samples.ts';

const pick = seededNumbers(92);

/** `message`: has the fields of the shape, which the compiler cannot see where the shape is any. */
function written(shape: Shape, version: number, isFlexible: boolean, message: object): Buffer {
  const writer = new WireWriter();
  compileShape(shape, version, isFlexible).write(writer, message as Encodable<Shape>);
  return writer.finish();
}

describe('every request and response of the protocol', () => {
  test.each(allApis.map((api) => [api.name, api] as const))(
    '%s reads back what it writes, in every version',
    (_, api) => {
      for (const version of versionsOf(api))
        for (const shape of [api.request, api.response])
          for (let round = 0; round < 5; round += 1) {
            const isFlexible = version >= api.flexibleFrom;
            const message = sampleOf(shape, version, pick);
            const bytes = written(shape, version, isFlexible, message);
            const reader = new WireReader(bytes);
            expect(compileShape(shape, version, isFlexible).read(reader)).toEqual(message);
            expect(reader.remaining).toBe(0);
          }
    },
  );

  test('no message, cut short anywhere, is read as whole', () => {
    for (const api of allApis) {
      const version = api.versions[1];
      const isFlexible = version >= api.flexibleFrom;
      const bytes = written(api.request, version, isFlexible, sampleOf(api.request, version, pick));
      for (let length = 0; length < bytes.length; length += 1) {
        const cut = new WireReader(bytes.subarray(0, length));
        expect(() => compileShape(api.request, version, isFlexible).read(cut)).toThrow(RangeError);
      }
    }
  });
});

describe('the forms of the protocol guide', () => {
  const shape = { name: string.nullable(), partitions: array(int32), since2: int32.from(2).or(7) };

  test('an old version has lengths of two and four bytes, and leaves out what came later', () => {
    const bytes = written(shape, 1, false, { name: 'ab', partitions: [5], since2: 9 });
    expect(bytes.toString('hex')).toBe('00026162' + '0000000100000005');
    expect(compileShape(shape, 1, false).read(new WireReader(bytes)).since2).toBe(7);
  });

  test('a flexible version has compact lengths, plus one, and ends in tagged fields', () => {
    const bytes = written(shape, 2, true, { name: 'ab', partitions: [5], since2: 9 });
    expect(bytes.toString('hex')).toBe('036162' + '0200000005' + '00000009' + '00');
  });

  test('null is length -1, or 0 in the compact form', () => {
    expect(written({ name: string.nullable() }, 0, false, {}).toString('hex')).toBe('ffff');
    expect(written({ name: string.nullable() }, 0, true, {}).toString('hex')).toBe('0000');
  });

  test('tagged fields nobody knows are skipped', () => {
    const bytes = Buffer.from('036162' + '0200000005' + '00000009' + '02' + '0003aabbcc' + '8001' + '00', 'hex');
    const reader = new WireReader(bytes);
    expect(compileShape(shape, 2, true).read(reader)).toEqual({ name: 'ab', partitions: [5], since2: 9 });
    expect(reader.remaining).toBe(0);
  });

  test('an array that announces more elements than the frame has bytes is refused before it is built', () => {
    const reader = new WireReader(Buffer.from('7fffffff00', 'hex'));
    expect(() => compileShape({ topics: arrayOf({ name: string }) }, 0, false).read(reader)).toThrow(/announced/);
  });

  test('null where the protocol has none is refused', () => {
    expect(() => compileShape({ name: string }, 0, false).read(new WireReader(Buffer.from('ffff', 'hex')))).toThrow(
      /null/,
    );
  });
});
