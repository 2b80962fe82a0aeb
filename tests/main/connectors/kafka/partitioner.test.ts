import { expect, test } from 'vitest';
import { murmur2, Partitioner } from '../../../../main/connectors/kafka/partitioner.ts';

test.each([
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
  ['a-little-bit-longer-string', -1_486_304_829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
  ['abc', 479_470_107],
])('the hash of %s is Kafka’s', (text, hash) => {
  expect(murmur2(Buffer.from(text))).toBe(hash);
});

test('keys go where Kafka’s producer puts them, an empty key too', () => {
  const partitioner = new Partitioner();
  const place = (key: string): number => partitioner.partitionOf('t', Buffer.from(key), 1, 3);
  expect(['1', '2', '3', '4', 'AME', 'iabd', 'ñ', ''].map(place)).toEqual([0, 2, 2, 1, 1, 0, 2, 0]);
});

test('records without a key stay together until a batch is full', () => {
  const partitioner = new Partitioner();
  const first = partitioner.partitionOf('t', null, 16_000, 1000);
  expect(partitioner.partitionOf('t', null, 16_000, 1000)).toBe(first);
  const later = Array.from({ length: 20 }, () => partitioner.partitionOf('t', null, 17_000, 1000));
  expect(new Set(later).size).toBeGreaterThan(1);
});
