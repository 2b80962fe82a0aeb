import { assertNever } from '../core/assert-never.ts';
import type { DataType, DecimalType, StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import { bindValue } from './bind-value.ts';
import type { CompileContext } from './define-function.ts';
import { timestampToLocalSql } from './zone-conversion.ts';

/**
 * `CAST(value AS STRING)`: VARCHAR, NULL for NULL. Nested NULLs are `null`, arrays `[a, b]`, maps `{k -> v}`, structs `{a, b}`. `value` is cheap to repeat.
 */
export function castToString(value: Sql, from: DataType, context: CompileContext): Sql {
  switch (from.kind) {
    case 'void':
      return sql`NULL::VARCHAR`;
    case 'string':
    case 'char':
    case 'varchar':
      return value;
    case 'boolean':
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
      return sql`${value}::VARCHAR`;
    case 'float':
      return doubleTextSql(value, sql`marea_float_text`);
    case 'double':
      return doubleTextSql(value, sql`marea_double_text`);
    case 'decimal':
      // Only a scale above 6 can give an exponent below -6, where `BigDecimal.toString` turns scientific.
      return context.ansi || from.scale <= 6
        ? decimalPlainText(value, from)
        : sql`marea_decimal_text(${decimalPlainText(value, from)})`;
    case 'binary':
      return sql`coalesce(TRY(decode(${value})), marea_utf8_text(${value}))`;
    case 'date':
      return sql`CASE WHEN ${value} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN ${value}::VARCHAR ELSE marea_date_text(${value}) END`;
    case 'timestamp':
      return bindValue(timestampToLocalSql(value, context.zone), localText);
    case 'timestamp_ntz':
      return localText(value);
    case 'calendar_interval':
      return sql`marea_interval_text(${value})`;
    case 'day_time_interval':
      return sql`marea_day_time_text(${value}, ${sqlString(from.start)}, ${sqlString(from.end)})`;
    case 'year_month_interval':
      return sql`marea_year_month_text(${value}, ${sqlString(from.start)}, ${sqlString(from.end)})`;
    case 'array':
      return arrayText(value, from.element, context);
    case 'map':
      return mapText(value, from.key, from.value, context);
    case 'struct':
      return structText(value, from, context);
    default:
      return assertNever(from, 'data type');
  }
}

/** Plain digits; DuckDB leaves out the zero before the point where the type has no whole digits. */
export const decimalPlainText = (value: Sql, type: DecimalType): Sql =>
  type.precision === type.scale ? sql`regexp_replace(${value}::VARCHAR, '^(-?)\.', '\10.')` : sql`${value}::VARCHAR`;

/** DuckDB prints the same shortest digits as Java, in Java's plain form only between 1e-3 and 1e7. */
const doubleTextSql = (value: Sql, reader: Sql): Sql =>
  sql`CASE WHEN abs(${value}) >= 0.001 AND abs(${value}) < 10000000 THEN ${value}::VARCHAR ELSE ${reader}(${value}) END`;

const localText = (value: Sql): Sql =>
  sql`CASE WHEN ${value} BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999' THEN ${value}::VARCHAR ELSE marea_timestamp_text(${value}) END`;

const nested = (value: Sql, type: DataType, context: CompileContext): Sql =>
  sql`coalesce(${bindValue(value, (bound) => castToString(bound, type, context))}, 'null')`;

function arrayText(value: Sql, element: DataType, context: CompileContext): Sql {
  const item = itemName(value);
  return sql`'[' || array_to_string(list_transform(${value}, lambda ${item}: ${nested(item, element, context)}), ', ') || ']'`;
}

function mapText(value: Sql, key: DataType, item: DataType, context: CompileContext): Sql {
  const entry = itemName(value);
  const text = sql`${nested(sql`${entry}.key`, key, context)} || ' -> ' || ${nested(sql`${entry}.value`, item, context)}`;
  return sql`'{' || array_to_string(list_transform(map_entries(${value}), lambda ${entry}: ${text}), ', ') || '}'`;
}

function structText(value: Sql, type: StructType, context: CompileContext): Sql {
  const names = storageFieldNames(type);
  const members = type.fields.map((field, i) =>
    nested(sql`${value}.${sqlName(names[i] ?? field.name)}`, field.type, context),
  );
  const inside = members.length === 0 ? sql`''` : sqlJoin(members, ` || ', ' || `);
  return sql`CASE WHEN ${value} IS NOT NULL THEN '{' || ${inside} || '}' END`;
}

/** A variable for the items of a list, different from that of any list around it. */
export const itemName = (list: Sql): Sql =>
  sqlName(`i${list.length.toString(36)}${list.replace(/[^a-z0-9]/gi, '').slice(-8)}`);
