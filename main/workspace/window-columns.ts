import type { EvidenceTable } from '../contract/evidence-schema.ts';

type ColumnType = 'number' | 'time' | 'text' | 'empty';

/** What a printed table is, by its values alone: learners give columns the names they like. */
export type TableShape = {
  /** Starts of the windows of the asked width, in minutes, one for each row; null: the table has no such window. */
  readonly starts: readonly number[] | null;
  /** Types of the columns that are not the window. */
  readonly types: readonly ColumnType[];
  readonly numbers: readonly (readonly number[])[];
};

const minuteMs = 60_000;
const windowPattern = /^[{[]([^,]+), ([^,]+)[}\]]$/;
const timePattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/;
const numberPattern = /^-?(?:\d+(?:\.\d+)?(?:E-?\d+)?|NaN|-?Infinity)$/;

/** Looks for windows of so many minutes, `{start, end}` or two columns of times; zero: for none. */
export function tableShape(table: EvidenceTable, minutes: number): TableShape {
  const columns = table.columns.map((_, position) => table.rows.map((row) => row[position] ?? ''));
  const windows = minutes === 0 ? null : findWindows(columns, minutes);
  const rest = columns.filter((_, position) => windows?.used.includes(position) !== true);
  const types = rest.map(typeOf);
  return {
    starts: windows?.starts ?? null,
    types,
    numbers: rest.filter((_, position) => types[position] === 'number').map((values) => values.map(Number)),
  };
}

/** The window that `truncate` cut off cannot be judged. */
export const hasCutWindow = (table: EvidenceTable): boolean =>
  table.rows.some((row) => row.some((cell) => /^[{[]\d{4}-.*\.\.\.$/.test(cell)));

type FoundWindows = { readonly starts: readonly number[]; readonly used: readonly number[] };

function findWindows(columns: readonly (readonly string[])[], minutes: number): FoundWindows | null {
  for (const [position, values] of columns.entries()) {
    const pairs = values.map((value) => windowPattern.exec(value));
    const starts = startsOf(
      pairs.map((pair) => pair?.[1] ?? ''),
      pairs.map((pair) => pair?.[2] ?? ''),
      minutes,
    );
    if (starts !== null) return { starts, used: [position] };
    for (const [other, ends] of columns.entries()) {
      const between = other === position ? null : startsOf(values, ends, minutes);
      if (between !== null) return { starts: between, used: [position, other] };
    }
  }
  return null;
}

/** Null unless every row is exactly so many minutes long. */
function startsOf(starts: readonly string[], ends: readonly string[], minutes: number): readonly number[] | null {
  const from = starts.map(minutesOf);
  const to = ends.map(minutesOf);
  return from.length > 0 && from.every((start, row) => (to[row] ?? Number.NaN) - start === minutes) ? from : null;
}

/** As if the clock on the screen were UTC: the windows of the course divide the hour, so zones of whole hours change nothing. */
const minutesOf = (time: string): number =>
  timePattern.test(time) ? Date.parse(`${time.replace(' ', 'T')}Z`) / minuteMs : Number.NaN;

function typeOf(values: readonly string[]): ColumnType {
  const told = values.filter((value) => value.toLowerCase() !== 'null');
  if (told.length === 0) return 'empty';
  if (told.every((value) => numberPattern.test(value))) return 'number';
  return told.every((value) => timePattern.test(value)) ? 'time' : 'text';
}
