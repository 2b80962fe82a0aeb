import { sql, sqlJoin, sqlString, type Sql } from '../../../../engine/core/sql-text.ts';
import { familyOf, isBigUnsigned, isNumeric, isTemporal } from '../catalog/sql-type.ts';
import { manyColumns } from '../relational-errors.ts';
import type { ComparisonOperator } from '../syntax/expression.ts';
import { callSql, castSql, condition, isNullConstant, valueSql, type Compiled } from './compiled.ts';
import { asNumber, conditionSql, datetimeSql, doubleSql, textSql, timeSql } from './convert.ts';

/** Both sides in one form of DuckDB's, in which its own comparison decides as MariaDB does. */
type Comparable = { readonly left: Sql; readonly right: Sql };

function comparable(left: Compiled, right: Compiled): Comparable {
  const families = [familyOf(left.type), familyOf(right.type)];
  if (families.includes('null')) return { left: sql`CAST(NULL AS INTEGER)`, right: sql`CAST(NULL AS INTEGER)` };
  if (isTemporal(left.type) || isTemporal(right.type)) return temporalSides(left, right);
  if (isNumeric(left.type) || isNumeric(right.type)) return numericSides(left, right);
  if (families.every((family) => family === 'binary')) return { left: left.sql, right: right.sql };
  const isBinary = left.isBinary || right.isBinary || families.includes('binary');
  const form = isBinary ? textSql : (side: Compiled) => foldedSql(side);
  return { left: form(left), right: form(right) };
}

/** Text as utf8mb4_general_ci compares it. */
const foldedSql = (side: Compiled): Sql =>
  side.constant?.kind === 'string' ? sqlString(foldText(side.constant.text)) : callSql('ci', textSql(side));

/** The same as DuckDB's macro `ci`, for keys and constants. */
export const foldText = (text: string): string =>
  text
    .replaceAll('ß', 's')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toUpperCase()
    .replace(/ +$/, '');

/** What GROUP BY, DISTINCT and ORDER BY tell values apart by. */
export function sortSql(value: Compiled): Sql {
  if (familyOf(value.type) !== 'text' || value.isBinary) return valueSql(value);
  if (value.type.name === 'enum') {
    const members = sqlJoin(
      value.type.members.map((member) => sqlString(member)),
      ', ',
    );
    return callSql('list_position', sql`[${members}]`, value.sql);
  }
  return foldedSql(value);
}

export const groupSql = (value: Compiled): Sql =>
  familyOf(value.type) === 'text' && !value.isBinary ? foldedSql(value) : valueSql(value);

function temporalSides(left: Compiled, right: Compiled): Comparable {
  if (isNumeric(left.type) || isNumeric(right.type)) return { left: asNumber(left).sql, right: asNumber(right).sql };
  const families = [familyOf(left.type), familyOf(right.type)];
  const isTime = families.includes('time') && !families.includes('date') && !families.includes('datetime');
  const form = isTime ? timeSql : comparedDatetime;
  return { left: form(left), right: form(right) };
}

const comparedDatetime = (side: Compiled): Sql =>
  isTemporal(side.type) ? datetimeSql(side) : callSql('compared_datetime', textSql(side));

function numericSides(left: Compiled, right: Compiled): Comparable {
  const families = [familyOf(left.type), familyOf(right.type)];
  const isDouble = families.some((family) => family === 'double' || family === 'text' || family === 'binary');
  if (isDouble) return { left: doubleSql(left), right: doubleSql(right) };
  return { left: exactSide(left, right), right: exactSide(right, left) };
}

/** A constant in the type of the column it is compared with: DuckDB then skips blocks of rows that cannot match. */
function exactSide(side: Compiled, other: Compiled): Sql {
  const { constant } = side;
  const isConstant = constant?.kind === 'integer' && !constant.text.startsWith('-');
  const number = asNumber(side).sql;
  return isConstant && isBigUnsigned(other.type) ? castSql(number, sql`UBIGINT`) : number;
}

const signs: Readonly<Record<ComparisonOperator, Sql>> = {
  '=': sql`=`,
  '<=>': sql`IS NOT DISTINCT FROM`,
  '<>': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

export function compileComparison(operator: ComparisonOperator, left: Compiled, right: Compiled): Compiled {
  const isNullable = operator !== '<=>' && (left.isNullable || right.isNullable);
  if (operator === '<=>' && (isNullConstant(left) || isNullConstant(right))) {
    const other = isNullConstant(left) ? right : left;
    return condition(isNullConstant(other) ? sql`TRUE` : sql`(${other.sql} IS NULL)`, false);
  }
  const sides = comparable(left, right);
  return condition(sql`(${sides.left} ${signs[operator]} ${sides.right})`, isNullable);
}

/** Rows such as `(a, b)` compare item by item; only equality is known for them. */
export function compileRowEquality(left: readonly Compiled[], right: readonly Compiled[]): Compiled {
  if (left.length !== right.length) throw manyColumns(left.length);
  const parts = left.map((side, i) => {
    const other = right[i];
    return other === undefined ? sql`FALSE` : conditionSql(compileComparison('=', side, other));
  });
  return condition(
    sql`(${sqlJoin(parts, ' AND ')})`,
    [...left, ...right].some((side) => side.isNullable),
  );
}

export function compileLike(operand: Compiled, pattern: Compiled, escape: string, isNegated: boolean): Compiled {
  const isBinary = operand.isBinary || pattern.isBinary;
  const form = (side: Compiled): Sql => (isBinary ? textSql(side) : sql`upper(strip_accents(${textSql(side)}))`);
  const word = isNegated ? sql`NOT LIKE` : sql`LIKE`;
  const escaped = escape === '' ? sql`` : sql` ESCAPE ${sqlString(escape)}`;
  return condition(
    sql`(${form(operand)} ${word} ${form(pattern)}${escaped})`,
    operand.isNullable || pattern.isNullable,
  );
}

export function compileRegexp(operand: Compiled, pattern: Compiled, isNegated: boolean): Compiled {
  const options = operand.isBinary || pattern.isBinary ? sql`'c'` : sql`'i'`;
  const text = sql`regexp_matches(${textSql(operand)}, ${textSql(pattern)}, ${options})`;
  return condition(isNegated ? sql`(NOT ${text})` : text, operand.isNullable || pattern.isNullable);
}
