import { sql, sqlInteger, type Sql } from '../../../../engine/core/sql-text.ts';
import {
  datetimeType,
  dateType,
  doubleType,
  familyOf,
  integerType,
  textLength,
  timeType,
  varcharType,
  wideInteger,
  type SqlType,
} from '../catalog/sql-type.ts';
import {
  callSql,
  carrierSql,
  castSql,
  compiled,
  decimalSql,
  isNullConstant,
  shownSql,
  valueSql,
  type Compiled,
} from './compiled.ts';

/** VARCHAR, as MariaDB writes the value. */
export function textSql(expression: Compiled): Sql {
  const value = valueSql(expression);
  switch (familyOf(expression.type)) {
    case 'text':
      return value;
    case 'double':
      return callSql('double_text', value);
    case 'datetime':
      return datetimeTextSql(value, expression.type.scale);
    case 'time':
      return callSql('time_text', value, sqlInteger(expression.type.scale));
    case 'binary':
      return callSql('decode', value);
    default:
      return castSql(shownSql(expression), sql`VARCHAR`);
  }
}

/** `2022-05-13 13:36:58.123`, with exactly `scale` digits of a second. */
export function datetimeTextSql(value: Sql, scale: number): Sql {
  // A TIMESTAMP without fraction prints exactly its seconds, and much faster than strftime.
  if (scale === 0) return castSql(callSql('date_trunc', sql`'second'`, value), sql`VARCHAR`);
  const micros = sql`strftime(${value}, '%Y-%m-%d %H:%M:%S.%f')`;
  return scale === 6 ? micros : sql`left(${micros}, ${sqlInteger(20 + scale)})`;
}

export const textType = (expression: Compiled): SqlType =>
  familyOf(expression.type) === 'text' && expression.type.members.length === 0
    ? expression.type
    : varcharType(textLength(expression.type));

/** An exact number or a double; text counts by its leading digits, times as the number of their digits. */
export function asNumber(expression: Compiled): Compiled {
  switch (familyOf(expression.type)) {
    case 'integer':
    case 'decimal':
    case 'double':
      return { ...expression, sql: valueSql(expression), isCondition: false };
    case 'bit':
      return bitNumber(expression);
    case 'date':
      return compiled(
        castSql(sql`strftime(${expression.sql}, '%Y%m%d')`, sql`BIGINT`),
        wideInteger('bigint', 10),
        expression.isNullable,
      );
    case 'datetime':
      return compiled(
        castSql(sql`strftime(${expression.sql}, '%Y%m%d%H%M%S')`, sql`BIGINT`),
        wideInteger('bigint', 20),
        expression.isNullable,
      );
    case 'time':
      return compiled(callSql('time_number', expression.sql), wideInteger('int', 9), expression.isNullable);
    case 'null':
      return compiled(sql`CAST(NULL AS DOUBLE)`, doubleType, true);
    default:
      return compiled(callSql('text_number', textSql(expression)), doubleType, expression.isNullable);
  }
}

function bitNumber(expression: Compiled): Compiled {
  const type = integerType(Math.ceil(expression.type.length * Math.log10(2)), true);
  return compiled(castSql(expression.sql, carrierSql(type)), type, expression.isNullable);
}

export const doubleSql = (expression: Compiled): Sql => castSql(asNumber(expression).sql, sql`DOUBLE`);

/** BIGINT, rounding as MariaDB does where an integer is asked for. */
export function integerArgument(expression: Compiled): Sql {
  const number = asNumber(expression);
  return familyOf(number.type) === 'integer'
    ? castSql(number.sql, sql`BIGINT`)
    : castSql(callSql('round', number.sql), sql`BIGINT`);
}

export function conditionSql(expression: Compiled): Sql {
  if (expression.isCondition) return expression.sql;
  if (isNullConstant(expression)) return sql`CAST(NULL AS BOOLEAN)`;
  return sql`(${asNumber(expression).sql} <> 0)`;
}

/** TIMESTAMP; NULL where the text or number is no date. */
export function datetimeSql(expression: Compiled): Sql {
  switch (familyOf(expression.type)) {
    case 'datetime':
      return expression.sql;
    case 'date':
      return castSql(expression.sql, sql`TIMESTAMP`);
    case 'time':
      return sql`(CAST(current_date AS TIMESTAMP) + to_microseconds(${expression.sql}))`;
    case 'null':
      return sql`CAST(NULL AS TIMESTAMP)`;
    default:
      return callSql('text_datetime', textSql(expression));
  }
}

export const dateSql = (expression: Compiled): Sql =>
  familyOf(expression.type) === 'date' ? expression.sql : castSql(datetimeSql(expression), sql`DATE`);

/** BIGINT microseconds. */
export function timeSql(expression: Compiled): Sql {
  switch (familyOf(expression.type)) {
    case 'time':
      return expression.sql;
    case 'datetime':
      return sql`(epoch_us(${expression.sql}) % 86400000000)`;
    case 'date':
      return sql`CAST(0 AS BIGINT)`;
    default:
      return callSql('text_time', textSql(expression));
  }
}

const fractionOf = (type: SqlType): number => (['datetime', 'time'].includes(familyOf(type)) ? type.scale : 0);

/** The expression in the form of `type`: for CAST, and for the branches of CASE, IF, COALESCE and UNION. */
export function convertTo(expression: Compiled, type: SqlType): Compiled {
  const { isNullable } = expression;
  switch (familyOf(type)) {
    case 'null':
      return expression;
    case 'text':
      return compiled(textSql(expression), type, isNullable, { isBinary: expression.isBinary });
    case 'double':
      return compiled(doubleSql(expression), type, isNullable);
    case 'decimal':
      return compiled(decimalCast(expression, type), type, isNullable);
    case 'integer':
    case 'bit':
      return compiled(castSql(integerArgument(expression), carrierSql(type)), type, isNullable);
    case 'date':
      return compiled(dateSql(expression), dateType, isNullable);
    case 'datetime':
      return compiled(
        type.scale < fractionOf(expression.type) ? truncated(expression, type.scale) : datetimeSql(expression),
        datetimeType(type.scale, type.name === 'timestamp' ? 'timestamp' : 'datetime'),
        isNullable,
      );
    case 'time':
      return compiled(timeSql(expression), timeType(type.scale), isNullable);
    case 'binary':
      return compiled(binarySql(expression), type, isNullable);
  }
}

/** MariaDB cuts the digits of a second that do not fit. */
const truncated = (expression: Compiled, scale: number): Sql =>
  castSql(datetimeTextSql(datetimeSql(expression), scale), sql`TIMESTAMP`);

const binarySql = (expression: Compiled): Sql =>
  familyOf(expression.type) === 'binary' ? expression.sql : callSql('encode', textSql(expression));

function decimalCast(expression: Compiled, type: SqlType): Sql {
  const number = asNumber(expression);
  // A double goes through its shortest text: 0.285 as a number is a little less than what was written.
  const value = familyOf(number.type) === 'double' ? callSql('double_text', number.sql) : number.sql;
  return castSql(value, decimalSql(type));
}
