import type { SourceContext, SourceOptions } from '../api/source.ts';
import type { StructType } from '../core/data-type.ts';
import type { Sql } from '../core/sql-text.ts';

/** A file format that can be read: how its files become SQL, and which schema they say they have. */
export type FileFormat = {
  readonly name: 'json' | 'csv' | 'parquet' | 'text';
  /** As `UNABLE_TO_INFER_SCHEMA` prints it. */
  readonly displayName: string;
  /** Which rows progress counts as input. */
  readonly counts: 'every_row' | 'rows_after_pushed_filters';
  /** Present: the schema never comes from the files or from the learner alone. */
  readonly fixedSchema?: StructType;
  /** SELECT with columns `f0`, `f1`, … in the order of `schema`; `files` absolute and not empty. */
  readonly select: (
    files: readonly string[],
    schema: StructType,
    options: SourceOptions,
    context: SourceContext,
  ) => Promise<Sql>;
  /** Null when the files say nothing (there are none, or they hold nothing). */
  readonly inferSchema: (
    files: readonly string[],
    options: SourceOptions,
    context: SourceContext,
  ) => Promise<StructType | null>;
  /** Refuses, at `load()`, options that Spark refuses there. */
  readonly checkOptions?: (options: SourceOptions) => void;
};
