import type { Offset, ReadLimit, ReadRequest, SourceContext, SourceFormat, StreamSource } from '../api/source.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { sql, sqlInteger } from '../core/sql-text.ts';
import { rateSchema } from './rate-source.ts';

type Position = { readonly offset: number; readonly timestamp: number };

/** A fixed number of rows in each micro-batch, with a time that the options decide: the same rows in every run. */
export const rateMicroBatchSource: SourceFormat = {
  format: 'rate-micro-batch',
  loadStream: async (request, context) => {
    if (request.schema !== undefined)
      throw sparkError('_LEGACY_ERROR_TEMP_2242', { provider: 'RatePerMicroBatchProvider' });
    const options = readOptions(request, context.parallelism);
    return {
      schema: rateSchema,
      description: 'rate-micro-batch',
      open: (folder) => openSource(options, folder, context),
    };
  },
};

type Options = {
  readonly rows: number;
  readonly startMs: number;
  readonly advanceMs: number;
  readonly partitions: string;
};

function readOptions(request: ReadRequest, parallelism: number): Options {
  const number = (name: string, fallback: string, least: number, rule: string): number => {
    const text = request.options.get(name) ?? fallback;
    if (!/^-?\d+$/.test(text) || Number(text) < least)
      throw new SparkError('IllegalArgumentException', `Invalid value '${text}'. The option '${name}' must be ${rule}`);
    return Number(text);
  };
  return {
    rows: number('rowsPerBatch', '0', 1, 'positive'),
    startMs: number('startTimestamp', '0', 0, 'non-negative'),
    advanceMs: number('advanceMillisPerBatch', '1000', 0, 'non-negative'),
    partitions: request.options.get('numPartitions') ?? String(parallelism),
  };
}

async function openSource(options: Options, folder: string, context: SourceContext): Promise<StreamSource> {
  const createdMs = await startTime(options, folder, context);
  const initial: Position = { offset: 0, timestamp: createdMs };
  const position = (offset: Offset | null): Position => (offset === null ? initial : (offset as Position));
  return {
    description: `RatePerMicroBatchStream[rowsPerBatch=${options.rows}, numPartitions=${options.partitions}, startTimestamp=${options.startMs}, advanceMillisPerBatch=${options.advanceMs}]`,
    latestOffset: async (start: Offset | null, _limit: ReadLimit) => {
      const from = position(start);
      return { offset: from.offset + options.rows, timestamp: from.timestamp + options.advanceMs };
    },
    read: async (start, end) => {
      const [from, to] = [position(start), position(end)];
      return {
        kind: 'sql',
        select: sql`SELECT make_timestamp(${sqlInteger(from.timestamp)} * 1000) AS f0, i AS f1 FROM range(${sqlInteger(from.offset)}, ${sqlInteger(to.offset)}) t(i)`,
        counts: 'every_row',
        partitions: Number(options.partitions),
      };
    },
    stop: async () => undefined,
  };
}

async function startTime(options: Options, folder: string, context: SourceContext): Promise<number> {
  const path = `${folder}/0`;
  if ((await context.files.stat(path)) !== null) return Number((await context.files.readText(path)).split('\n')[1]);
  await context.files.makeFolder(folder);
  await context.files.writeAtomic(path, `v1\n${options.startMs}`);
  return options.startMs;
}
