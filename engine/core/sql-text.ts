import type { Brand } from './brand.ts';

/** Text that is already safe to hand to DuckDB. Only this file may make one out of a plain string. */
export type Sql = Brand<string, 'Sql'>;

export const sql = (parts: TemplateStringsArray, ...holes: readonly Sql[]): Sql =>
  String.raw({ raw: parts.raw }, ...holes) as Sql;

/** Always quoted: learners name columns `at`, `select`, `ñ`. */
export const sqlName = (name: string): Sql => `"${name.replaceAll('"', '""')}"` as Sql;

export const sqlString = (text: string): Sql => `'${text.replaceAll("'", "''").replaceAll('\0', '')}'` as Sql;

export const sqlInteger = (value: number | bigint): Sql => {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Error(`not an integer: ${value}`);
  return value.toString() as Sql;
};

export const sqlDouble = (value: number): Sql => {
  if (Number.isNaN(value)) return `'NaN'::DOUBLE` as Sql;
  if (!Number.isFinite(value)) return `'${value > 0 ? '' : '-'}Infinity'::DOUBLE` as Sql;
  return `${Object.is(value, -0) ? '-0.0' : value.toString()}::DOUBLE` as Sql;
};

/** Joins pieces; an empty list gives an empty text. */
export const sqlJoin = (pieces: readonly Sql[], separator: string): Sql => pieces.join(separator) as Sql;

/** A DuckDB keyword, type or function name written in this code base, never taken from a learner. */
export const sqlWord = (word: string): Sql => {
  if (!/^[A-Za-z_][A-Za-z0-9_ (),]*$/.test(word)) throw new Error(`not an SQL word: ${word}`);
  return word as Sql;
};
