import { sql, sqlInteger, sqlJoin, sqlString, type Sql } from '../../../../engine/core/sql-text.ts';
import {
  decimalType,
  doubleType,
  familyOf,
  isExact,
  varcharType,
  wideInteger,
  type SqlType,
} from '../catalog/sql-type.ts';
import { invalidGroupUse, wrongArgumentCount } from '../relational-errors.ts';
import type { FunctionCall } from '../syntax/expression.ts';
import { groupSql, sortSql } from './compile-comparison.ts';
import { castSql, compiled, decimalSql, valueSql, type Compiled } from './compiled.ts';
import { asNumber, doubleSql, textSql } from './convert.ts';
import type { Context, Scope } from './scope.ts';

const countType = wideInteger('bigint', 21);
/** Digits that a sum adds to those of its numbers, and a mean behind the point. */
const sumDigits = 22;
const meanDigits = 4;
/** `group_concat_max_len` in characters. */
const groupConcatType: SqlType = { ...varcharType(70_000), name: 'mediumtext', length: 4_194_304 };

/** `window`: the text after the call when it is one with OVER. */
export function compileAggregate(call: FunctionCall, scope: Scope, context: Context, window: Sql = sql``): Compiled {
  if (scope.mode !== 'group') throw invalidGroupUse();
  const inner: Scope = { ...scope, mode: call.over === undefined ? 'aggregate' : 'row' };
  const args = call.args.map((arg) => context.compiler.expression(arg, inner, context));
  const [first] = args;
  if (call.name === 'COUNT') return compileCount(call, args, window);
  if (first === undefined || (args.length > 1 && call.name !== 'GROUP_CONCAT')) throw wrongArgumentCount(call.spelling);
  switch (call.name) {
    case 'SUM':
      return compileSum(asNumber(first), call.isDistinct, window);
    case 'AVG':
      return compileMean(asNumber(first), call.isDistinct, window);
    case 'MIN':
    case 'MAX':
      return compileExtreme(call.name, first, window);
    case 'GROUP_CONCAT':
      return compileGroupConcat(call, args, inner, context);
    case 'ANY_VALUE':
      return compiled(sql`first(${first.sql})${over(window)}`, first.type, true);
    case 'JSON_ARRAYAGG':
      return compiled(sql`CAST(to_json(list(${first.sql})${over(window)}) AS VARCHAR)`, groupConcatType, true);
    case 'BIT_AND':
    case 'BIT_OR':
    case 'BIT_XOR': {
      const bits = castSql(asNumber(first).sql, sql`UBIGINT`);
      return compiled(sql`${bitNames[call.name]}(${bits})${over(window)}`, wideInteger('bigint', 21, true), false);
    }
    default: {
      const name = spreadNames[call.name] ?? sql`stddev_pop`;
      const spread = sql`${name}(${doubleSql(first)})${over(window)}`;
      // Of exact numbers MariaDB shows four more digits than they have.
      const isDouble = !isExact(first.type);
      const shown = isDouble ? spread : sql`round(${spread}, ${sqlInteger(first.type.scale + meanDigits)})`;
      return compiled(shown, { ...doubleType, length: 26 }, true);
    }
  }
}

const bitNames = { BIT_AND: sql`bit_and`, BIT_OR: sql`bit_or`, BIT_XOR: sql`bit_xor` } as const;
const spreadNames: Readonly<Record<string, Sql>> = {
  STDDEV_SAMP: sql`stddev_samp`,
  VAR_SAMP: sql`var_samp`,
  VARIANCE: sql`var_pop`,
  VAR_POP: sql`var_pop`,
};

const over = (window: Sql): Sql => (window === '' ? sql`` : sql` ${window}`);
const distinct = (isDistinct: boolean): Sql => (isDistinct ? sql`DISTINCT ` : sql``);

function compileCount(call: FunctionCall, args: readonly Compiled[], window: Sql): Compiled {
  if (call.isStar) return compiled(sql`count(*)${over(window)}`, countType, false);
  const [first] = args;
  if (first === undefined || (args.length > 1 && !call.isDistinct)) throw wrongArgumentCount(call.spelling);
  if (!call.isDistinct) return compiled(sql`count(${first.sql})${over(window)}`, countType, false);
  const keys = args.map(groupSql);
  // COUNT(DISTINCT a, b) leaves out rows where any of them is NULL.
  const key =
    args.length === 1
      ? keys[0]
      : sql`(CASE WHEN ${sqlJoin(
          args.map((arg) => sql`${arg.sql} IS NOT NULL`),
          ' AND ',
        )} THEN row(${sqlJoin(keys, ', ')}) END)`;
  return compiled(sql`count(DISTINCT ${key ?? sql`NULL`})${over(window)}`, countType, false);
}

function compileSum(value: Compiled, isDistinct: boolean, window: Sql): Compiled {
  if (familyOf(value.type) === 'double') {
    return compiled(sql`sum(${distinct(isDistinct)}${value.sql})${over(window)}`, doubleType, true);
  }
  const type = decimalType(value.type.digits + sumDigits, value.type.scale);
  const wide = castSql(value.sql, decimalSql(decimalType(Math.min(38, value.type.digits), value.type.scale)));
  return compiled(castSql(sql`sum(${distinct(isDistinct)}${wide})${over(window)}`, decimalSql(type)), type, true);
}

function compileMean(value: Compiled, isDistinct: boolean, window: Sql): Compiled {
  const mean = sql`avg(${distinct(isDistinct)}${doubleSql(value)})${over(window)}`;
  if (familyOf(value.type) === 'double') return compiled(mean, doubleType, true);
  const type = decimalType(value.type.digits + meanDigits, value.type.scale + meanDigits);
  return compiled(castSql(mean, decimalSql(type)), type, true);
}

function compileExtreme(name: 'MIN' | 'MAX', value: Compiled, window: Sql): Compiled {
  const isText = familyOf(value.type) === 'text';
  const type = isText && value.type.members.length > 0 ? varcharType(value.type.length) : value.type;
  if (!isText || value.isBinary) {
    return compiled(sql`${name === 'MIN' ? sql`min` : sql`max`}(${valueSql(value)})${over(window)}`, type, true);
  }
  const pick = name === 'MIN' ? sql`arg_min` : sql`arg_max`;
  return compiled(sql`${pick}(${value.sql}, ${groupSql(value)})${over(window)}`, type, true);
}

function compileGroupConcat(call: FunctionCall, args: readonly Compiled[], scope: Scope, context: Context): Compiled {
  const text = sqlJoin(args.map(textSql), ' || ');
  const order = call.orderBy.map(({ key, isDescending }) => {
    const value = sortSql(context.compiler.expression(key, scope, context));
    return isDescending ? sql`${value} DESC` : value;
  });
  // DuckDB orders a DISTINCT list only by its own values, which is how MariaDB leaves it too.
  const ordering = call.isDistinct ? [text] : order;
  const orderBy = ordering.length === 0 ? sql`` : sql` ORDER BY ${sqlJoin(ordering, ', ')}`;
  const separator = sqlString(call.separator ?? ',');
  return compiled(sql`string_agg(${distinct(call.isDistinct)}${text}, ${separator}${orderBy})`, groupConcatType, true);
}
