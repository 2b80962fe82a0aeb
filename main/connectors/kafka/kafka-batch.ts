import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { SourceOptions, SourceRows } from '../../../engine/api/source.ts';
import { jobAborted } from '../../../engine/core/job-aborted.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { planningFailed } from './kafka-failures.ts';
import { taskSizes, type OffsetRange } from './offset-range.ts';
import { openReading, type Reading } from './open-reading.ts';
import { wholeOption, type OffsetLimit } from './read-options.ts';
import { readRanges } from './read-range.ts';

export type BatchLimits = { readonly starting: OffsetLimit; readonly ending: OffsetLimit };

/** Rows of one batch read; looked up anew by each action. */
export async function readKafkaBatch(
  options: SourceOptions,
  limits: BatchLimits,
  endpoints: Endpoints,
): Promise<SourceRows> {
  const reading = await openBatch(options, endpoints);
  return { kind: 'rows', blocks: rowsOf(reading, await planned(reading, limits)) };
}

/** Records in each partition of Spark's frame over this read. */
export async function batchTaskSizes(
  options: SourceOptions,
  limits: BatchLimits,
  endpoints: Endpoints,
): Promise<readonly number[]> {
  const reading = await openBatch(options, endpoints);
  return taskSizes(
    await resolvedRanges(reading, await planned(reading, limits)),
    wholeOption(options, 'minPartitions'),
  );
}

const openBatch = (options: SourceOptions, endpoints: Endpoints): Promise<Reading> =>
  openReading(options, endpoints, `spark-kafka-relation-${crypto.randomUUID()}`);

type Ends = { readonly from: Awaited<ReturnType<Reading['offsets']['limitOf']>>; readonly until: Ends['from'] };

/** Spark plans a batch read with the ends still open. An assertion that fails here fails the planning of the query. */
async function planned({ offsets }: Reading, { starting, ending }: BatchLimits): Promise<Ends> {
  try {
    const from = await offsets.limitOf(starting, 'starting');
    const until = await offsets.limitOf(ending, 'ending');
    return { from, until };
  } catch (error) {
    const isAssertion = error instanceof SparkError && error.name === 'java.lang.AssertionError';
    throw isAssertion ? planningFailed(error) : error;
  }
}

/** The tasks find the ends of their partitions. */
async function resolvedRanges({ offsets }: Reading, ends: Ends): Promise<readonly OffsetRange[]> {
  const [from, until] = [await offsets.resolved(ends.from), await offsets.resolved(ends.until)];
  return [...until].flatMap(([name, { topic, partition, offset }]) => {
    const begin = from.get(name)?.offset;
    return begin === undefined ? [] : [{ topic, partition, from: begin, until: offset }];
  });
}

async function* rowsOf(reading: Reading, ends: Ends): ReturnType<typeof readRanges> {
  const ranges = await resolvedRanges(reading, ends);
  for (const range of ranges) if (range.from > range.until) throw emptyRange(range);
  yield* readRanges(ranges, reading.range);
}

const emptyRange = (range: OffsetRange): SparkError =>
  jobAborted(
    'java.lang.AssertionError',
    `assertion failed: Beginning offset ${range.from} is after the ending offset ${range.until} for topic ${range.topic} partition ${range.partition}. You either provided an invalid fromOffset, or the Kafka topic has been damaged`,
  );
