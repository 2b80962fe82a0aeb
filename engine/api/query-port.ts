import type { Sql } from '../core/sql-text.ts';
import type { DataType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';

/** SQL text in, decoded rows out, in the session's own DuckDB instance: for schema inference and previews. */
export type QueryPort = {
  readonly rows: (select: Sql, types: readonly DataType[]) => Promise<readonly Row[]>;
  /** Column names and DuckDB type texts of a SELECT, without running it. */
  readonly describe: (select: Sql) => Promise<readonly { readonly name: string; readonly duckdbType: string }[]>;
};
