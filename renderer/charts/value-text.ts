import type { Formats } from '../text/format.ts';
import type { Series } from './chart-point.ts';

/** What stands where no time is known yet and where a split has no such part; another number that is missing is Spark's null. */
const nothing = '–';

/** A value of a series for people: a number, or the time of day. `none` stands for a missing number. */
export function valueText(
  { isTime, isPart }: Series,
  value: number | null | undefined,
  format: Formats,
  none: string,
): string {
  const isMissing = value === null || value === undefined;
  if (isTime) return isMissing ? nothing : format.clock(value);
  if (isMissing) return isPart ? nothing : none;
  return format.number(value, 2);
}
