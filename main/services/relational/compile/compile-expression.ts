import { sql, sqlInteger, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import { familyOf, isExact, textLength, varcharType, wideInteger, type SqlType } from '../catalog/sql-type.ts';
import { manyColumns, notSupported } from '../relational-errors.ts';
import {
  literalOf,
  type ArithmeticOperator,
  type BitOperator,
  type ComparisonOperator,
  type Expression,
} from '../syntax/expression.ts';
import { compileArithmetic, compileBits, compileComplement, compileNegation } from './compile-arithmetic.ts';
import { compileCall } from './compile-call.ts';
import { compileComparison, compileLike, compileRegexp, compileRowEquality } from './compile-comparison.ts';
import { compileLiteral } from './compile-literal.ts';
import { compileColumn } from './compile-column.ts';
import { compileShift } from './compile-shift.ts';
import { compileVariable } from './compile-variable.ts';
import { anyNullable, compiled, condition, type Compiled } from './compiled.ts';
import { asNumber, conditionSql, convertTo, doubleSql } from './convert.ts';
import type { Context, Scope } from './scope.ts';
import { printedExpression } from './printed-expression.ts';
import { unifyTypes } from './unify-types.ts';

/** An expression for DuckDB, with MariaDB's type; raises MariaDB's errors for unknown names and wrong arguments. */
export function compileExpression(expression: Expression, scope: Scope, context: Context): Compiled {
  const compile = (inner: Expression): Compiled => compileExpression(inner, scope, context);
  switch (expression.kind) {
    case 'parameter':
      return compileLiteral(literalOf(context.values[expression.index] ?? null));
    case 'column':
      return compileColumn(expression, scope, context);
    case 'call':
      return compileCall(expression, scope, context);
    case 'user-variable':
    case 'system-variable':
      return compileVariable(expression, context);
    case 'unary':
      return compileUnary(expression.operator, compile(expression.operand));
    case 'binary':
      return compileBinary(expression, scope, context);
    case 'between': {
      const operand = compile(expression.operand);
      const low = compileComparison('>=', operand, compile(expression.low));
      const high = compileComparison('<=', operand, compile(expression.high));
      const inside = condition(sql`(${low.sql} AND ${high.sql})`, low.isNullable || high.isNullable);
      return expression.isNegated ? negated(inside) : inside;
    }
    case 'in-list':
      return compileInList(expression, scope, context);
    case 'in-query':
      return compileInQuery(expression, scope, context);
    case 'is':
      return compileIs(compile(expression.operand), expression.test, expression.isNegated);
    case 'like':
      return compileLike(
        compile(expression.operand),
        compile(expression.pattern),
        expression.escape,
        expression.isNegated,
      );
    case 'regexp':
      return compileRegexp(compile(expression.operand), compile(expression.pattern), expression.isNegated);
    case 'case':
      return compileCase(expression, scope, context);
    case 'cast':
      return compileCast(compile(expression.operand), expression.type);
    case 'shift':
      return compileShift(compile(expression.operand), compile(expression.amount), expression.unit);
    case 'collate':
      return { ...compile(expression.operand), isBinary: expression.isBinary };
    case 'query':
      return compileScalarQuery(expression, scope, context);
    case 'exists':
      return condition(sql`EXISTS (${context.compiler.query(expression.query, context, scope).sql})`, false);
    case 'row':
      throw manyColumns(1);
    case 'inserted':
      return (
        scope.inserted.get(expression.column.toLowerCase()) ??
        compileColumn(
          { kind: 'column', database: undefined, table: undefined, name: expression.column },
          scope,
          context,
        )
      );
    case 'default':
      throw notSupported('DEFAULT(column)');
    default:
      return compileLiteral(expression);
  }
}

const negated = (of: Compiled): Compiled => condition(sql`(NOT ${conditionSql(of)})`, of.isNullable);

function compileUnary(operator: '-' | '~' | 'NOT', operand: Compiled): Compiled {
  if (operator === '-') return compileNegation(operand);
  return operator === '~' ? compileComplement(operand) : negated(operand);
}

function compileBinary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope, context: Context): Compiled {
  const { operator, left, right } = expression;
  const compileRow = (side: Expression): readonly Compiled[] =>
    (side.kind === 'row' ? side.items : [side]).map((item) => compileExpression(item, scope, context));
  if (left.kind === 'row' || right.kind === 'row') {
    const equality = compileRowEquality(compileRow(left), compileRow(right));
    if (operator === '=') return equality;
    if (operator === '<>') return negated(equality);
    throw notSupported('comparison of rows by order');
  }
  const [one, two] = [compileExpression(left, scope, context), compileExpression(right, scope, context)];
  switch (operator) {
    case 'AND':
    case 'OR': {
      const word = operator === 'AND' ? sql`AND` : sql`OR`;
      return condition(sql`(${conditionSql(one)} ${word} ${conditionSql(two)})`, anyNullable([one, two]));
    }
    case 'XOR':
      return condition(sql`(${conditionSql(one)} <> ${conditionSql(two)})`, anyNullable([one, two]));
    default:
      return compileOperator(operator, one, two, printedExpression(expression, scope), context);
  }
}

