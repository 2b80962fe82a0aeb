import { sql, sqlDouble, sqlInteger, sqlString, type Sql } from '../../../../engine/core/sql-text.ts';
import { charactersOf } from '../catalog/characters.ts';
import {
  binaryType,
  dateType,
  datetimeType,
  decimalType,
  doubleType,
  integerType,
  nullType,
  timeType,
  varcharType,
  wideInteger,
} from '../catalog/sql-type.ts';
import type { Literal } from '../syntax/expression.ts';
import { callSql, castSql, compiled, decimalSql, type Compiled } from './compiled.ts';

const maxBigint = 9_223_372_036_854_775_807n;
const minBigint = -9_223_372_036_854_775_808n;
const maxUnsigned = 18_446_744_073_709_551_615n;

export function compileLiteral(literal: Literal): Compiled {
  const constant = { constant: literal };
  switch (literal.kind) {
    case 'null':
      return compiled(sql`NULL`, nullType, true, constant);
    case 'boolean':
      return compiled(literal.value ? sql`1::BIGINT` : sql`0::BIGINT`, integerType(1, false, 1), false, constant);
    case 'integer':
      return { ...integerLiteral(literal.text), ...constant };
    case 'decimal': {
      const { digits, scale } = decimalDigits(literal.text);
      const type = decimalType(digits, scale);
      return compiled(castSql(sqlString(literal.text), decimalSql(type)), type, false, constant);
    }
    case 'double':
      return compiled(sqlDouble(Number(literal.text)), { ...doubleType, length: literal.text.length }, false, constant);
    case 'string':
      return compiled(sqlString(literal.text), varcharType(charactersOf(literal.text).length), false, constant);
    case 'bytes':
      return compiled(bytesSql(literal.bytes), binaryType('varbinary', literal.bytes.length), false, constant);
    case 'temporal':
      return temporalLiteral(literal);
  }
}

function integerLiteral(text: string): Compiled {
  const value = BigInt(text);
  const digits = value.toString().replace('-', '').length;
  if (value >= minBigint && value <= maxBigint) {
    return compiled(
      sql`CAST(${sqlString(value.toString())} AS BIGINT)`,
      integerType(digits, false, value.toString().length),
      false,
    );
  }
  if (value > 0 && value <= maxUnsigned) {
    return compiled(sql`CAST(${sqlString(text)} AS UBIGINT)`, wideInteger('bigint', 20, true), false);
  }
  const type = decimalType(digits, 0);
  return compiled(castSql(sqlString(text), decimalSql(type)), type, false);
}

function decimalDigits(text: string): { readonly digits: number; readonly scale: number } {
  const [whole = '', fraction = ''] = text.replace(/^[-+]/, '').split('.');
  const scale = Math.min(fraction.length, 38);
  return { digits: Math.max(1, whole.replace(/^0+(?=\d)/, '').length + scale), scale };
}

export function bytesSql(bytes: Uint8Array): Sql {
  return callSql('unhex', sqlString(Buffer.from(bytes).toString('hex')));
}

function temporalLiteral(literal: Extract<Literal, { kind: 'temporal' }>): Compiled {
  const text = sqlString(literal.text);
  const scale = /\.(\d+)$/.exec(literal.text)?.[1]?.length ?? 0;
  switch (literal.type) {
    case 'date':
      return compiled(castSql(callSql('text_datetime', text), sql`DATE`), dateType, false);
    case 'datetime':
      return compiled(callSql('text_datetime', text), datetimeType(scale), false);
    case 'time':
      return compiled(callSql('text_time', text), timeType(scale), false);
  }
}

/** TIMESTAMP of microseconds since 1970. */
export const momentSql = (micros: bigint): Sql => callSql('make_timestamp', sqlInteger(micros));
