import { decimalText, type CalendarInterval, type SparkValue } from '../core/spark-value.ts';
import { javaDoubleText, javaFloatText } from '../core/java-number-text.ts';
import { dateText, wallClockText } from '../core/civil-date.ts';
import type { DataType } from '../core/data-type.ts';
import { calendarIntervalText, dayTimeText, yearMonthText } from '../core/interval-text.ts';
import { zoneOffset } from '../core/zone-offset.ts';

const wallClock = (us: bigint, zone: string): bigint => us + zoneOffset(zone)(us);

/** Spark's text of a literal inside a name or message: strings bare, dates and intervals as SQL literals. */
export function literalText(value: SparkValue, type: DataType, zone: string): string {
  if (value === null) return 'NULL';
  switch (type.kind) {
    case 'float':
      return javaFloatText(value as number);
    case 'double':
      return javaDoubleText(value as number);
    case 'date':
      return `DATE '${dateText(value as number)}'`;
    case 'timestamp':
      return `TIMESTAMP '${wallClockText(wallClock(value as bigint, zone))}'`;
    case 'timestamp_ntz':
      return `TIMESTAMP_NTZ '${wallClockText(value as bigint)}'`;
    case 'day_time_interval':
      return dayTimeText(value as bigint, type);
    case 'year_month_interval':
      return yearMonthText(value as number, type);
    case 'calendar_interval':
      return `INTERVAL '${calendarIntervalText(value as CalendarInterval)}'`;
    case 'binary':
      return `X'${Buffer.from(value as Uint8Array)
        .toString('hex')
        .toUpperCase()}'`;
    default:
      return plainText(value, type, zone);
  }
}

function plainText(value: SparkValue, type: DataType, zone: string): string {
  if (value === null || typeof value !== 'object') return String(value);
  if ('form' in value) {
    if (value.form === 'decimal') return decimalText(value);
    if (value.form === 'struct' && type.kind === 'struct')
      return `STRUCT(${value.values.map((v, i) => `${literalText(v, type.fields[i]?.type ?? { kind: 'void' }, zone)} AS ${type.fields[i]?.name ?? ''}`).join(', ')})`;
    if (value.form === 'map' && type.kind === 'map')
      return `MAP(${value.entries.map(([k, v]) => `${literalText(k, type.key, zone)}, ${literalText(v, type.value, zone)}`).join(', ')})`;
  }
  if (Array.isArray(value) && type.kind === 'array')
    return `ARRAY(${value.map((v: SparkValue) => literalText(v, type.element, zone)).join(', ')})`;
  return JSON.stringify(value);
}