function compileOperator(
  operator: ComparisonOperator | ArithmeticOperator | BitOperator,
  left: Compiled,
  right: Compiled,
  text: string,
  context: Context,
): Compiled {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case 'DIV':
    case '%':
      return compileArithmetic(operator, left, right, text, context);
    case '|':
    case '&':
    case '^':
    case '<<':
    case '>>':
      return compileBits(operator, left, right);
    default:
      return compileComparison(operator, left, right);
  }
}

function compileInList(expression: Extract<Expression, { kind: 'in-list' }>, scope: Scope, context: Context): Compiled {
  const compileRow = (side: Expression): readonly Compiled[] =>
    (side.kind === 'row' ? side.items : [side]).map((item) => compileExpression(item, scope, context));
  const operand = compileRow(expression.operand);
  const tests = expression.items.map((item) => compileRowEquality(operand, compileRow(item)));
  const inList = condition(
    sql`(${sqlJoin(
      tests.map((test) => test.sql),
      ' OR ',
    )})`,
    anyNullable(tests),
  );
  return expression.isNegated ? negated(inList) : inList;
}

function compileInQuery(
  expression: Extract<Expression, { kind: 'in-query' }>,
  scope: Scope,
  context: Context,
): Compiled {
  const operands = (expression.operand.kind === 'row' ? expression.operand.items : [expression.operand]).map((item) =>
    compileExpression(item, scope, context),
  );
  const query = context.compiler.query(expression.query, context, scope);
  if (query.columns.length !== operands.length) throw manyColumns(operands.length);
  const alias = context.nextAlias();
  const sides = operands.map((operand, i) => {
    const column = query.columns[i];
    const inner = compiled(sql`${alias}.c${sqlIndex(i)}`, column?.type ?? operand.type, column?.isNullable ?? true);
    return compileComparison('=', operand, inner);
  });
  // NULL, not false, where no row matches and some comparison is unknown.
  const test = sqlJoin(
    sides.map((side) => side.sql),
    ' AND ',
  );
  const someMatch = sql`(SELECT bool_or(${test}) FROM (${query.sql}) AS ${alias})`;
  const found = condition(
    sql`(CASE WHEN EXISTS (${query.sql}) THEN ${someMatch} ELSE FALSE END)`,
    anyNullable(operands),
  );
  return expression.isNegated ? negated(found) : found;
}

const sqlIndex = (i: number): Sql => sqlInteger(i);

function compileIs(operand: Compiled, test: 'NULL' | 'TRUE' | 'FALSE', isNegated: boolean): Compiled {
  const not = isNegated ? sql` NOT` : sql``;
  if (test === 'NULL') return condition(sql`(${operand.sql} IS${not} NULL)`, false);
  const word = test === 'TRUE' ? sql`TRUE` : sql`FALSE`;
  return condition(sql`(${conditionSql(operand)} IS${not} ${word})`, false);
}

