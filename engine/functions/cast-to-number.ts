import { assertNever } from '../core/assert-never.ts';
import { isIntegral, isStringLike, type DataType, type DecimalType } from '../core/data-type.ts';
import { sql, sqlDouble, sqlInteger, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import { castOverflow, decimalOutOfRange, malformedCast, orFail, type CastRequest } from './cast-failure.ts';
import { wrapInteger } from './integer-arithmetic.ts';
import { fieldDivisor } from './interval-fields.ts';

const bits: Partial<Record<DataType['kind'], number>> = { byte: 8, short: 16, integer: 32, long: 64 };
const bitsOf = (type: DataType): number => bits[type.kind] ?? 64;

/** Rounds towards minus infinity, as Java's `floorDiv`; DuckDB's `//` rounds towards zero. */
export const floorDivide = (value: Sql, divisor: number): Sql => {
  const by = sqlInteger(divisor);
  return sql`((${value} - ((${value}) % ${by} + ${by}) % ${by}) // ${by})`;
};

export function castToInteger(request: CastRequest): Sql {
  const { value, from, to, mode } = request;
  const target = storageType(to);
  if (isStringLike(from)) {
    return orFail(request, mode === 'legacy' ? truncatedText(value, target) : wholeText(value, target), () =>
      malformedCast(request),
    );
  }
  switch (from.kind) {
    case 'boolean':
      return sql`${value}::${target}`;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
      if (bitsOf(from) <= bitsOf(to)) return sql`${value}::${target}`;
      return mode === 'legacy'
        ? wrapInteger(sql`${value}::BIGINT`, to)
        : orFail(request, sql`TRY_CAST(${value} AS ${target})`, () => castOverflow(request));
    case 'float':
    case 'double':
      return mode === 'legacy'
        ? saturated(value, to)
        : orFail(request, sql`TRY_CAST(trunc(${value}) AS ${target})`, () => castOverflow(request));
    case 'decimal':
      return mode === 'legacy'
        ? wrapInteger(sql`trunc(${value})::HUGEINT`, to)
        : orFail(request, sql`TRY_CAST(trunc(${value}) AS ${target})`, () => castOverflow(request));
    case 'timestamp': {
      const seconds = floorDivide(sql`epoch_us(${value})`, 1_000_000);
      if (to.kind === 'long') return seconds;
      return mode === 'legacy'
        ? wrapInteger(seconds, to)
        : orFail(request, sql`TRY_CAST(${seconds} AS ${target})`, () => castOverflow(request));
    }
    case 'day_time_interval':
    case 'year_month_interval':
      return orFail(request, sql`TRY_CAST(${value} // ${sqlInteger(fieldDivisor(from.end))} AS ${target})`, () =>
        castOverflow(request),
      );
    default:
      return sql`NULL::${target}`;
  }
}

/** Spark cuts a fraction off (`'5.7'` → 5, `'.'` → 0) where DuckDB rounds, and takes no exponent, underscore or hexadecimal digits. */
const truncatedText = (value: Sql, target: Sql): Sql => {
  const sign = sql`CASE WHEN contains(${value}, '-') THEN '-' ELSE '' END`;
  const digits = sql`coalesce(nullif(regexp_extract(${value}, '^[\x00-\x20]*[+-]?([0-9]*)', 1), ''), '0')`;
  return sql`CASE WHEN regexp_full_match(${value}, '-?[0-9]{1,18}') THEN TRY_CAST(${value} AS ${target}) WHEN regexp_full_match(${value}, '[\x00-\x20]*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]*)[\x00-\x20]*') THEN TRY_CAST((${sign}) || ${digits} AS ${target}) END`;
};

const wholeText = (value: Sql, target: Sql): Sql =>
  sql`CASE WHEN regexp_full_match(${value}, '[\x00-\x20]*[+-]?[0-9]+[\x00-\x20]*') THEN TRY_CAST(${value} AS ${target}) END`;

/** Java's narrowing of a double: towards zero, to the nearest int (long), NaN → 0; smaller types keep the low bits of that int. */
function saturated(value: Sql, to: DataType): Sql {
  const wide =
    to.kind === 'long'
      ? { type: sql`BIGINT`, low: -(2n ** 63n), high: 2n ** 63n - 1n }
      : { type: sql`INTEGER`, low: -(2n ** 31n), high: 2n ** 31n - 1n };
  const whole = sql`CASE WHEN isnan(${value}) THEN 0::${wide.type} WHEN ${value} >= ${sqlDouble(Number(wide.high))} THEN (${sqlInteger(wide.high)})::${wide.type} WHEN ${value} <= ${sqlDouble(Number(wide.low))} THEN (${sqlInteger(wide.low)})::${wide.type} ELSE trunc(${value})::${wide.type} END`;
  return to.kind === 'long' || to.kind === 'integer' ? whole : wrapInteger(sql`(${whole})::BIGINT`, to);
}

export function castToFloat(request: CastRequest): Sql {
  const { value, from, to } = request;
  const target = storageType(to);
  if (isStringLike(from)) return orFail(request, floatText(value, target), () => malformedCast(request));
  switch (from.kind) {
    case 'boolean':
      return sql`${value}::INTEGER::${target}`;
    case 'double':
      // Java overflows to infinity where DuckDB raises.
      return to.kind === 'float'
        ? sql`coalesce(TRY_CAST(${value} AS FLOAT), CASE WHEN ${value} > 0 THEN 'Infinity'::FLOAT WHEN ${value} < 0 THEN '-Infinity'::FLOAT END)`
        : value;
    case 'timestamp':
      return sql`(epoch_us(${value}) / 1000000.0::DOUBLE)::${target}`;
    case 'decimal':
      // Exact quotients of numbers below 2^53 are rounded once; longer ones go through their text.
      return from.precision <= 15 ? sql`${value}::${target}` : sql`${value}::VARCHAR::${target}`;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'float':
      return sql`${value}::${target}`;
    default:
      return sql`NULL::${target}`;
  }
}

/** DuckDB takes `1_000`; Java takes a final `d` or `f`. */
const floatText = (value: Sql, target: Sql): Sql =>
  sql`CASE WHEN contains(${value}, '_') THEN NULL ELSE coalesce(TRY_CAST(${value} AS ${target}), TRY_CAST(regexp_extract(${value}, '^[\x00-\x20]*([+-]?[0-9.]+([eE][+-]?[0-9]+)?)[dDfF][\x00-\x20]*$', 1) AS ${target})) END`;

export function castToDecimal(request: CastRequest, to: DecimalType): Sql {
  const { value, from, mode } = request;
  const target = storageType(to);
  const fail = (): Sql => decimalOutOfRange(request, to.precision, to.scale);
  const fits = (text: Sql): Sql => orFail(request, sql`TRY_CAST(${text} AS ${target})`, fail);
  if (isStringLike(from)) {
    const parsed = sql`CASE WHEN NOT contains(${value}, '_') THEN TRY_CAST(${value} AS ${target}) END`;
    if (mode !== 'ansi') return parsed;
    return orFail(
      request,
      parsed,
      () =>
        sql`CASE WHEN TRY_CAST(${value} AS DOUBLE) IS NULL OR isnan(TRY_CAST(${value} AS DOUBLE)) THEN ${malformedCast(request)} ELSE ${fail()} END::${target}`,
    );
  }
  switch (from.kind) {
    case 'boolean':
      return fits(sql`${value}::INTEGER`);
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'decimal':
      return fits(value);
    case 'float':
      // Spark widens to double first: 0.1F is 0.1000000015.
      return fits(sql`${value}::DOUBLE::VARCHAR`);
    case 'double':
      // The shortest decimal text of the double is rounded half up: 1.005 → 1.01; DuckDB alone gives 1.00.
      return fits(sql`${value}::VARCHAR`);
    case 'timestamp':
      return fits(sql`(epoch_us(${value}) / 1000000.0::DOUBLE)::VARCHAR`);
    case 'day_time_interval':
    case 'year_month_interval':
      return fits(sql`${value} // ${sqlInteger(fieldDivisor(from.end))}`);
    default:
      return sql`NULL::${target}`;
  }
}

export function castToBoolean(request: CastRequest): Sql {
  const { value, from } = request;
  if (isStringLike(from)) {
    const word = sql`lower(trim(${value}, E' \t\n\r\f\x0b'))`;
    return orFail(
      request,
      sql`CASE WHEN ${word} IN ('t', 'true', 'y', 'yes', '1') THEN true WHEN ${word} IN ('f', 'false', 'n', 'no', '0') THEN false END`,
      () => malformedCast(request),
    );
  }
  switch (from.kind) {
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'decimal':
      return sql`(${value} <> 0)`;
    case 'timestamp':
      return sql`(epoch_us(${value}) <> 0)`;
    default:
      return sql`NULL::BOOLEAN`;
  }
}

/** Big-endian bytes of an integer; the UTF-8 bytes of a string. */
export function castToBinary({ value, from }: CastRequest): Sql {
  if (isStringLike(from)) return sql`encode(${value})`;
  if (!isIntegral(from)) return sql`NULL::BLOB`;
  const digits = bitsOf(from) / 4;
  const mask = sqlInteger((1n << BigInt(bitsOf(from))) - 1n);
  return sql`unhex(lpad(to_hex((${value}::HUGEINT & ${mask})::UBIGINT), ${sqlInteger(digits)}, '0'))`;
}

/** Casts whose target is a number, a boolean or bytes. */
export function castToScalar(request: CastRequest): Sql {
  const { to } = request;
  switch (to.kind) {
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
      return castToInteger(request);
    case 'float':
    case 'double':
      return castToFloat(request);
    case 'decimal':
      return castToDecimal(request, to);
    case 'boolean':
      return castToBoolean(request);
    case 'binary':
      return castToBinary(request);
    case 'void':
    case 'string':
    case 'char':
    case 'varchar':
    case 'date':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'calendar_interval':
    case 'day_time_interval':
    case 'year_month_interval':
    case 'array':
    case 'map':
    case 'struct':
      throw new Error(`not a scalar target: ${to.kind}`);
    default:
      return assertNever(to, 'cast target');
  }
}
