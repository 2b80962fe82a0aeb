import type { DayTimeField, YearMonthField } from '../core/data-type.ts';

const divisors: Readonly<Record<DayTimeField | YearMonthField, number>> = {
  day: 86_400_000_000,
  hour: 3_600_000_000,
  minute: 60_000_000,
  second: 1_000_000,
  year: 12,
  month: 1,
};

/** What one unit of an interval field is worth in the interval's storage: microseconds, or months. */
export const fieldDivisor = (field: DayTimeField | YearMonthField): number => divisors[field];
