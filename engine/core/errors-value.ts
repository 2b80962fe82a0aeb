import type { ErrorRow } from './error-row.ts';

const bypass = 'If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.';

/** A cast that fails raises another class for each target type; the text is one. */
const malformed = (p: { value: string; from: string; to: string }): string =>
  `The value ${p.value} of the type "${p.from}" cannot be cast to "${p.to}" because it is malformed. Correct the value as per the syntax, or change its target type. Use \`try_cast\` to tolerate malformed input and return NULL instead. ${bypass}`;

const upgrade = 'You may get a different result due to the upgrading to Spark >= 3.0:\n';

/** Errors about single values: casts, arithmetic, date and time text, JSON and CSV records. Texts recorded on Spark 3.5.7. */
export const valueErrors = {
  CAST_INVALID_INPUT: { class: 'NumberFormatException', sqlState: '22018', message: malformed },
  CAST_OVERFLOW: {
    class: 'ArithmeticException',
    sqlState: '22003',
    message: (p: { value: string; from: string; to: string }) =>
      `The value ${p.value} of the type "${p.from}" cannot be cast to "${p.to}" due to an overflow. Use \`try_cast\` to tolerate overflow and return NULL instead. ${bypass}`,
  },
  NUMERIC_VALUE_OUT_OF_RANGE: {
    class: 'ArithmeticException',
    sqlState: '22003',
    message: (p: { value: string; precision: string; scale: string }) =>
      `${p.value} cannot be represented as Decimal(${p.precision}, ${p.scale}). If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error, and return NULL instead.`,
  },
  ARITHMETIC_OVERFLOW: {
    class: 'ArithmeticException',
    sqlState: '22003',
    /** `alternative`: the `try_` function to propose, or an empty text. */
    message: (p: { message: string; alternative: string }) =>
      `${p.message}.${p.alternative === '' ? '' : ` Use '${p.alternative}' to tolerate overflow and return NULL instead.`} ${bypass}`,
  },
  DIVIDE_BY_ZERO: {
    class: 'ArithmeticException',
    sqlState: '22012',
    message: (_none: Readonly<Record<never, never>>) =>
      `Division by zero. Use \`try_divide\` to tolerate divisor being 0 and return NULL instead. ${bypass}`,
  },
  CANNOT_PARSE_TIMESTAMP: {
    class: 'DateTimeException',
    sqlState: '22007',
    message: (p: { message: string }) => `${p.message}. ${bypass}`,
  },
  'INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER': {
    class: 'SparkUpgradeException',
    sqlState: '42K0B',
    message: (p: { datetime: string }) =>
      `${upgrade}Fail to parse ${p.datetime} in the new parser. You can set "spark.sql.legacy.timeParserPolicy" to "LEGACY" to restore the behavior before Spark 3.0, or set to "CORRECTED" and treat it as an invalid datetime string.`,
  },
  'INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION': {
    class: 'SparkUpgradeException',
    sqlState: '42K0B',
    message: (p: { pattern: string }) =>
      `${upgrade}Fail to recognize ${p.pattern} pattern in the DateTimeFormatter. 1) You can set "spark.sql.legacy.timeParserPolicy" to "LEGACY" to restore the behavior before Spark 3.0. 2) You can form a valid datetime pattern with the guide from 'https://spark.apache.org/docs/latest/sql-ref-datetime-pattern.html'.`,
  },
  INVALID_EXTRACT_FIELD: {
    class: 'AnalysisException',
    sqlState: '42601',
    message: (p: { field: string; expression: string }) => `Cannot extract ${p.field} from ${p.expression}.`,
  },
  INTERVAL_DIVIDED_BY_ZERO: {
    class: 'ArithmeticException',
    sqlState: '22012',
    message: (_none: Readonly<Record<never, never>>) =>
      'Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead.',
  },
  'MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION': {
    class: { java: 'org.apache.spark.SparkException' },
    sqlState: '22023',
    message: (p: { badRecord: string }) =>
      `Malformed records are detected in record parsing: ${p.badRecord}.\nParse Mode: FAILFAST. To process malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'.`,
  },
  'UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN': {
    class: 'AnalysisException',
    sqlState: '0A000',
    message: (_none: Readonly<Record<never, never>>) =>
      'The feature is not supported: Queries from raw JSON/CSV/XML files are disallowed when the\nreferenced columns only include the internal corrupt record column\n(named `_corrupt_record` by default). For example:\n`spark.read.schema(schema).json(file).filter($"_corrupt_record".isNotNull).count()`\nand `spark.read.schema(schema).json(file).select("_corrupt_record").show()`.\nInstead, you can cache or save the parsed results and then send the same query.\nFor example, `val df = spark.read.schema(schema).json(file).cache()` and then\n`df.filter($"_corrupt_record".isNotNull).count()`.',
  },
} as const satisfies Record<string, ErrorRow>;
