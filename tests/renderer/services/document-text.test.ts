import { describe, expect, test } from 'vitest';
import { partsOf, relaxedValue, shellText } from '../../../renderer/services/document-text.ts';

const document = {
  _id: { $oid: '6b06a88b2f65603384f22387' },
  cantidad: { $numberInt: '3' },
  total: { $numberLong: '9007199254740993' },
  media: { $numberDouble: '2.0' },
  precio: { $numberDecimal: '1.10' },
  cuando: { $date: { $numberLong: '1764064800000' } },
  'con espacio': ["d'Elx", null, true],
  vacio: {},
};

describe('a document on the screen', () => {
  test('is written as mongosh writes it', () => {
    expect(shellText(document)).toBe(
      "{ _id: ObjectId('6b06a88b2f65603384f22387'), cantidad: 3, total: Long('9007199254740993'), media: 2.0, " +
        "precio: Decimal128('1.10'), cuando: ISODate('2025-11-25T10:00:00.000Z'), " +
        `"con espacio": [ 'd\\'Elx', null, true ], vacio: {} }`,
    );
  });

  test('opens where it holds documents and arrays, not at typed values', () => {
    expect(partsOf({ a: 1 })).toEqual([['a', 1]]);
    expect(partsOf(['x'])).toEqual([['0', 'x']]);
    expect(partsOf(document.cuando)).toBeNull();
    expect(partsOf('x')).toBeNull();
  });

  test('a date no calendar has is shown as its milliseconds', () => {
    expect(shellText({ $date: { $numberLong: '9223372036854775807' } })).toBe("ISODate('9223372036854775807')");
  });
});

test('copied JSON has plain numbers where JSON can hold them', () => {
  expect(relaxedValue(document)).toEqual({
    _id: { $oid: '6b06a88b2f65603384f22387' },
    cantidad: 3,
    total: { $numberLong: '9007199254740993' },
    media: 2,
    precio: { $numberDecimal: '1.10' },
    cuando: { $date: '2025-11-25T10:00:00.000Z' },
    'con espacio': ["d'Elx", null, true],
    vacio: {},
  });
  expect(relaxedValue({ $numberDouble: 'NaN' })).toEqual({ $numberDouble: 'NaN' });
});
