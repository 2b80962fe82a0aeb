import type { Offset, ReadRequest, SourceContext, SourceFormat, SourceRows, StreamSource } from '../api/source.ts';
import { field, longType, structType, timestampType } from '../core/data-type.ts';
import { shortTimeMs } from '../core/short-time.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { sql, sqlDouble, sqlInteger } from '../core/sql-text.ts';

export const rateSchema = structType([field('timestamp', timestampType), field('value', longType)]);

/** Counts up at a given rate; offsets are whole seconds since the first start, which `sources/<n>/0` keeps. */
export const rateSource: SourceFormat = {
  format: 'rate',
  loadStream: async (request, context) => {
    if (request.schema !== undefined) throw sparkError('_LEGACY_ERROR_TEMP_2242', { provider: 'RateStreamProvider' });
    const options = rateOptions(request);
    return { schema: rateSchema, description: 'rate', open: (folder) => openRate(options, folder, context) };
  },
};

type RateOptions = {
  readonly rowsPerSecond: number;
  readonly rampUpSeconds: number;
  readonly partitions: number | undefined;
};

function rateOptions(request: ReadRequest): RateOptions {
  const rowsPerSecond = request.options.get('rowsPerSecond') ?? '1';
  if (!/^\d+$/.test(rowsPerSecond) || Number(rowsPerSecond) <= 0)
    throw new SparkError(
      'IllegalArgumentException',
      `Invalid value '${rowsPerSecond}'. The option 'rowsPerSecond' must be positive`,
    );
  const rampUp = request.options.get('rampUpTime') ?? '0s';
  const rampUpSeconds = Math.floor(shortTimeMs(rampUp) / 1000);
  if (rampUpSeconds < 0)
    throw new SparkError(
      'IllegalArgumentException',
      `Invalid value '${rampUp}'. The option 'rampUpTime' must not be negative`,
    );
  const partitions = request.options.get('numPartitions');
  if (partitions !== undefined && !(Number(partitions) > 0))
    throw new SparkError(
      'IllegalArgumentException',
      `Invalid value '${partitions}'. The option 'numPartitions' must be positive`,
    );
  return {
    rowsPerSecond: Number(rowsPerSecond),
    rampUpSeconds,
    partitions: partitions === undefined ? undefined : Number(partitions),
  };
}

async function openRate(options: RateOptions, folder: string, context: SourceContext): Promise<StreamSource> {
  const createdMs = await creationTime(folder, context);
  let lastMs = createdMs;
  const partitions = options.partitions === undefined ? 'default' : String(options.partitions);
  return {
    // Spark prints no closing bracket.
    description: `RateStreamV2[rowsPerSecond=${options.rowsPerSecond}, rampUpTimeSeconds=${options.rampUpSeconds}, numPartitions=${partitions}`,
    latestOffset: async () => {
      lastMs = Math.max(lastMs, context.clock.now());
      return Math.floor((lastMs - createdMs) / 1000);
    },
    read: async (start, end) => ({
      ...rateRows(seconds(start), seconds(end), createdMs, options),
      partitions: seconds(start) === seconds(end) ? 0 : (options.partitions ?? context.parallelism),
    }),
    stop: async () => undefined,
  };
}

const seconds = (offset: Offset | null): number => Number(offset ?? 0);

async function creationTime(folder: string, context: SourceContext): Promise<number> {
  const path = `${folder}/0`;
  if ((await context.files.stat(path)) !== null) return Number((await context.files.readText(path)).split('\n')[1]);
  const now = context.clock.now();
  await context.files.makeFolder(folder);
  await context.files.writeAtomic(path, `v1\n${now}`);
  return now;
}

function rateRows(from: number, to: number, createdMs: number, options: RateOptions): SourceRows {
  const [first, end] = [valueAt(from, options), valueAt(to, options)];
  const startMs = createdMs + from * 1000;
  const msPerValue = end > first ? ((to - from) * 1000) / (end - first) : 0;
  const select = sql`SELECT make_timestamp(CAST(round((i - ${sqlInteger(first)}) * ${sqlDouble(msPerValue)}) + ${sqlInteger(startMs)} AS BIGINT) * 1000) AS f0, i AS f1 FROM range(${sqlInteger(first)}, ${sqlInteger(end)}) t(i)`;
  return { kind: 'sql', select, counts: 'every_row' };
}

/** Rows produced before second `at`: the rate grows evenly while it ramps up. */
export function valueAt(
  at: number,
  options: { readonly rowsPerSecond: number; readonly rampUpSeconds: number },
): number {
  const { rowsPerSecond, rampUpSeconds } = options;
  const speedDelta = rampUpSeconds === 0 ? rowsPerSecond : Math.floor(rowsPerSecond / (rampUpSeconds + 1));
  if (at <= rampUpSeconds && rampUpSeconds > 0) {
    if (at === 0) return 0;
    if (at % 2 === 1) return ((at + 1) / 2) * at * speedDelta;
    return (at + 1) * (at / 2) * speedDelta;
  }
  return at === 0
    ? 0
    : (rampUpSeconds === 0 ? 0 : valueAt(rampUpSeconds, options)) + (at - rampUpSeconds) * rowsPerSecond;
}
