import { decimalType, isIntegral, longType, type DataType } from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlInteger, sqlString, type Sql } from '../core/sql-text.ts';
import { bounded, decimalFor, maxPrecision } from './decimal-types.ts';
import type { CallShape, CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, gives, literalArgument, printsDefaults, sameAs, scalar } from './function-forms.ts';
import {
  castTo,
  doubleToLong,
  integerOrError,
  overflowError,
  plainOverflow,
  widerInteger,
  wrapInteger,
} from './integer-arithmetic.ts';

const scaleOf = (call: CompiledCall | CallShape): number => {
  const literal = literalArgument(call, 1);
  return typeof literal === 'number' ? literal : 0;
};

/** Digits before the point grow by one, as rounding may carry. */
function roundedType(shape: CallShape): DataType {
  const type = argumentType(shape, 0);
  if (type.kind !== 'decimal') return type;
  const scale = scaleOf(shape);
  const whole = type.precision - type.scale + 1;
  if (scale < 0) return bounded(Math.max(whole, 1 - scale), 0);
  return decimalType(Math.min(whole + Math.min(type.scale, scale), maxPrecision), Math.min(type.scale, scale));
}

type Mode = 'half_up' | 'half_even' | 'ceiling' | 'floor';

/**
 * Rounds the decimal digits that a double shows (1.005 → 1.01), where DuckDB rounds its binary value (1.00). Doubles and floats go through
 * JavaScript, about 0.5 µs a row.
 */
function rounded(mode: Mode, call: CompiledCall): Sql {
  const [value, type, scale] = [argument(call, 0), argumentType(call, 0), scaleOf(call)];
  switch (type.kind) {
    case 'byte':
    case 'short':
    case 'integer':
    case 'long': {
      if (scale >= 0) return castTo(value, call.type);
      const digits = sql`spark_round((${value})::VARCHAR, ${sqlInteger(scale)}, ${sqlString(mode)})`;
      const wide = sql`${digits}::HUGEINT`;
      return call.context.ansi ? integerOrError(wide, type, plainOverflow()) : wrapInteger(wide, type);
    }
    case 'decimal':
      if (mode === 'half_up' && scale >= 0)
        return sql`TRY_CAST(round(${value}, ${sqlInteger(Math.min(scale, type.scale))}) AS ${storageType(call.type)})`;
      return sql`TRY_CAST(spark_round((${value})::VARCHAR, ${sqlInteger(scale)}, ${sqlString(mode)}) AS ${storageType(call.type)})`;
    default:
      return castTo(sql`spark_round_double((${value})::DOUBLE, ${sqlInteger(scale)}, ${sqlString(mode)})`, call.type);
  }
}

const rounding = (mode: Mode, examples: ScalarFunction['examples']): ScalarFunction =>
  scalar({
    takes: ['numeric', 'literal_integer'],
    optional: 1,
    returns: roundedType,
    nullable: 'always',
    text: printsDefaults(2, '0'),
    sql: (call) => rounded(mode, call),
    examples,
  });

const wholeType = (shape: CallShape): DataType => {
  const type = argumentType(shape, 0);
  if (shape.types.length === 2) {
    const decimal = decimalFor(type) ?? decimalType(30, 15);
    return roundedType({ ...shape, types: [decimal] });
  }
  return type.kind === 'decimal' ? (type.scale === 0 ? type : bounded(type.precision - type.scale + 1, 0)) : longType;
};

const whole = (
  name: 'ceil' | 'floor',
  aliases: readonly string[],
  examples: ScalarFunction['examples'],
): ScalarFunction =>
  scalar({
    takes: ['numeric', 'literal_integer'],
    optional: 1,
    returns: wholeType,
    nullable: 'always',
    aliases,
    text: (args, spelling) =>
      `${args.length === 1 && spelling !== 'ceiling' ? name.toUpperCase() : spelling}(${args.join(', ')})`,
    sql: (call) => {
      const [value, type] = [argument(call, 0), argumentType(call, 0)];
      const body = name === 'ceil' ? sql`ceil(${value})` : sql`floor(${value})`;
      if (call.types.length === 2)
        return sql`TRY_CAST(spark_round(${type.kind === 'decimal' ? value : sql`(${value})::DECIMAL(30, 15)`}::VARCHAR, ${sqlInteger(scaleOf(call))}, ${sqlString(name === 'ceil' ? 'ceiling' : 'floor')}) AS ${storageType(call.type)})`;
      if (type.kind === 'decimal') return castTo(body, call.type);
      return type.kind === 'double' || type.kind === 'float' ? sql`(${doubleToLong(body)})` : castTo(value, longType);
    },
    examples,
  });

/** `round` and its kin, `abs`, `sign`. */
export const roundingFunctions: FunctionTable = {
  round: rounding('half_up', [
    gives('round(2.5)', '3'),
    gives('round(-2.5)', '-3'),
    gives('round(2.345D, 2)', '2.35'),
    gives('round(1.005D, 2)', '1.01'),
    gives('round(1234.567, -2)', '1200'),
    gives('round(25, -1)', '30'),
    gives('round(12345.6789D, 2)', '12345.68'),
    gives("round(double('nan'), 2)", 'NaN'),
    gives('round(1e300D, 2)', '1.0E300'),
    gives('round(5)', '5'),
  ]),
  bround: rounding('half_even', [
    gives('bround(2.5)', '2'),
    gives('bround(3.5D)', '4.0'),
    gives('bround(25, -1)', '20'),
    gives('bround(2.345, 2)', '2.34'),
  ]),
  ceil: whole(
    'ceil',
    ['ceiling'],
    [
      gives('ceil(1.2)', '2'),
      gives('ceil(-1.2D)', '-1'),
      gives('ceil(5)', '5'),
      gives('ceil(3.1411, 3)', '3.142'),
      gives('ceil(1e30D)', '9223372036854775807'),
    ],
  ),
  floor: whole(
    'floor',
    [],
    [gives('floor(-1.2)', '-2'), gives('floor(1.9D)', '1'), gives('floor(3.1411, 3)', '3.141')],
  ),
  abs: scalar({
    takes: ['numeric'],
    returns: sameAs(0),
    sql: (call) => {
      const [value, type] = [argument(call, 0), argumentType(call, 0)];
      if (!isIntegral(type)) return sql`abs(${value})`;
      const wide = sql`abs(${widerInteger(value, type)})`;
      return call.context.ansi ? integerOrError(wide, type, overflowError(type, '')) : wrapInteger(wide, type);
    },
    examples: [gives('abs(-2147483648)', '-2147483648'), gives('abs(-3.5)', '3.5'), gives('abs(-0.0D)', '0.0')],
  }),
};
