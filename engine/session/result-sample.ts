import type { ResultRows } from '../api/engine-events.ts';
import type { DataType, StructType } from '../core/data-type.ts';
import { decimalText, type DecimalValue, type Row, type SparkValue } from '../core/spark-value.ts';
import { simpleString } from '../core/type-names.ts';
import { cellText } from '../display/cell-text.ts';

/** Rows that a chart may get of one result. */
export const mostSampleRows = 1000;

/** A bounded sample for charts: numbers as numbers, times as ISO text on the session zone's clock (no offset), everything else as `show` prints it. */
export const sampleRows = (schema: StructType, rows: readonly Row[], total: number, zone: string): ResultRows => ({
  columns: schema.fields.map((field) => ({ name: field.name, type: simpleString(field.type) })),
  rows: rows
    .slice(0, mostSampleRows)
    .map((row) => schema.fields.map((field, index) => sampleValue(row[index] ?? null, field.type, zone))),
  total,
});

function sampleValue(value: SparkValue, type: DataType, zone: string): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (type.kind === 'timestamp' || type.kind === 'timestamp_ntz') return cellText(value, type, zone).replace(' ', 'T');
  if (typeof value === 'number')
    return type.kind === 'date' ? new Date(value * 86_400_000).toISOString().slice(0, 10) : value;
  if (typeof value === 'bigint') return Number(value);
  if (type.kind === 'decimal') return Number(decimalText(value as DecimalValue));
  return cellText(value, type, zone);
}
