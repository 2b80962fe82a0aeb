import { sql, sqlString, type Sql } from '../../../../engine/core/sql-text.ts';
import { decimalType, doubleType, familyOf, integerType, wideInteger, type SqlType } from '../catalog/sql-type.ts';
import { divisionByZero, numberOutOfRange } from '../relational-errors.ts';
import type { ArithmeticOperator, BitOperator } from '../syntax/expression.ts';
import { callSql, castSql, compiled, decimalSql, type Compiled } from './compiled.ts';
import { asNumber, doubleSql } from './convert.ts';
import { raisedText } from './raised-error.ts';
import type { Context } from './scope.ts';

/** Digits of whole numbers that a BIGINT surely holds. */
const safeDigits = 18;
/** Digits that MariaDB keeps together in one word of a decimal. */
const digitGroup = 9;
/** Digits after the point that a division adds: `div_precision_increment`. */
const divisionDigits = 4;

export function compileArithmetic(
  operator: ArithmeticOperator,
  leftOperand: Compiled,
  rightOperand: Compiled,
  text: string,
  context: Context,
): Compiled {
  const left = asNumber(leftOperand);
  const right = asNumber(rightOperand);
  const isNullable = left.isNullable || right.isNullable;
  switch (operator) {
    case '+':
    case '-':
    case '*':
      return compileExact(operator, left, right, text, isNullable);
    case '/':
      return compileDivision(left, right, context);
    case 'DIV':
      return compileWholeDivision(left, right, context);
    case '%':
      return compileRemainder(left, right, context);
  }
}

function compileExact(
  operator: '+' | '-' | '*',
  left: Compiled,
  right: Compiled,
  text: string,
  isNullable: boolean,
): Compiled {
  const sign = signs[operator];
  if (familyOf(left.type) === 'double' || familyOf(right.type) === 'double') {
    return compiled(sql`(${doubleSql(left)} ${sign} ${doubleSql(right)})`, doubleType, isNullable);
  }
  const type = exactType(operator, left.type, right.type);
  if (familyOf(type) === 'integer') {
    return compiled(integerOperation(operator, left, right, type, text), type, isNullable);
  }
  // What is shown is rounded to the type, not what is computed on with.
  const [one, two] = operator === '*' ? [factorSql(left, type), factorSql(right, type)] : [left.sql, right.sql];
  return compiled(sql`(${one} ${sign} ${two})`, type, isNullable);
}

/** DuckDB cannot multiply two decimals whose scales are over 38 in all. */
const factorSql = (factor: Compiled, product: SqlType): Sql =>
  product.scale <= 20
    ? factor.sql
    : castSql(factor.sql, decimalSql(decimalType(factor.type.digits, factor.type.scale)));

const signs = { '+': sql`+`, '-': sql`-`, '*': sql`*` } as const;

function exactType(operator: '+' | '-' | '*', left: SqlType, right: SqlType): SqlType {
  const unsigned = left.unsigned || right.unsigned;
  const isInteger = familyOf(left) === 'integer' && familyOf(right) === 'integer';
  if (operator === '*') {
    const digits = left.digits + right.digits;
    return isInteger
      ? boundedInteger(digits, unsigned)
      : decimalType(digits, left.scale + right.scale, left.unsigned && right.unsigned);
  }
  const scale = Math.max(left.scale, right.scale);
  const digits = Math.max(left.digits - left.scale, right.digits - right.scale) + scale + 1;
  return isInteger ? boundedInteger(digits, unsigned) : decimalType(digits, scale);
}

const boundedInteger = (digits: number, unsigned: boolean): SqlType =>
  digits > 20 ? { ...integerType(20, unsigned, 21), digits: 20 } : integerType(digits, unsigned);

function integerOperation(
  operator: '+' | '-' | '*',
  left: Compiled,
  right: Compiled,
  type: SqlType,
  text: string,
): Sql {
  if (type.digits <= safeDigits && !type.unsigned) return sql`(${left.sql} ${signs[operator]} ${right.sql})`;
  const result = sql`(${castSql(left.sql, sql`HUGEINT`)} ${signs[operator]} ${castSql(right.sql, sql`HUGEINT`)})`;
  const isBig = type.unsigned && type.name === 'bigint';
  const kind = type.unsigned ? 'BIGINT UNSIGNED' : 'BIGINT';
  const checked = callSql(
    type.unsigned ? 'checked_ubigint' : 'checked_bigint',
    result,
    sqlString(raisedText(numberOutOfRange(kind, text))),
  );
  return type.unsigned && !isBig ? castSql(checked, sql`BIGINT`) : checked;
}

/** NULL for a division by zero, and an error while rows are written. */
function guarded(divisor: Sql, result: Sql, context: Context): Sql {
  const zero = context.isWriting ? sql`error(${sqlString(raisedText(divisionByZero()))})` : sql`NULL`;
  return sql`(CASE WHEN ${divisor} = 0 THEN ${zero} ELSE ${result} END)`;
}

