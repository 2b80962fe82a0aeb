import type { SourceOptions } from '../../../engine/api/source.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';

export type SocketOptions = {
  readonly host: string;
  readonly port: number;
  readonly includeTimestamp: boolean;
  /** Absent: as many as the session has cores. */
  readonly partitions: number | undefined;
};

/** The options of a `socket` source, checked in Spark's order and refused in its words. */
export function readSocketOptions(options: SourceOptions): SocketOptions {
  const host = options.get('host');
  if (host === undefined) throw refusal(1295, 'Set a host to read from with option("host", ...).');
  const port = options.get('port');
  if (port === undefined) throw refusal(1296, 'Set a port to read from with option("port", ...).');
  const includeTimestamp = (options.get('includeTimestamp') ?? 'false').toLowerCase();
  if (includeTimestamp !== 'true' && includeTimestamp !== 'false')
    throw refusal(1297, 'IncludeTimestamp must be set to either "true" or "false".');
  const partitions = options.get('numPartitions');
  return {
    host,
    port: integer(port),
    includeTimestamp: includeTimestamp === 'true',
    partitions: partitions === undefined ? undefined : integer(partitions),
  };
}

const refusal = (number: number, sentence: string): SparkError =>
  new SparkError('AnalysisException', sentence, { condition: `_LEGACY_ERROR_TEMP_${number}` });

/** Java's `Integer.parseInt`. */
function integer(text: string): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= -(2 ** 31) && value < 2 ** 31) return value;
  throw new SparkError('NumberFormatException', `For input string: "${text}"`);
}
