import type { ErrorRow } from './error-row.ts';

const legacy = <Parameters>(message: (p: Parameters) => string) =>
  ({ class: 'AnalysisException', legacy: true, message }) as const;

/** Sentences of analysis that Spark 3.5 prints without `[CODE]`. Codes of the form `_LEGACY_ERROR_TEMP_n` are what `getErrorClass` answers; the others have none. */
export const legacyAnalysisErrors = {
  _LEGACY_ERROR_TEMP_1023: legacy(
    (p: { prettyName: string; syntax: string }) => `Function ${p.prettyName} does not support ${p.syntax}.`,
  ),
  _LEGACY_ERROR_TEMP_1034: legacy(
    (p: { clauseName: string }) => `It is not allowed to use window functions inside ${p.clauseName} clause.`,
  ),
  _LEGACY_ERROR_TEMP_1036: legacy(
    (p: { wf: string; required: string }) => `Window Frame ${p.wf} must match the required frame ${p.required}.`,
  ),
  _LEGACY_ERROR_TEMP_1037: legacy(
    (p: { wf: string }) =>
      `Window function ${p.wf} requires window to be ordered, please add ORDER BY clause. For example SELECT ${p.wf}(value_expr) OVER (PARTITION BY window_partition ORDER BY window_ordering) from table.`,
  ),
  _LEGACY_ERROR_TEMP_1039: legacy(
    (_: Readonly<Record<string, never>>) =>
      'Multiple time/session window expressions would result in a cartesian product of rows, therefore they are currently not supported.',
  ),
  _LEGACY_ERROR_TEMP_1040: legacy(
    (p: { dataType: string }) =>
      `Gap duration expression used in session window must be CalendarIntervalType, but got ${p.dataType}.`,
  ),
  _LEGACY_ERROR_TEMP_1050: legacy(
    (p: { attributes: string }) => `Can only star expand struct data types. Attribute: \`${p.attributes}\`.`,
  ),
  _LEGACY_ERROR_TEMP_1182: legacy(
    (p: { attributes: string }) =>
      `Column ${p.attributes} are ambiguous. It's probably because you joined several Datasets together, and some of these Datasets are the same. This column points to one of the Datasets but Spark is unable to figure out which one. Please alias the Datasets with different names via \`Dataset.as\` before joining them, and specify the column using qualified name, e.g. \`df.as("a").join(df.as("b"), $"a.id" > $"b.id")\`. You can also set spark.sql.analyzer.failAmbiguousSelfJoin to false to disable this check.`,
  ),
  _LEGACY_ERROR_TEMP_1201: legacy(
    (p: { colName: string; fieldNames: string }) =>
      `Cannot resolve column name "${p.colName}" among (${p.fieldNames}).`,
  ),
  _LEGACY_ERROR_TEMP_1207: legacy(
    (_: Readonly<Record<string, never>>) =>
      'The duration and time inputs to window must be an integer, long or string literal.',
  ),
  NOT_A_WINDOW_COLUMN: legacy(
    (p: { windowColumn: string }) => `The input is not a correct window column: ${p.windowColumn}`,
  ),
  UNSUPPORTED_IN_STREAMING: legacy((p: { sentence: string }) => p.sentence),
  STREAMING_SOURCE_IN_BATCH: legacy(
    (_: Readonly<Record<string, never>>) => 'Queries with streaming sources must be executed with writeStream.start()',
  ),
  JOIN_CONDITION_WITH_AGGREGATE: legacy(
    (p: { condition: string }) =>
      `Aggregate/Window/Generate expressions are not valid in where clause of the query.\nExpression in where clause: [${p.condition}]\nInvalid expressions: [${p.condition}]`,
  ),
  _LEGACY_ERROR_TEMP_1006: legacy(
    (p: { sql: string }) =>
      `Aggregate expression required for pivot, but '${p.sql}' did not appear in any aggregate function.`,
  ),
  UNKNOWN_STATISTIC: {
    class: 'IllegalArgumentException',
    legacy: true,
    message: (p: { statistic: string }) => `${p.statistic} is not a recognised statistic`,
  },
  REPEATED_COLUMN_RENAME: legacy(
    (p: { columns: string }) => `Found duplicate column(s) given column names: ${p.columns}`,
  ),
} as const satisfies Record<string, ErrorRow>;
