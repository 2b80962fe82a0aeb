import { assertNever } from '../core/assert-never.ts';
import { stringType, type DataType, type StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import { bindValue } from './bind-value.ts';
import { castSql } from './cast.ts';
import { itemName } from './cast-to-string.ts';
import { formatTimestampSql, literalPattern } from './datetime-pattern-sql.ts';
import type { CompileContext } from './define-function.ts';
import { isOn, optionsOfRecord, type TextOptions } from './text-options.ts';
import { resolveZone } from './scalar/time-zone.ts';
import { timestampToLocalSql } from './zone-conversion.ts';

/** What text writers depend on; `timeZone` among the options wins over the session's. */
export type WriteRules = { readonly options: TextOptions; readonly context: CompileContext };

export function writeRules(options: TextOptions, context: CompileContext): WriteRules {
  return { options, context: { ...context, zone: options.get('timeZone') ?? context.zone } };
}

/** `to_json(value)`: VARCHAR, NULL for NULL. NULL fields of structs are left out, NULL elements and map values are `null`. */
export function toJsonSql(value: Sql, type: DataType, options: TextOptions, context: CompileContext): Sql {
  const rules = writeRules(options, context);
  return bindValue(value, (bound) => sql`CASE WHEN ${bound} IS NOT NULL THEN ${jsonOf(bound, type, rules)} END`);
}

/** One line of a JSON file: the columns as an object. */
export function jsonLineSql(
  columns: readonly Sql[],
  schema: StructType,
  options: Readonly<Record<string, string>>,
  zone: string,
): Sql {
  return objectOf(columns, schema, writeRules(optionsOfRecord(options), writerContext(zone)));
}

/** Writers never depend on the batch's time or on ANSI. */
export const writerContext = (zone: string): CompileContext => ({
  zone,
  ansi: false,
  nowUs: 0n,
  timeParserPolicy: 'CORRECTED',
});

/** JSON text of a value that may be NULL (then NULL); `value` is cheap to repeat. */
function jsonOf(value: Sql, type: DataType, rules: WriteRules): Sql {
  switch (type.kind) {
    case 'void':
      return sql`NULL::VARCHAR`;
    case 'boolean':
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
      return sql`${value}::VARCHAR`;
    case 'float':
    case 'double': {
      const text = castSql(value, type, stringType, 'legacy', rules.context);
      return sql`CASE WHEN isfinite(${value}) THEN ${text} ELSE '"' || ${text} || '"' END`;
    }
    case 'decimal':
      return castSql(value, type, stringType, 'legacy', { ...rules.context, ansi: false });
    case 'string':
    case 'char':
    case 'varchar':
      return jsonString(value);
    case 'binary':
      return sql`'"' || to_base64(${value}) || '"'`;
    case 'timestamp':
      return jsonString(timestampOut(value, rules));
    case 'timestamp_ntz':
      return jsonString(timestampNtzOut(value, rules));
    case 'date':
      return jsonString(dateOut(value, rules));
    case 'calendar_interval':
    case 'day_time_interval':
    case 'year_month_interval':
      return jsonString(castSql(value, type, stringType, 'legacy', rules.context));
    case 'array':
      return arrayOf(value, type.element, rules);
    case 'map':
      return mapOf(value, type.key, type.value, rules);
    case 'struct':
      return structOf(value, type, rules);
    default:
      return assertNever(type, 'JSON value type');
  }
}

const jsonString = (text: Sql): Sql => sql`to_json(${text})::VARCHAR`;
const orNull = (text: Sql): Sql => sql`coalesce(${text}, 'null')`;

function arrayOf(value: Sql, element: DataType, rules: WriteRules): Sql {
  const item = itemName(value);
  return sql`'[' || array_to_string(list_transform(${value}, lambda ${item}: ${orNull(jsonOf(item, element, rules))}), ',') || ']'`;
}

function mapOf(value: Sql, key: DataType, content: DataType, rules: WriteRules): Sql {
  const entry = itemName(value);
  const name = bindValue(sql`${entry}."key"`, (bound) => jsonString(mapKeyText(bound, key, rules)));
  const text = bindValue(sql`${entry}."value"`, (bound) => orNull(jsonOf(bound, content, rules)));
  return sql`'{' || array_to_string(list_transform(map_entries(${value}), lambda ${entry}: ${name} || ':' || ${text}), ',') || '}'`;
}

/** Spark prints the key's internal form: days, microseconds, a struct in brackets. */
function mapKeyText(value: Sql, type: DataType, rules: WriteRules): Sql {
  switch (type.kind) {
    case 'timestamp':
    case 'timestamp_ntz':
      return sql`epoch_us(${value})::VARCHAR`;
    case 'date':
      return sql`(${value} - DATE '1970-01-01')::VARCHAR`;
    case 'struct': {
      const names = storageFieldNames(type);
      const members = type.fields.map(
        (field, i) =>
          sql`coalesce(${mapKeyText(sql`${value}.${sqlName(names[i] ?? field.name)}`, field.type, rules)}, 'null')`,
      );
      return sql`'[' || ${sqlJoin(members, ` || ',' || `)} || ']'`;
    }
    default:
      return castSql(value, type, stringType, 'legacy', rules.context);
  }
}

function structOf(value: Sql, type: StructType, rules: WriteRules): Sql {
  const names = storageFieldNames(type);
  const columns = type.fields.map((field, i) => sql`${value}.${sqlName(names[i] ?? field.name)}`);
  return sql`CASE WHEN ${value} IS NOT NULL THEN ${objectOf(columns, type, rules)} END`;
}

function objectOf(columns: readonly Sql[], type: StructType, rules: WriteRules): Sql {
  const keepsNulls = !isOn(rules.options, 'ignoreNullFields', true);
  const members = type.fields.map((field, i) => {
    const name = sqlString(`${JSON.stringify(field.name)}:`);
    const text = bindValue(columns[i] ?? sql`NULL`, (bound) => jsonOf(bound, field.type, rules));
    return sql`${name} || ${keepsNulls ? orNull(text) : text}`;
  });
  if (members.length === 0) return sql`'{}'`;
  // concat_ws leaves NULL members out, which is what becomes of a NULL field.
  return sql`'{' || concat_ws(',', ${sqlJoin(members, ', ')}) || '}'`;
}

const defaultTimestamp = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

/** A timestamp field of a JSON or CSV file. The default pattern is common enough to have its own way around JavaScript. */
export function timestampOut(utc: Sql, { options, context }: WriteRules): Sql {
  const pattern = options.get('timestampFormat');
  if (pattern !== undefined && pattern !== defaultTimestamp)
    return formatTimestampSql(utc, literalPattern(pattern), context);
  const slow = sql`marea_format_timestamp(${utc}, ${sqlString(defaultTimestamp)}, ${sqlString(context.zone)}, 'CORRECTED')`;
  return bindValue(timestampToLocalSql(utc, context.zone), (clock) => {
    const quick = sql`strftime(${clock}, '%Y-%m-%dT%H:%M:%S.%g') || ${offsetOut(utc, clock, context.zone)}`;
    return sql`CASE WHEN ${clock} BETWEEN TIMESTAMP '1000-01-01' AND TIMESTAMP '9999-12-31' THEN ${quick} WHEN ${clock} IS NOT NULL THEN ${slow} END`;
  });
}

function offsetOut(utc: Sql, clock: Sql, zone: string): Sql {
  const resolved = resolveZone(zone);
  if (resolved.kind === 'offset' && resolved.seconds === 0) return sql`'Z'`;
  const minutes = sql`((epoch_us(${clock}) - epoch_us(${utc})) // 60000000)`;
  return sql`CASE WHEN ${minutes} = 0 THEN 'Z' ELSE printf('%s%02d:%02d', CASE WHEN ${minutes} < 0 THEN '-' ELSE '+' END, (abs(${minutes}) // 60)::INTEGER, (abs(${minutes}) % 60)::INTEGER) END`;
}

export function timestampNtzOut(clock: Sql, { options, context }: WriteRules): Sql {
  const pattern = options.get('timestampNTZFormat') ?? "yyyy-MM-dd'T'HH:mm:ss[.SSS]";
  return formatTimestampSql(clock, literalPattern(pattern), { ...context, zone: 'UTC' });
}

export function dateOut(day: Sql, { options, context }: WriteRules): Sql {
  const pattern = options.get('dateFormat');
  return pattern === undefined
    ? castSql(day, { kind: 'date' }, stringType, 'legacy', context)
    : formatTimestampSql(sql`${day}::TIMESTAMP`, literalPattern(pattern), { ...context, zone: 'UTC' });
}
