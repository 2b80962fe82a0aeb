import {
  booleanType,
  dateType,
  decimalType,
  doubleType,
  integerType,
  longType,
  stringType,
  timestampType,
  type DataType,
} from '../core/data-type.ts';
import type { SparkValue } from '../core/spark-value.ts';
import { sql, sqlString, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import { castSql } from './cast.ts';
import type { CsvFormat } from './csv-options.ts';
import { csvItem } from './csv-record.ts';
import { dateTextSql, timestampTextSql, type JsonRules } from './json-field.ts';

/** The narrowest type that a value of column `index` reads as, as a word; NULL for no value. The order is that of Spark's CSVInferSchema. */
export function valueClassSql(values: Sql, index: number, format: CsvFormat, rules: JsonRules): Sql {
  return bindValue(csvItem(values, index + 1, format), (value) => valueClass(value, rules));
}

function valueClass(value: Sql, rules: JsonRules): Sql {
  const whole = sql`regexp_full_match(${value}, '[+-]?[0-9]+')`;
  const double = castSql(value, stringType, doubleType, 'legacy', rules.context);
  const isDouble = sql`(${double} IS NOT NULL AND regexp_full_match(${value}, '[^A-Za-z]*([eE][+-]?[0-9]+)?[dDfF]?|[+-]?(NaN|Infinity)'))`;
  const special = ['nanValue', 'positiveInf', 'negativeInf'].map(
    (name, i) => rules.options.get(name) ?? ['NaN', 'Inf', '-Inf'][i] ?? '',
  );
  const isSpecial = sql`${value} IN (${sqlString(special[0] ?? '')}, ${sqlString(special[1] ?? '')}, ${sqlString(special[2] ?? '')})`;
  // Spark tries a date only by its pattern, without the leniency of a cast.
  const isDate =
    rules.options.get('dateFormat') === undefined
      ? sql`regexp_full_match(${value}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND ${dateTextSql(value, rules)} IS NOT NULL`
      : sql`${dateTextSql(value, rules)} IS NOT NULL`;
  return sql`CASE WHEN ${value} IS NULL THEN NULL WHEN ${whole} AND TRY_CAST(${value} AS INTEGER) IS NOT NULL THEN 'integer' WHEN ${whole} AND TRY_CAST(${value} AS BIGINT) IS NOT NULL THEN 'long' WHEN ${whole} AND length(${value}) <= 38 THEN 'decimal:' || length(ltrim(${value}, '+-0'))::VARCHAR WHEN ${isDouble} OR ${isSpecial} THEN 'double' WHEN ${isDate} THEN 'date' WHEN ${timestampTextSql(value, rules)} IS NOT NULL THEN 'timestamp' WHEN lower(${value}) IN ('true', 'false') THEN 'boolean' ELSE 'string' END`;
}

/** The type of a column whose values read as these words (separated by commas). */
export function csvTypeOfClasses(classes: SparkValue | undefined): DataType {
  if (typeof classes !== 'string') return stringType;
  const words = classes.split(',');
  const digits = words
    .filter((word) => word.startsWith('decimal:'))
    .map((word) => Number(word.slice('decimal:'.length)));
  const kinds = new Set(words.map((word) => word.split(':')[0] ?? ''));
  const only = (...allowed: readonly string[]): boolean => [...kinds].every((kind) => allowed.includes(kind));
  if (only('integer')) return integerType;
  if (only('integer', 'long')) return longType;
  if (only('integer', 'long', 'decimal')) return decimalType(Math.max(...digits, kinds.has('long') ? 20 : 10), 0);
  if (only('integer', 'long', 'decimal', 'double')) return doubleType;
  if (only('date')) return dateType;
  if (only('date', 'timestamp')) return timestampType;
  if (only('boolean')) return booleanType;
  return stringType;
}
