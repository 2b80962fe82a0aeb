import { dataLoss } from './kafka-failures.ts';
import { partitionName, type TopicPartition } from './kafka-record.ts';
import { offsetMap, partitionSet, type OffsetMap } from './offset-map.ts';

/** What one batch reads of one partition: from `from` up to but not including `until`. */
export type OffsetRange = TopicPartition & { readonly from: number; readonly until: number };

/**
 * The ranges of a micro-batch, in order of topic and partition. Partitions that are new begin at their earliest offset, which `earliestOf` looks up.
 * `onLoss` is told what is missing, in Spark's words, and may throw.
 */
export async function batchRanges(
  start: OffsetMap,
  end: OffsetMap,
  earliestOf: (places: readonly TopicPartition[]) => Promise<OffsetMap>,
  onLoss: (message: string) => void,
): Promise<readonly OffsetRange[]> {
  const added = [...end.values()].filter((place) => !start.has(partitionName(place)));
  const firsts = await earliestOf(added);
  const vanished = added.filter((place) => !firsts.has(partitionName(place)));
  if (vanished.length > 0)
    onLoss(`Cannot find earliest offsets of ${partitionSet(vanished)}. Some data may have been missed`);
  for (const [name, { offset }] of firsts)
    if (offset !== 0)
      onLoss(`Added partition ${name} starts from ${offset} instead of 0. Some data may have been missed`);
  const gone = [...start.values()].filter((place) => !end.has(partitionName(place)));
  if (gone.length > 0) onLoss(`${partitionSet(gone)} are gone. Some data may have been missed.`);
  return [...end].flatMap(([name, { topic, partition, offset: until }]) => {
    const from = start.get(name)?.offset ?? firsts.get(name)?.offset;
    if (from === undefined) return [];
    if (until < from)
      onLoss(`Partition ${name}'s offset was changed from ${from} to ${until}, some data may have been missed`);
    return until > from ? [{ topic, partition, from, until }] : [];
  });
}

/** Spark's answer to `failOnDataLoss`: the query fails, or it goes on with what is there. */
export const lossReporter =
  (failOnDataLoss: boolean) =>
  (message: string): void => {
    if (failOnDataLoss) throw dataLoss(message);
  };

/** The end of a batch of at most `limit` records, shared out by how much each partition has; none that has some is left without. */
export function limitedEnd(limit: number, start: OffsetMap, latest: OffsetMap, firsts: OffsetMap): OffsetMap {
  const sizes = new Map(
    [...latest].flatMap(([name, { offset }]) => {
      const begin = start.get(name)?.offset ?? firsts.get(name)?.offset;
      return begin !== undefined && offset > begin ? [[name, { begin, size: offset - begin }] as const] : [];
    }),
  );
  const total = [...sizes.values()].reduce((sum, { size }) => sum + size, 0);
  return offsetMap(
    [...latest].map(([name, entry]) => {
      const range = sizes.get(name);
      if (range === undefined) return entry;
      const share = limit * (range.size / total);
      return {
        ...entry,
        offset: Math.min(entry.offset, range.begin + (share < 1 ? Math.ceil(share) : Math.floor(share))),
      };
    }),
  );
}

/** The sizes of the tasks Spark cuts a batch read into: one a partition, or about `minPartitions` by size, without the empty ones. */
export function taskSizes(ranges: readonly OffsetRange[], minPartitions: number | undefined): readonly number[] {
  const all = ranges.map(({ from, until }) => until - from);
  if (minPartitions === undefined || minPartitions <= all.length) return all;
  const sizes = all.filter((size) => size > 0);
  const total = sum(sizes);
  const parts = (size: number, of: number, wanted: number): number => Math.max(Math.round((size / of) * wanted), 1);
  const isCut = (size: number): boolean => parts(size, total, minPartitions) > 1;
  const cutTotal = sum(sizes.filter(isCut));
  const wanted = Math.max(minPartitions - sizes.filter((size) => !isCut(size)).length, 1);
  return sizes.flatMap((size) => (isCut(size) ? split(size, parts(size, cutTotal, wanted)) : [size]));
}

/** Each part takes its share of what is left. */
function split(size: number, parts: number): readonly number[] {
  const bounds = Array.from({ length: parts + 1 }, (_, part) => Math.floor((size * part) / parts));
  return bounds.slice(1).map((bound, part) => bound - (bounds[part] ?? 0));
}

const sum = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0);
