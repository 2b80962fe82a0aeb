import { SparkError } from './spark-error.ts';

const unitMs: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Spark's `JavaUtils.timeStringAs`: digits and a short unit; without a unit, milliseconds. */
export function shortTimeMs(text: string): number {
  const found = /^(-?\d+)([a-z]+)?$/.exec(text.trim().toLowerCase());
  const unit = found?.[2] === undefined ? 1 : unitMs[found[2]];
  if (found?.[1] === undefined || unit === undefined)
    throw new SparkError(
      'NumberFormatException',
      `Time must be specified as seconds (s), milliseconds (ms), microseconds (us), minutes (m or min), hour (h), or day (d). E.g. 50s, 100ms, or 250us.\n${
        found?.[2] === undefined ? `Failed to parse time string: ${text}` : `Invalid suffix: "${found[2]}"`
      }`,
    );
  return Number(found[1]) * unit;
}
