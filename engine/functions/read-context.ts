import type { DataType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';
import { sql, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import type { CompileContext } from './define-function.ts';
import type { TextOptions } from './text-options.ts';

/** What reading text files needs of its source: the session's zone and confs, the time, and a way to ask DuckDB. */
export type ReadContext = {
  readonly zone: string;
  readonly conf: (key: string) => string | undefined;
  readonly clock: { readonly now: () => number };
  readonly query: { readonly rows: (select: Sql, types: readonly DataType[]) => Promise<readonly Row[]> };
};

const policies = ['EXCEPTION', 'CORRECTED', 'LEGACY'] as const;

/** Readers never raise ANSI errors: what does not fit is NULL. */
export function readerContext(options: TextOptions, context: ReadContext): CompileContext {
  const policy = context.conf('spark.sql.legacy.timeParserPolicy')?.toUpperCase();
  return {
    zone: options.get('timeZone') ?? context.zone,
    ansi: false,
    nowUs: BigInt(Math.floor(context.clock.now())) * 1000n,
    timeParserPolicy: policies.find((name) => name === policy) ?? 'EXCEPTION',
  };
}

export const fileList = (files: readonly string[]): Sql => sql`[${sqlJoin(files.map(sqlString), ', ')}]`;

/** DuckDB's names for the encodings it has. */
const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'iso-8859-1': 'latin-1',
  latin1: 'latin-1',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16',
};

/** A line may be as long as this; DuckDB's own limit is 2 MB. */
const longestLine = 16_777_216;

/**
 * The lines of text files as column `value`, in file order; a blank line is NULL or blank. Neither quotes nor separators mean anything here: a CSV reader with
 * one column is DuckDB's fastest way to lines, and the only one that reads a file with several threads.
 */
export function linesOf(files: readonly string[], options: TextOptions, skipsHeader = false): Sql {
  const encoding = encodings[(options.get('encoding') ?? options.get('charset') ?? 'utf-8').toLowerCase()] ?? 'utf-8';
  const other = encoding === 'utf-8' ? sql`` : sql`, encoding = ${sqlString(encoding)}`;
  return sql`(SELECT value FROM read_csv(${fileList(files)}, columns = {value: 'VARCHAR'}, delim = '', quote = '', escape = '', header = ${skipsHeader ? sql`true` : sql`false`}, auto_detect = false, strict_mode = false, max_line_size = ${sql`${sqlString(String(longestLine))}`}::BIGINT${other}))`;
}

/** Whole files, one row each. */
export const wholeFiles = (files: readonly string[]): Sql =>
  sql`(SELECT content AS value FROM read_text(${fileList(files)}))`;

/** The lines of files that are not all UTF-8: what cannot be read as text is a line no format accepts. */
export const damagedLinesOf = (files: readonly string[]): Sql =>
  sql`(SELECT unnest(marea_text_lines(content)) AS value FROM read_blob(${fileList(files)}))`;
