import type { Formats } from '../text/format.ts';
import type { Series } from './chart-data.ts';

/** A value of a series for people: a number, the time of day, or what stands for no value. */
export const valueText = (
  { isTime }: Series,
  value: number | null | undefined,
  format: Formats,
  none: string,
): string =>
  value === null || value === undefined ? none : isTime ? format.clock(value) : format.number(value, 2);
