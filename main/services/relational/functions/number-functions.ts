import { sql, sqlInteger, type Sql } from '../../../../engine/core/sql-text.ts';
import {
  decimalType,
  doubleType,
  familyOf,
  integerColumnType,
  integerType,
  wideInteger,
  type SqlType,
} from '../catalog/sql-type.ts';
import { compileArithmetic } from '../compile/compile-arithmetic.ts';
import { callSql, castSql, compiled, decimalSql, type Compiled } from '../compile/compiled.ts';
import { asNumber, doubleSql, integerArgument } from '../compile/convert.ts';
import { notSupported } from '../relational-errors.ts';
import { argument, constantInteger, define, type SqlFunction } from './sql-function.ts';

const real = (name: string): SqlFunction =>
  define(1, 1, (args) => compiled(callSql(name, doubleSql(argument(args, 0))), doubleType, true));

/** Outside its range a function of reals answers NULL, where DuckDB raises. */
const guardedReal = (name: string, isValid: (value: Sql) => Sql): SqlFunction =>
  define(1, 1, (args) => {
    const value = doubleSql(argument(args, 0));
    return compiled(sql`(CASE WHEN ${isValid(value)} THEN ${callSql(name, value)} END)`, doubleType, true);
  });

const positive = (value: Sql): Sql => sql`${value} > 0`;

/** FLOOR and CEILING: whole numbers of exact ones. */
const whole = (name: 'floor' | 'ceil'): SqlFunction =>
  define(1, 1, (args) => {
    const number = asNumber(argument(args, 0));
    const { type, isNullable } = number;
    if (familyOf(type) === 'double')
      return compiled(callSql(name, number.sql), { ...doubleType, length: 17 }, isNullable);
    if (familyOf(type) === 'integer') return number;
    const digits = type.digits - type.scale + 1;
    const result = callSql(name, number.sql);
    if (digits > 18)
      return compiled(castSql(result, decimalSql(decimalType(digits, 0))), decimalType(digits, 0), isNullable);
    return compiled(castSql(result, sql`BIGINT`), wideInteger(digits > 10 ? 'bigint' : 'int', digits + 1), isNullable);
  });

const round = define(1, 2, (args) => {
  const number = asNumber(argument(args, 0));
  const { type } = number;
  const isConstant = args[1] === undefined || constantInteger(args[1]) !== undefined;
  const scale = args[1] === undefined ? 0 : (constantInteger(args[1]) ?? type.scale);
  const places = args[1] === undefined ? sql`0` : castSql(integerArgument(args[1]), sql`INTEGER`);
  const isNullable = number.isNullable || !isConstant;
  if (familyOf(type) === 'double') {
    return compiled(
      callSql('round', number.sql, places),
      { ...doubleType, length: 17 + Math.max(0, scale) },
      isNullable,
    );
  }
  if (familyOf(type) === 'integer') return roundInteger(number, scale, isNullable);
  const kept = Math.max(0, Math.min(scale, type.scale));
  const result = decimalType(type.digits - type.scale + kept + (kept < type.scale ? 1 : 0), kept);
  return compiled(castSql(callSql('round', number.sql, places), decimalSql(result)), result, isNullable);
});

function roundInteger(number: Compiled, scale: number, isNullable: boolean): Compiled {
  if (scale >= 0) return { ...number, isNullable };
  const unit = sql`CAST(pow(10, ${sqlInteger(-scale)}) AS BIGINT)`;
  return compiled(
    castSql(sql`round(CAST(${number.sql} AS DOUBLE) / ${unit}) * ${unit}`, sql`BIGINT`),
    number.type,
    isNullable,
  );
}

const truncate = define(2, 2, (args) => {
  const number = asNumber(argument(args, 0));
  const scale = constantInteger(args[1]) ?? 0;
  const unit = sql`pow(10, ${sqlInteger(scale)})`;
  const cut = sql`(trunc(${doubleSql(number)} * ${unit}) / ${unit})`;
  if (familyOf(number.type) === 'double') return compiled(cut, doubleType, number.isNullable);
  if (familyOf(number.type) === 'integer') return compiled(castSql(cut, sql`BIGINT`), number.type, number.isNullable);
  const kept = Math.max(0, Math.min(scale, number.type.scale));
  const result = decimalType(number.type.digits - number.type.scale + kept, kept);
  return compiled(castSql(cut, decimalSql(result)), result, number.isNullable);
});

const abs = define(1, 1, (args) => {
  const { sql: value, type, isNullable } = asNumber(argument(args, 0));
  return compiled(callSql('abs', value), absType(type), isNullable);
});

function absType(type: SqlType): SqlType {
  if (familyOf(type) !== 'integer') return type;
  if (type.digits < 10) return integerType(type.digits, type.unsigned);
  return { ...integerColumnType('bigint', type.unsigned), length: type.length };
}

const power = define(2, 2, (args) =>
  compiled(callSql('pow', doubleSql(argument(args, 0)), doubleSql(argument(args, 1))), doubleType, true),
);

const logarithm = define(1, 2, (args) => {
  const [base, value] = args.length === 2 ? [args[0], argument(args, 1)] : [undefined, argument(args, 0)];
  const number = doubleSql(value);
  const result = base === undefined ? callSql('ln', number) : sql`(ln(${number}) / ln(${doubleSql(base)}))`;
  return compiled(sql`(CASE WHEN ${number} > 0 THEN ${result} END)`, doubleType, true);
});

export const numberFunctions: Readonly<Record<string, SqlFunction>> = {
  ROUND: round,
  FLOOR: whole('floor'),
  CEIL: whole('ceil'),
  CEILING: whole('ceil'),
  TRUNCATE: truncate,
  ABS: abs,
  SIGN: define(1, 1, (args) =>
    compiled(
      castSql(callSql('sign', asNumber(argument(args, 0)).sql), sql`BIGINT`),
      wideInteger('int', 2),
      argument(args, 0).isNullable,
    ),
  ),
  MOD: define(2, 2, (args, context) => compileArithmetic('%', argument(args, 0), argument(args, 1), 'MOD', context)),
  POW: power,
  POWER: power,
  SQRT: guardedReal('sqrt', (value) => sql`${value} >= 0`),
  EXP: real('exp'),
  LN: guardedReal('ln', positive),
  LOG: logarithm,
  LOG2: guardedReal('log2', positive),
  LOG10: guardedReal('log10', positive),
  SIN: real('sin'),
  COS: real('cos'),
  TAN: real('tan'),
  ATAN: real('atan'),
  RADIANS: real('radians'),
  DEGREES: real('degrees'),
  PI: define(0, 0, () => compiled(sql`pi()`, { ...doubleType, length: 8 }, false)),
  // A seed gives a sequence of MariaDB's own, which DuckDB cannot repeat: only the plain call is here.
  RAND: define(0, 1, (args) => {
    if (args.length > 0) throw notSupported('RAND(N)');
    return compiled(sql`random()`, doubleType, false);
  }),
};