function compileDivision(left: Compiled, right: Compiled, context: Context): Compiled {
  if (familyOf(left.type) === 'double' || familyOf(right.type) === 'double') {
    const quotient = sql`(${doubleSql(left)} / ${doubleSql(right)})`;
    return compiled(guarded(right.sql, quotient, context), doubleType, true);
  }
  const scale = left.type.scale + divisionDigits;
  const type = decimalType(left.type.digits + right.type.scale + divisionDigits, scale);
  // More digits are kept than are shown, as MariaDB does: 2/3*100 is 66.6667.
  const keptScale = Math.min(27, Math.ceil(scale / digitGroup) * digitGroup);
  return compiled(guarded(right.sql, quotientSql(left, right, decimalType(38, keptScale)), context), type, true);
}

/** A double has 15 sure digits: of longer whole numbers the whole part is divided exactly. */
function quotientSql(left: Compiled, right: Compiled, kept: SqlType): Sql {
  const isInteger = familyOf(left.type) === 'integer' && familyOf(right.type) === 'integer';
  if (!isInteger || left.type.digits <= 15) {
    return castSql(sql`(${doubleSql(left)} / ${doubleSql(right)})`, decimalSql(kept));
  }
  const [dividend, divisor] = [castSql(left.sql, sql`HUGEINT`), castSql(right.sql, sql`HUGEINT`)];
  const rest = sql`(CAST(${dividend} % ${divisor} AS DOUBLE) / CAST(${divisor} AS DOUBLE))`;
  return sql`(${castSql(sql`(${dividend} // ${divisor})`, decimalSql(kept))} + ${castSql(rest, decimalSql(kept))})`;
}

function compileWholeDivision(left: Compiled, right: Compiled, context: Context): Compiled {
  const isInteger = familyOf(left.type) === 'integer' && familyOf(right.type) === 'integer';
  const result = isInteger
    ? sql`(${castSql(left.sql, sql`HUGEINT`)} // ${castSql(right.sql, sql`HUGEINT`)})`
    : sql`trunc(${doubleSql(left)} / ${doubleSql(right)})`;
  const type = integerType(
    Math.max(1, left.type.digits - left.type.scale),
    false,
    Math.max(1, left.type.digits - left.type.scale),
  );
  return compiled(guarded(right.sql, castSql(result, sql`BIGINT`), context), type, true);
}

function compileRemainder(left: Compiled, right: Compiled, context: Context): Compiled {
  if (familyOf(left.type) === 'integer' && familyOf(right.type) === 'integer') {
    const type = integerType(Math.max(left.type.digits, right.type.digits), left.type.unsigned);
    const result = sql`(${castSql(left.sql, sql`HUGEINT`)} % ${castSql(right.sql, sql`HUGEINT`)})`;
    return compiled(
      guarded(right.sql, castSql(result, sql`BIGINT`), context),
      { ...type, name: type.digits >= 10 ? 'bigint' : 'int' },
      true,
    );
  }
  const result = sql`fmod(${doubleSql(left)}, ${doubleSql(right)})`;
  if (familyOf(left.type) === 'double' || familyOf(right.type) === 'double') {
    return compiled(guarded(right.sql, result, context), doubleType, true);
  }
  const type = decimalType(Math.max(left.type.digits, right.type.digits), Math.max(left.type.scale, right.type.scale));
  return compiled(guarded(right.sql, castSql(result, decimalSql(type)), context), type, true);
}

export function compileNegation(operand: Compiled): Compiled {
  const number = asNumber(operand);
  const { type, isNullable } = number;
  if (familyOf(type) === 'double') return compiled(sql`(-${number.sql})`, doubleType, isNullable);
  if (familyOf(type) === 'decimal')
    return compiled(sql`(-${number.sql})`, decimalType(type.digits + 1, type.scale), isNullable);
  return compiled(sql`(-${castSql(number.sql, sql`BIGINT`)})`, integerType(Math.min(19, type.digits + 1)), isNullable);
}

export function compileBits(operator: BitOperator, left: Compiled, right: Compiled): Compiled {
  const bits = (of: Compiled): Sql => bitsSql(of);
  const isNullable = left.isNullable || right.isNullable;
  const text = bitOperations[operator](bits(left), bits(right));
  return compiled(castSql(text, sql`UBIGINT`), wideInteger('bigint', 21, true), isNullable);
}

const bitOperations: Readonly<Record<BitOperator, (left: Sql, right: Sql) => Sql>> = {
  '|': (left, right) => sql`(${left} | ${right})`,
  '&': (left, right) => sql`(${left} & ${right})`,
  '^': (left, right) => sql`xor(${left}, ${right})`,
  // What leaves the 64 bits is lost.
  '<<': (left, right) => sql`((${left} * CAST(pow(2, least(${right}, 64)) AS HUGEINT)) % 18446744073709551616)`,
  '>>': (left, right) => sql`(${left} // CAST(pow(2, least(${right}, 64)) AS HUGEINT))`,
};

export function compileComplement(operand: Compiled): Compiled {
  const text = sql`(18446744073709551615 - ${bitsSql(operand)})`;
  return compiled(castSql(text, sql`UBIGINT`), wideInteger('bigint', 21, true), operand.isNullable);
}

/** A number as 64 bits without sign, in a HUGEINT. */
function bitsSql(operand: Compiled): Sql {
  const whole = castSql(callSql('round', asNumber(operand).sql), sql`HUGEINT`);
  return sql`(CASE WHEN ${whole} < 0 THEN ${whole} + 18446744073709551616 ELSE ${whole} END)`;
}
