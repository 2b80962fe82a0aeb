import type { DataType } from '../core/data-type.ts';
import { javaDoubleText, javaFloatText } from '../core/java-number-text.ts';
import {
  decimalText,
  type CalendarInterval,
  type DecimalValue,
  type MapValue,
  type SparkValue,
  type StructValue,
} from '../core/spark-value.ts';
import { dateText, wallClockText } from '../core/civil-date.ts';
import { calendarIntervalText, dayTimeText, yearMonthText } from '../core/interval-text.ts';
import { zoneOffset } from '../core/zone-offset.ts';

/** A value as `show` prints it (Spark's `ToPrettyString`), before escaping and cutting. `zone`: the session's time zone. */
export function cellText(value: SparkValue, type: DataType, zone: string): string {
  if (value === null) return 'NULL';
  switch (type.kind) {
    case 'float':
      return javaFloatText(value as number);
    case 'double':
      return javaDoubleText(value as number);
    case 'decimal':
      return decimalText(value as DecimalValue);
    case 'date':
      return dateText(value as number);
    case 'timestamp': {
      const us = value as bigint;
      return wallClockText(us + zoneOffset(zone)(us));
    }
    case 'timestamp_ntz':
      return wallClockText(value as bigint);
    case 'binary':
      return `[${Array.from(value as Uint8Array, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')}]`;
    case 'day_time_interval':
      return dayTimeText(BigInt(value as bigint), type);
    case 'year_month_interval':
      return yearMonthText(value as number, type);
    case 'calendar_interval':
      return calendarIntervalText(value as CalendarInterval);
    case 'array':
      return `[${(value as readonly SparkValue[]).map((item) => cellText(item, type.element, zone)).join(', ')}]`;
    case 'map':
      return `{${(value as MapValue).entries.map(([key, item]) => `${cellText(key, type.key, zone)} -> ${cellText(item, type.value, zone)}`).join(', ')}}`;
    case 'struct':
      return `{${type.fields.map((field, i) => cellText((value as StructValue).values[i] ?? null, field.type, zone)).join(', ')}}`;
    default:
      return (value as string | number | bigint | boolean).toString();
  }
}

const visible: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
  '\v': '\\v',
  '\u0007': '\\a',
};
const escapable = new RegExp(`[${Object.keys(visible).join('')}]`, 'g');

/** Control characters as two visible ones, as in cells, column headings and schema trees. */
export const escaped = (text: string): string =>
  text.replace(escapable, (character) => visible[character] ?? character);