function compileCase(expression: Extract<Expression, { kind: 'case' }>, scope: Scope, context: Context): Compiled {
  const operand = expression.operand && compileExpression(expression.operand, scope, context);
  const results = expression.branches.map(({ result }) => compileExpression(result, scope, context));
  const otherwise = expression.otherwise && compileExpression(expression.otherwise, scope, context);
  const all = otherwise === undefined ? results : [...results, otherwise];
  const type = unifyTypes(all.map((result) => result.type));
  const branches = expression.branches.map(({ test }, i) => {
    const value = compileExpression(test, scope, context);
    const hit = operand === undefined ? conditionSql(value) : compileComparison('=', operand, value).sql;
    const result = results[i];
    return sql`WHEN ${hit} THEN ${result === undefined ? sql`NULL` : convertTo(result, type).sql}`;
  });
  const last = otherwise === undefined ? sql`NULL` : convertTo(otherwise, type).sql;
  return compiled(
    sql`(CASE ${sqlJoin(branches, ' ')} ELSE ${last} END)`,
    type,
    otherwise === undefined || anyNullable(all),
  );
}

function compileCast(operand: Compiled, type: SqlType): Compiled {
  const family = familyOf(type);
  if (family === 'text') {
    const length = type.length === 0 ? textLength(operand.type) : type.length;
    const text = convertTo(operand, varcharType(length));
    const cut = type.length === 0 ? text.sql : sql`left(${text.sql}, ${sqlIndex(type.length)})`;
    return compiled(cut, varcharType(length), true);
  }
  if (family === 'binary')
    return {
      ...convertTo(operand, { ...type, length: type.length === 0 ? textLength(operand.type) * 4 : type.length }),
      isNullable: true,
    };
  if (family === 'integer') return compileIntegerCast(operand, type);
  const cast = convertTo(operand, type);
  return { ...cast, isNullable: cast.isNullable || family !== 'decimal' };
}

/** Text counts by its leading digits; the width of the operand decides between `int` and `bigint`. */
function compileIntegerCast(operand: Compiled, type: SqlType): Compiled {
  const isText = familyOf(operand.type) === 'text';
  const value = isText ? sql`trunc(${doubleSql(operand)})` : sql`round(${asNumber(operand).sql})`;
  const whole = sql`CAST(${value} AS HUGEINT)`;
  const bits = type.unsigned
    ? sql`CAST((CASE WHEN ${whole} < 0 THEN ${whole} + 18446744073709551616 ELSE ${whole} END) AS UBIGINT)`
    : clampedSql(operand, value);
  const width = Math.max(textLength(operand.type), isText && !type.unsigned ? 2 : 0);
  const isDouble = familyOf(operand.type) === 'double';
  const isSmall = width > 0 && width < 10 && !isDouble && !(type.unsigned && mayBeNegative(operand));
  const result = wideInteger(isSmall ? 'int' : 'bigint', Math.min(Math.max(width, 1), 21), type.unsigned);
  return compiled(isSmall && type.unsigned ? sql`CAST(${bits} AS BIGINT)` : bits, result, operand.isNullable);
}

/** A double beyond 64 bits becomes the nearest number that fits. */
function clampedSql(operand: Compiled, value: Sql): Sql {
  if (isExact(operand.type)) return sql`CAST(${value} AS BIGINT)`;
  const limit = sql`(CASE WHEN ${value} > 0 THEN 9223372036854775807 WHEN ${value} < 0 THEN -9223372036854775808 END)`;
  return sql`coalesce(TRY_CAST(${value} AS BIGINT), ${limit})`;
}

const mayBeNegative = ({ type, constant }: Compiled): boolean =>
  !type.unsigned && (constant === undefined || !('text' in constant) || constant.text.startsWith('-'));

function compileScalarQuery(
  expression: Extract<Expression, { kind: 'query' }>,
  scope: Scope,
  context: Context,
): Compiled {
  const query = context.compiler.query(expression.query, context, scope);
  const [column] = query.columns;
  if (query.columns.length !== 1 || column === undefined) throw manyColumns(1);
  return compiled(sql`(${query.sql})`, column.type, true);
}
