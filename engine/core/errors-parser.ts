import type { ErrorRow } from './error-row.ts';

const syntax = { class: 'ParseException', sqlState: '42601' } as const;
const legacy = { class: 'ParseException', legacy: true } as const;
const argument = { class: 'IllegalArgumentException', legacy: true } as const;

type NoParameters = Readonly<Record<string, never>>;

/** Errors of SQL text, its statements, DDL schemas and interval strings. Those whose place in the text is shown are made by `parser/syntax-error.ts`. */
export const parserErrors = {
  PARSE_SYNTAX_ERROR: {
    ...syntax,
    message: (p: { error: string; hint: string }) => `Syntax error at or near ${p.error}${p.hint}.`,
  },
  UNCLOSED_BRACKETED_COMMENT: {
    ...syntax,
    message: (_none: NoParameters) =>
      'Found an unclosed bracketed comment. Please, append */ at the end of the comment.',
  },
  INVALID_IDENTIFIER: {
    class: 'ParseException',
    sqlState: '42602',
    message: (p: { ident: string }) =>
      `The identifier ${p.ident} is invalid. Please, consider quoting it with back-quotes as \`${p.ident}\`.`,
  },
  _LEGACY_ERROR_TEMP_1049: {
    class: 'AnalysisException',
    legacy: true,
    message: (p: { name: string }) => `Syntax error in attribute name: ${p.name}.`,
  },
  UNSUPPORTED_DATATYPE: {
    class: 'ParseException',
    sqlState: '0A000',
    message: (p: { typeName: string }) => `Unsupported data type ${p.typeName}.`,
  },
  DATATYPE_MISSING_SIZE: {
    class: 'ParseException',
    sqlState: '42K01',
    message: (p: { type: string }) =>
      `DataType ${p.type} requires a length parameter, for example ${p.type}(10). Please specify the length.`,
  },
  'INCOMPLETE_TYPE_DEFINITION.ARRAY': {
    class: 'ParseException',
    sqlState: '42K01',
    message: (_none: NoParameters) =>
      'Incomplete complex type: The definition of "ARRAY" type is incomplete. You must provide an element type. For example: "ARRAY<INT>".',
  },
  'INCOMPLETE_TYPE_DEFINITION.MAP': {
    class: 'ParseException',
    sqlState: '42K01',
    message: (_none: NoParameters) =>
      'Incomplete complex type: The definition of "MAP" type is incomplete. You must provide a key type and a value type. For example: "MAP<TIMESTAMP, INT>".',
  },
  'INCOMPLETE_TYPE_DEFINITION.STRUCT': {
    class: 'ParseException',
    sqlState: '42K01',
    message: (_none: NoParameters) =>
      'Incomplete complex type: The definition of "STRUCT" type is incomplete. You must provide at least one field type. For example: "STRUCT<name STRING, phone DECIMAL(10, 0)>".',
  },
  DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION: {
    class: 'ArithmeticException',
    sqlState: '22003',
    message: (p: { precision: string; maxPrecision: string }) =>
      `Decimal precision ${p.precision} exceeds max precision ${p.maxPrecision}.`,
  },
  _LEGACY_ERROR_TEMP_1228: {
    ...legacy,
    message: (p: { scale: string; precision: string }) =>
      `Decimal scale (${p.scale}) cannot be greater than precision (${p.precision}).`,
  },
  INVALID_TYPED_LITERAL: {
    class: 'ParseException',
    sqlState: '42604',
    message: (p: { valueType: string; value: string }) =>
      `The value of the typed literal ${p.valueType} is invalid: ${p.value}.`,
  },
  UNSUPPORTED_TYPED_LITERAL: {
    class: 'ParseException',
    sqlState: '0A000',
    message: (p: { unsupportedType: string }) =>
      `Literals of the type ${p.unsupportedType} are not supported. Supported types are "DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP", "INTERVAL", "X".`,
  },
  INVALID_NUMERIC_LITERAL_RANGE: {
    class: 'ParseException',
    message: (p: { rawStrippedQualifier: string; typeName: string; minValue: string; maxValue: string }) =>
      `Numeric literal ${p.rawStrippedQualifier} is outside the valid range for ${p.typeName} with minimum value of ${p.minValue} and maximum value of ${p.maxValue}. Please adjust the value accordingly.`,
  },
  _LEGACY_ERROR_TEMP_0061: { ...legacy, message: (p: { msg: string }) => `${p.msg}.` },
  INVALID_ESC: {
    class: 'ParseException',
    message: (p: { invalidEscape: string }) =>
      `Found an invalid escape string: ${p.invalidEscape}. The escape string must contain only one character.`,
  },
  _LEGACY_ERROR_TEMP_0064: { ...legacy, message: (p: { msg: string }) => `${p.msg}.` },
  'INVALID_PARAMETER_VALUE.DATETIME_UNIT': {
    class: 'ParseException',
    sqlState: '22023',
    message: (p: { functionName: string; invalidValue: string }) =>
      `The value of parameter(s) \`unit\` in ${p.functionName} is invalid: expects one of the units without quotes YEAR, QUARTER, MONTH, WEEK, DAY, DAYOFYEAR, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, but got the string literal ${p.invalidValue}.`,
  },
  _LEGACY_ERROR_TEMP_0024: {
    ...legacy,
    message: (_none: NoParameters) => 'Can only have a single from-to unit in the interval literal syntax.',
  },
  _LEGACY_ERROR_TEMP_0026: {
    ...legacy,
    message: (p: { value: string }) =>
      `Can only use numbers in the interval value part for multiple unit value pairs interval form, but got invalid value: ${p.value}.`,
  },
  _LEGACY_ERROR_TEMP_0027: {
    ...legacy,
    message: (_none: NoParameters) => 'The value of from-to unit must be a string.',
  },
  _LEGACY_ERROR_TEMP_0028: {
    ...legacy,
    message: (p: { from: string; to: string }) => `Intervals FROM ${p.from} TO ${p.to} are not supported.`,
  },
  _LEGACY_ERROR_TEMP_0029: {
    ...legacy,
    message: (p: { literal: string }) => `Cannot mix year-month and day-time fields: ${p.literal}.`,
  },
  _LEGACY_ERROR_TEMP_0062: { ...legacy, message: (p: { msg: string }) => `${p.msg}.` },
  _LEGACY_ERROR_TEMP_0063: { ...legacy, message: (p: { msg: string }) => `${p.msg}.` },
  _LEGACY_ERROR_TEMP_0035: { ...legacy, message: (p: { message: string }) => `Operation not allowed: ${p.message}.` },
  _LEGACY_ERROR_TEMP_0037: { ...legacy, message: (p: { msg: string }) => `${p.msg}.` },
  _LEGACY_ERROR_TEMP_0038: {
    ...legacy,
    message: (p: { duplicateNames: string }) => `CTE definition can't have duplicate names: ${p.duplicateNames}.`,
  },
  _LEGACY_ERROR_TEMP_0053: {
    ...legacy,
    message: (_none: NoParameters) => 'It is not allowed to define a TEMPORARY view with IF NOT EXISTS.',
  },
  TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS: {
    class: 'ParseException',
    sqlState: '428EK',
    message: (p: { actualName: string }) =>
      `CREATE TEMPORARY VIEW or the corresponding Dataset APIs only accept single-part view names, but got: ${p.actualName}.`,
  },
  INVALID_SET_SYNTAX: {
    class: 'ParseException',
    sqlState: '42000',
    message: (_none: NoParameters) =>
      "Expected format is 'SET', 'SET key', or 'SET key=value'. If you want to include special characters in key, or include semicolon in value, please use backquotes, e.g., SET `key`=`value`.",
  },
  'UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES': {
    class: 'ParseException',
    sqlState: '0A000',
    message: (_none: NoParameters) =>
      'The feature is not supported: Combination of ORDER BY/SORT BY/DISTRIBUTE BY/CLUSTER BY.',
  },
  'INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION': {
    class: 'ParseException',
    sqlState: '42000',
    message: (p: { windowName: string }) =>
      `Invalid SQL syntax: The definition of window ${p.windowName} is repetitive.`,
  },
  _LEGACY_ERROR_TEMP_1004: {
    class: 'AnalysisException',
    legacy: true,
    message: (p: { windowName: string }) => `Window specification ${p.windowName} is not defined in the WINDOW clause.`,
  },
  'INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH': {
    class: 'AnalysisException',
    message: (p: { expectedNumCols: string; actualNumCols: string; rowIndex: string }) =>
      `Invalid inline table. Inline table expected ${p.expectedNumCols} columns but found ${p.actualNumCols} columns in row ${p.rowIndex}.`,
  },
  UNBOUND_SQL_PARAMETER: {
    class: 'AnalysisException',
    sqlState: '42P02',
    message: (p: { name: string }) =>
      `Found the unbound parameter: ${p.name}. Please, fix \`args\` and provide a mapping of the parameter to a SQL literal.`,
  },
  SCHEMA_NOT_FOUND: {
    class: 'AnalysisException',
    sqlState: '42704',
    message: (p: { schemaName: string }) =>
      `The schema ${p.schemaName} cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the name with a catalog, verify the current_schema() output, or qualify the name with the correct catalog.\nTo tolerate the error on drop use DROP SCHEMA IF EXISTS.`,
  },
  'CREATE_VIEW_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS': {
    class: 'AnalysisException',
    sqlState: '21S01',
    message: (p: { viewName: string; viewColumns: string; dataColumns: string }) =>
      `Cannot create view ${p.viewName}, the reason is not enough data columns:\nView columns: ${p.viewColumns}.\nData columns: ${p.dataColumns}.`,
  },
  'CREATE_VIEW_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS': {
    class: 'AnalysisException',
    sqlState: '21S01',
    message: (p: { viewName: string; viewColumns: string; dataColumns: string }) =>
      `Cannot create view ${p.viewName}, the reason is too many data columns:\nView columns: ${p.viewColumns}.\nData columns: ${p.dataColumns}.`,
  },
  INTERVAL_STRING_SYNTAX: {
    ...argument,
    message: (p: { input: string; reason: string }) => `Error parsing '${p.input}' to interval, ${p.reason}`,
  },
  TRIGGER_MONTHS: {
    ...argument,
    message: (p: { interval: string }) => `Doesn't support month or year interval: ${p.interval}`,
  },
  TRIGGER_NEGATIVE: {
    ...argument,
    message: (_none: NoParameters) => 'requirement failed: the interval of trigger should not be negative',
  },
} as const satisfies Record<string, ErrorRow>;
