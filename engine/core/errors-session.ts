import type { ErrorRow } from './error-row.ts';

/** Errors of a session's own commands: views, actions on streams, pivots. Texts of Spark 3.5.7. */
export const sessionErrors = {
  CALL_ON_STREAMING_DATASET_UNSUPPORTED: {
    class: 'AnalysisException',
    sqlState: '42KDE',
    message: (p: { methodName: string }) =>
      `The method ${p.methodName} can not be called on streaming Dataset/DataFrame.`,
  },
  WRITE_STREAM_NOT_ALLOWED: {
    class: 'AnalysisException',
    sqlState: '42601',
    message: (_: Readonly<Record<string, never>>) => '`writeStream` can be called only on streaming Dataset/DataFrame.',
  },
  TEMP_TABLE_OR_VIEW_ALREADY_EXISTS: {
    class: 'AnalysisException',
    sqlState: '42P07',
    message: (p: { relationName: string }) =>
      `Cannot create the temporary view ${p.relationName} because it already exists.\nChoose a different name, drop or replace the existing view,  or add the IF NOT EXISTS clause to tolerate pre-existing views.`,
  },
  _LEGACY_ERROR_TEMP_1324: {
    class: 'AnalysisException',
    legacy: true,
    message: (p: { pivotColumn: string; maxValues: string }) =>
      `The pivot column ${p.pivotColumn} has more than ${p.maxValues} distinct values, this could indicate an error. If this was intended, set spark.sql.pivotMaxValues to at least the number of distinct values of the pivot column.`,
  },
} as const satisfies Record<string, ErrorRow>;
