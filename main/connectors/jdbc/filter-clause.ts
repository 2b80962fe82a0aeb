import type { SourceFilter, TextTest } from '../../../engine/api/source-filter.ts';
import { assertNever } from '../../../engine/core/assert-never.ts';
import { dateText } from '../../../engine/core/civil-date.ts';
import type { DataType } from '../../../engine/core/data-type.ts';
import { javaDoubleText } from '../../../engine/core/java-number-text.ts';
import { decimalText, type DecimalValue, type SparkValue } from '../../../engine/core/spark-value.ts';
import { quoted } from './quoted-name.ts';
import { wallText } from './wall-time.ts';

/** The condition in SQL, letter by letter as Spark's dialect of MySQL writes it: the server's errors quote it. `zone`: that of the Java process. */
export function filterClause(filter: SourceFilter, zone: string): string {
  switch (filter.kind) {
    case 'compare': {
      const column = quoted(filter.column);
      const value = valueText(filter.value, filter.type, zone);
      if (filter.operator !== '<=>') return `${column} ${filter.operator} ${value}`;
      return `(${column} = ${value}) OR (${column} IS NULL AND ${value} IS NULL)`;
    }
    case 'in': {
      const values = filter.values.map((value) => valueText(value, filter.type, zone));
      return `${quoted(filter.column)} IN (${values.join(', ')})`;
    }
    case 'text':
      return `${quoted(filter.column)} LIKE '${likePattern(filter.test, filter.text)}' ESCAPE '\\\\'`;
    case 'is_null':
      return `${quoted(filter.column)} IS NULL`;
    case 'is_not_null':
      return `${quoted(filter.column)} IS NOT NULL`;
    case 'and':
    case 'or':
      return `(${filterClause(filter.left, zone)}) ${filter.kind.toUpperCase()} (${filterClause(filter.right, zone)})`;
    case 'not':
      return `NOT (${filterClause(filter.filter, zone)})`;
    default:
      return assertNever(filter, 'filter');
  }
}

/** Only `%` and `_` are escaped and quotes doubled; backslashes reach the server as they are. */
function likePattern(test: TextTest, text: string): string {
  const piece = text.replaceAll(/[%_]/g, '\\$&').replaceAll("'", "''");
  return `${test === 'starts_with' ? '' : '%'}${piece}${test === 'ends_with' ? '' : '%'}`;
}

/** Java's `toString` of a value; only text and times stand in quotes, and only quotes are doubled. */
function valueText(value: SparkValue, type: DataType, zone: string): string {
  if (value === null) return 'null';
  switch (type.kind) {
    case 'string':
    case 'char':
    case 'varchar':
      return `'${(value as string).replaceAll("'", "''")}'`;
    case 'date':
      return `'${dateText(Number(value))}'`;
    case 'timestamp':
      return `'${javaTimestampText(value as bigint, zone)}'`;
    // Java's LocalDateTime has a T and no quotes around it: the server refuses it, and Spark asks all the same.
    case 'timestamp_ntz':
      return javaLocalText(value as bigint);
    case 'decimal':
      return decimalText(value as DecimalValue);
    case 'float':
    case 'double':
      return javaDoubleText(Number(value));
    // Spark writes the array's identity, at which the server fails.
    case 'binary':
      return '[B@0';
    default:
      return String(value as number | bigint | boolean);
  }
}

/** `LocalDateTime.toString`: no seconds where there are none. */
const javaLocalText = (us: bigint): string =>
  wallText(us, 'UTC')
    .replace(' ', 'T')
    .replace(/^(.{16}):00$/, '$1');

/** `java.sql.Timestamp.toString`: at least one digit of the fraction. */
function javaTimestampText(us: bigint, zone: string): string {
  const text = wallText(us, zone);
  return text.includes('.') ? text : `${text}.0`;
}
