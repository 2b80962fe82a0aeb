import { describe, expect, test } from 'vitest';
import {
  offsetMap,
  offsetsFromJson,
  offsetsToJson,
  type OffsetMap,
} from '../../../../main/connectors/kafka/offset-map.ts';
import { batchRanges, limitedEnd, lossReporter, taskSizes } from '../../../../main/connectors/kafka/offset-range.ts';

const offsets = (json: object): OffsetMap => offsetsFromJson(json)!;
const firstAt = (offset: number) => async (places: readonly { topic: string; partition: number }[]) =>
  offsetMap(places.map((place) => ({ ...place, offset })));

describe('offsets as Spark logs them', () => {
  test('are sorted by topic and partition', () => {
    const map = offsetMap([
      { topic: 'b', partition: 0, offset: 1 },
      { topic: 'a', partition: 10, offset: 2 },
      { topic: 'a', partition: 9, offset: 3 },
    ]);
    expect(JSON.stringify(offsetsToJson(map))).toBe('{"a":{"9":3,"10":2},"b":{"0":1}}');
    expect([...map.keys()]).toEqual(['a-9', 'a-10', 'b-0']);
  });

  test.each([
    ['{}', true],
    ['{"t":{"0":"7"}}', true],
    ['[]', false],
    ['{"t":5}', false],
    ['{"t":{"x":1}}', false],
    ['{"t":{"0":null}}', false],
  ])('%s is a map: %s', (text, isMap) => expect(offsetsFromJson(JSON.parse(text)) !== undefined).toBe(isMap));
});

describe('the ranges of a batch', () => {
  const losses: string[] = [];
  const ranges = (start: object, end: object, first = 0) => {
    losses.length = 0;
    return batchRanges(offsets(start), offsets(end), firstAt(first), (loss) => losses.push(loss));
  };

  test('go from the last batch to the new end, and leave out what has nothing new', async () => {
    expect(await ranges({ t: { 0: 2, 1: 5 } }, { t: { 0: 4, 1: 5 } })).toEqual([
      { topic: 't', partition: 0, from: 2, until: 4 },
    ]);
    expect(losses).toEqual([]);
  });

  test('begin at the first record of a new partition', async () => {
    expect(await ranges({ t: { 0: 2 } }, { t: { 0: 2, 1: 3 } })).toEqual([
      { topic: 't', partition: 1, from: 0, until: 3 },
    ]);
    expect(await ranges({ t: { 0: 2 } }, { t: { 0: 2, 1: 3 } }, 1)).toEqual([
      { topic: 't', partition: 1, from: 1, until: 3 },
    ]);
    expect(losses).toEqual(['Added partition t-1 starts from 1 instead of 0. Some data may have been missed']);
  });

  test('tell of partitions that are gone and of offsets that went back', async () => {
    expect(await ranges({ t: { 0: 9 }, u: { 0: 1 } }, { t: { 0: 3 } })).toEqual([]);
    expect(losses).toEqual([
      'Set(u-0) are gone. Some data may have been missed.',
      "Partition t-0's offset was changed from 9 to 3, some data may have been missed",
    ]);
  });

  test('with failOnDataLoss a loss is an error that says what to do', () => {
    expect(() => lossReporter(true)('Falta algo')).toThrow(
      /^Falta algo\. \nSome data may have been lost .*\n data was aged out/,
    );
    expect(() => lossReporter(false)('Falta algo')).not.toThrow();
  });
});

test.each([
  [4, { 0: 0, 1: 0, 2: 0 }, { 0: 6, 1: 3, 2: 0 }, { 0: 2, 1: 1, 2: 0 }],
  [1, { 0: 0, 1: 0 }, { 0: 100, 1: 1 }, { 0: 1, 1: 1 }],
  [10, { 0: 5 }, { 0: 7 }, { 0: 7 }],
  [3, {}, { 0: 8 }, { 0: 5 }],
])('a limit of %d is shared out by what each partition has', (limit, start, latest, end) => {
  const firsts = offsets('0' in start ? {} : { t: { 0: 2 } });
  expect(offsetsToJson(limitedEnd(limit, offsets({ t: start }), offsets({ t: latest }), firsts))).toEqual({ t: end });
});

test.each([
  [undefined, [6, 3, 0], [6, 3, 0]],
  [2, [6, 3, 0], [6, 3, 0]],
  [6, [6, 3, 0], [1, 2, 1, 2, 1, 2]],
  [4, [100, 1, 1], [50, 50, 1, 1]],
])('minPartitions %s cuts partitions of %j into tasks of %j', (minPartitions, sizes, tasks) => {
  const ranges = sizes.map((size, partition) => ({ topic: 't', partition, from: 10, until: 10 + size }));
  expect(taskSizes(ranges, minPartitions)).toEqual(tasks);
});
