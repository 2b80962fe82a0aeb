import type { Formats } from '../text/format.ts';
import type { Series } from './chart-point.ts';

/** What stands where no time is known yet; a number that is missing is Spark's null. */
const noTime = '–';

/** A value of a series for people: a number, or the time of day. `none` stands for a missing number. */
export function valueText({ isTime }: Series, value: number | null | undefined, format: Formats, none: string): string {
  const isMissing = value === null || value === undefined;
  if (isTime) return isMissing ? noTime : format.clock(value);
  return isMissing ? none : format.number(value, 2);
}
