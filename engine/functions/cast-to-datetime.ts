import { isStringLike } from '../core/data-type.ts';
import { sql, sqlInteger, sqlString, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import { castOverflow, malformedCast, orFail, type CastRequest } from './cast-failure.ts';
import type { CompileContext } from './define-function.ts';
import { fieldDivisor } from './interval-fields.ts';
import { localToTimestampSql, timestampToLocalSql } from './zone-conversion.ts';

/** Text that is one valid date and time for Spark and DuckDB alike, whatever the calendar says of its numbers. */
const plainShape = sql`'[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?'`;
const utcShape = sql`'[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z'`;

/**
 * `CAST(text AS TIMESTAMP)` in the session's zone: UTC microseconds, NULL for text Spark does not take. DuckDB reads what it prints itself the same way
 * (80 ms for a million rows) and, when they look like it, other plain spellings; everything else goes through JavaScript, as DuckDB is laxer here
 * (24:00, offsets that it ignores) and stricter there.
 */
export function textToTimestampSql(value: Sql, context: CompileContext): Sql {
  const slow = sql`marea_text_to_timestamp(${value}, ${sqlString(context.zone)}, ${sqlInteger(context.nowUs)})`;
  return bindValue(sql`TRY_CAST(${value} AS TIMESTAMP)`, (read) => {
    const plain = sql`${read}::VARCHAR = ${value} OR regexp_full_match(${value}, ${plainShape})`;
    return sql`CASE WHEN ${plain} THEN ${localToTimestampSql(read, context.zone)} WHEN regexp_full_match(${value}, ${utcShape}) THEN ${read} WHEN ${value} IS NOT NULL THEN ${slow} END`;
  });
}

function textToTimestampNtzSql(value: Sql): Sql {
  return bindValue(
    sql`TRY_CAST(${value} AS TIMESTAMP)`,
    (read) =>
      sql`CASE WHEN ${read}::VARCHAR = ${value} OR regexp_full_match(${value}, ${plainShape}) THEN ${read} WHEN ${value} IS NOT NULL THEN marea_text_to_timestamp_ntz(${value}) END`,
  );
}

export const textToDateSql = (value: Sql): Sql =>
  sql`CASE WHEN regexp_full_match(${value}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(${value} AS DATE) WHEN ${value} IS NOT NULL THEN marea_text_to_date(${value}) END`;

export function castToTimestamp(request: CastRequest): Sql {
  const { value, from, context } = request;
  if (isStringLike(from)) return orFail(request, textToTimestampSql(value, context), () => malformedCast(request));
  switch (from.kind) {
    case 'boolean':
      return sql`make_timestamp(${value}::BIGINT)`;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
      return secondsToTimestamp(sql`${value}::HUGEINT * 1000000`);
    case 'float':
    case 'double':
      return orFail(
        request,
        sql`CASE WHEN isfinite(${value}) THEN ${secondsToTimestamp(sql`trunc(${value}::DOUBLE * 1000000)`)} END`,
        () => malformedCast(request),
      );
    case 'decimal':
      return secondsToTimestamp(sql`trunc(${value}::DECIMAL(38, ${sqlInteger(Math.min(from.scale, 18))}) * 1000000)`);
    case 'date':
      return localToTimestampSql(sql`${value}::TIMESTAMP`, context.zone);
    case 'timestamp_ntz':
      return localToTimestampSql(value, context.zone);
    default:
      return sql`NULL::TIMESTAMP`;
  }
}

/** Microseconds beyond 64 bits stay at the ends, as Java's `TimeUnit` does, which DuckDB cannot show: NULL. */
const secondsToTimestamp = (micros: Sql): Sql => sql`TRY(make_timestamp(TRY_CAST(${micros} AS BIGINT)))`;

export function castToTimestampNtz(request: CastRequest): Sql {
  const { value, from, context } = request;
  if (isStringLike(from)) return orFail(request, textToTimestampNtzSql(value), () => malformedCast(request));
  switch (from.kind) {
    case 'date':
      return sql`${value}::TIMESTAMP`;
    case 'timestamp':
      return timestampToLocalSql(value, context.zone);
    default:
      return sql`NULL::TIMESTAMP`;
  }
}

export function castToDate(request: CastRequest): Sql {
  const { value, from, context } = request;
  if (isStringLike(from)) return orFail(request, textToDateSql(value), () => malformedCast(request));
  switch (from.kind) {
    case 'timestamp':
      return sql`${timestampToLocalSql(value, context.zone)}::DATE`;
    case 'timestamp_ntz':
      return sql`${value}::DATE`;
    default:
      return sql`NULL::DATE`;
  }
}

/** Casts whose target is an interval. */
export function castToInterval(request: CastRequest): Sql {
  const { value, from, to } = request;
  if (to.kind === 'calendar_interval') {
    return isStringLike(from) ? sql`marea_text_to_interval(${value})` : sql`NULL::INTERVAL`;
  }
  if (to.kind !== 'day_time_interval' && to.kind !== 'year_month_interval')
    throw new Error(`not an interval: ${to.kind}`);
  const storage = to.kind === 'day_time_interval' ? sql`BIGINT` : sql`INTEGER`;
  const unit = sqlInteger(fieldDivisor(to.end));
  if (isStringLike(from)) {
    const reader = to.kind === 'day_time_interval' ? sql`marea_text_to_day_time` : sql`marea_text_to_year_month`;
    const call = sql`${reader}(${value}, ${sqlString(to.start)}, ${sqlString(to.end)})`;
    return request.mode === 'try' ? sql`TRY(${call})` : call;
  }
  if (from.kind === to.kind) {
    // A shorter last field drops what it cannot hold.
    return sql`(${value} // ${unit} * ${unit})::${storage}`;
  }
  return orFail(request, sql`TRY_CAST(trunc(${value})::HUGEINT * ${unit} AS ${storage})`, () => castOverflow(request));
}
