import { expect, test } from 'vitest';
import { filePartitions } from '../../../engine/sources/file-partitions.ts';

const megabyte = 1024 * 1024;
const files = (...sizes: readonly number[]) =>
  sizes.map((size, i) => ({ path: `/in/${i}.json`, name: `${i}.json`, isFolder: false, size, modifiedMs: 0 }));
const reading = (options: Readonly<Record<string, string>> = {}) => ({
  format: { name: 'json' },
  options: { get: (name: string) => options[name], entries: [] },
  context: {
    parallelism: 2,
    conf: (key: string) =>
      ({ 'spark.sql.files.maxPartitionBytes': '128MB', 'spark.sql.files.openCostInBytes': '4MB' })[key],
  },
});
const sizes = (found: ReturnType<typeof files>, options?: Readonly<Record<string, string>>) =>
  filePartitions(found, reading(options) as never).map((pieces) => pieces.map(({ bytes }) => bytes / megabyte));

// Counts are those of Spark 3.5.7 with local[2] over files of the same sizes.
test('small files are packed by what opening them costs', () => {
  expect(sizes(files(100))).toHaveLength(1);
  expect(sizes(files(200, 100))).toHaveLength(2);
  expect(sizes(files(30, 20, 10, 5, 5)).map((pieces) => pieces.length)).toEqual([3, 2]);
  expect(sizes([])).toEqual([]);
});

test('a big file is cut, and an empty one is not read', () => {
  expect(sizes(files(300 * megabyte, 0))).toEqual([[128], [128], [44]]);
  expect(sizes(files(20 * megabyte))).toEqual([[12], [8]]);
});

test('values of several lines and compressed files are not cut', () => {
  expect(sizes(files(300 * megabyte), { multiLine: 'true' })).toEqual([[300]]);
  const [file] = files(300 * megabyte);
  expect(sizes([{ ...file!, name: 'a.json.gz' }])).toEqual([[300]]);
});
