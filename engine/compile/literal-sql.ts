import { assertNever } from '../core/assert-never.ts';
import type { DataType } from '../core/data-type.ts';
import {
  decimalText,
  type CalendarInterval,
  type DecimalValue,
  type MapValue,
  type SparkValue,
  type StructValue,
} from '../core/spark-value.ts';
import { sql, sqlDouble, sqlInteger, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import { storageFieldNames, storageType } from '../core/storage-type.ts';

/** A Spark value as a DuckDB constant of exactly the storage type. */
export function literalSql(value: SparkValue, type: DataType): Sql {
  if (value === null) return sql`NULL::${storageType(type)}`;
  switch (type.kind) {
    case 'void':
      return sql`NULL::INTEGER`;
    case 'boolean':
      return value === true ? sql`true` : sql`false`;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'day_time_interval':
    case 'year_month_interval':
      return integerSql(value as number | bigint, type);
    case 'float':
    case 'double':
      return sql`(${sqlDouble(value as number)})::${storageType(type)}`;
    case 'string':
    case 'char':
    case 'varchar':
      return stringSql(value as string);
    case 'binary':
      return sql`unhex(${sqlString(Buffer.from(value as Uint8Array).toString('hex'))})`;
    case 'date':
      return sql`(DATE '1970-01-01' + ${parenthesised(value as number)})`;
    case 'timestamp':
    case 'timestamp_ntz':
      return sql`make_timestamp(${sqlInteger(value as bigint)}::BIGINT)`;
    case 'decimal':
      return sql`${sqlString(decimalText(value as DecimalValue))}::${storageType(type)}`;
    case 'calendar_interval':
      return intervalSql(value as CalendarInterval);
    case 'array':
      return sql`[${sqlJoin(
        (value as readonly SparkValue[]).map((item) => literalSql(item, type.element)),
        ', ',
      )}]::${storageType(type)}`;
    case 'map':
      return mapSql(value as MapValue, type.key, type.value, storageType(type));
    case 'struct': {
      const names = storageFieldNames(type);
      const members = type.fields.map(
        (field, i) =>
          sql`${sqlString(names[i] ?? field.name)}: ${literalSql((value as StructValue).values[i] ?? null, field.type)}`,
      );
      return sql`{${sqlJoin(members, ', ')}}`;
    }
    default:
      return assertNever(type, 'data type');
  }
}

const parenthesised = (value: number): Sql => (value < 0 ? sql`(${sqlInteger(value)})` : sqlInteger(value));

/** The least long has no positive counterpart, so it is written as text. */
const integerSql = (value: number | bigint, type: DataType): Sql =>
  sql`${value < 0 ? sqlString(value.toString()) : sqlInteger(value)}::${storageType(type)}`;

/** DuckDB takes no zero character inside quotes. */
function stringSql(text: string): Sql {
  if (!text.includes('\0')) return sqlString(text);
  return sql`(${sqlJoin(text.split('\0').map(sqlString), ' || chr(0) || ')})`;
}

const intervalSql = ({ months, days, micros }: CalendarInterval): Sql =>
  sql`(to_months(${parenthesised(months)}) + to_days(${parenthesised(days)}) + to_microseconds(${sqlInteger(micros)}))`;

function mapSql(value: MapValue, key: DataType, item: DataType, storage: Sql): Sql {
  const keys = sqlJoin(
    value.entries.map(([entry]) => literalSql(entry, key)),
    ', ',
  );
  const items = sqlJoin(
    value.entries.map(([, entry]) => literalSql(entry, item)),
    ', ',
  );
  return sql`MAP([${keys}], [${items}])::${storage}`;
}
