import { assertNever } from '../core/assert-never.ts';
import { sameType, type DataType, type StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import { storageFieldNames, storageType } from '../core/storage-type.ts';
import type { CastMode } from '../plan/bound-expression.ts';
import { bindValue } from './bind-value.ts';
import type { CastRequest } from './cast-failure.ts';
import { castToDate, castToInterval, castToTimestamp, castToTimestampNtz } from './cast-to-datetime.ts';
import { castToScalar } from './cast-to-number.ts';
import { castToString, itemName } from './cast-to-string.ts';
import type { CompileContext } from './define-function.ts';

/**
 * Spark 3.5's `CAST`. `legacy` is ANSI off (what does not fit is NULL, integers wrap, doubles saturate), `ansi` raises Spark's errors, `try` is ANSI with NULL in
 * their place. `value` has the storage type of `from`, the result that of `to`. Whether the pair is allowed is `canCast`'s business.
 */
export function castSql(value: Sql, from: DataType, to: DataType, mode: CastMode, context: CompileContext): Sql {
  if (from.kind === 'void') return sql`NULL::${storageType(to)}`;
  if (sameType(from, to) && !mayDifferInside(from, to)) return value;
  return bindValue(value, (bound) => castBound({ value: bound, from, to, mode, context }));
}

/** `sameType` does not look at the fields of an interval. */
const mayDifferInside = (from: DataType, to: DataType): boolean =>
  from.kind === to.kind && (from.kind === 'day_time_interval' || from.kind === 'year_month_interval');

function castBound(request: CastRequest): Sql {
  const { value, from, to, context } = request;
  switch (to.kind) {
    case 'string':
    case 'char':
    case 'varchar':
      return castToString(value, from, context);
    case 'boolean':
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'decimal':
    case 'binary':
      return castToScalar(request);
    case 'date':
      return castToDate(request);
    case 'timestamp':
      return castToTimestamp(request);
    case 'timestamp_ntz':
      return castToTimestampNtz(request);
    case 'calendar_interval':
    case 'day_time_interval':
    case 'year_month_interval':
      return castToInterval(request);
    case 'array':
    case 'map':
    case 'struct':
      return castNested(request, from, to);
    case 'void':
      return sql`NULL::INTEGER`;
    default:
      return assertNever(to, 'cast target');
  }
}

function castNested({ value, mode, context }: CastRequest, from: DataType, to: DataType): Sql {
  const item = itemName(value);
  if (from.kind === 'array' && to.kind === 'array') {
    return sql`list_transform(${value}, lambda ${item}: ${castSql(item, from.element, to.element, mode, context)})`;
  }
  if (from.kind === 'map' && to.kind === 'map') {
    const key = castSql(sql`${item}."key"`, from.key, to.key, mode, context);
    const content = castSql(sql`${item}."value"`, from.value, to.value, mode, context);
    return sql`map_from_entries(list_transform(map_entries(${value}), lambda ${item}: struct_pack(k := ${key}, v := ${content})))`;
  }
  if (from.kind === 'struct' && to.kind === 'struct') return castStruct(value, from, to, mode, context);
  return sql`NULL::${storageType(to)}`;
}

function castStruct(value: Sql, from: StructType, to: StructType, mode: CastMode, context: CompileContext): Sql {
  const [sourceNames, targetNames] = [storageFieldNames(from), storageFieldNames(to)];
  const members = to.fields.map((field, i) => {
    const source = from.fields[i];
    const read = sql`${value}.${sqlName(sourceNames[i] ?? field.name)}`;
    return sql`${sqlName(targetNames[i] ?? field.name)} := ${source ? castSql(read, source.type, field.type, mode, context) : sql`NULL`}`;
  });
  return sql`CASE WHEN ${value} IS NOT NULL THEN struct_pack(${sqlJoin(members, ', ')}) END`;
}
