import { assert, assertNever } from '../core/assert-never.ts';
import { sql, sqlInteger, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import { castSql } from '../functions/cast.ts';
import type { CompileContext } from '../functions/define-function.ts';
import type { BoundCall, BoundExpression, BoundField } from '../plan/bound-expression.ts';
import { columnName, columnValue, sessionEndName, type Scope } from './column-form.ts';
import { compileAggregateCall } from './compile-aggregate-call.ts';
import { compileWindowFunction } from './compile-window-function.ts';
import { callParts, formOf, windowCallParts, type ExpressionScope } from './expression-scope.ts';
import { functionRow } from './function-row.ts';
import { literalSql } from './literal-sql.ts';

/** A scope over columns. */
export const expressionScope = (columns: Scope, context: CompileContext): ExpressionScope => ({
  columns,
  context,
  compile: compileExpression,
});

/** DuckDB text of an expression, of exactly the storage type of its Spark type. Python calls must have been cut before. */
export function compileExpression(expression: BoundExpression, scope: ExpressionScope): Sql {
  switch (expression.kind) {
    case 'literal':
      return literalSql(expression.value, expression.type);
    case 'attribute':
      return columnValue(expression.attribute.id, formOf(expression.attribute.id, scope));
    case 'call':
      return compileCall(expression, scope);
    case 'cast':
      return castSql(
        compileExpression(expression.child, scope),
        expression.child.type,
        expression.type,
        expression.mode,
        scope.context,
      );
    case 'case': {
      const branches = expression.branches.map(
        ({ when, then }) => sql` WHEN ${compileExpression(when, scope)} THEN ${compileExpression(then, scope)}`,
      );
      const otherwise = expression.otherwise ? sql` ELSE ${compileExpression(expression.otherwise, scope)}` : sql``;
      return sql`CASE${sqlJoin(branches, '')}${otherwise} END`;
    }
    case 'field':
      return compileField(expression, scope);
    case 'lambda_variable': {
      const value = scope.variables?.get(expression.id);
      assert(value !== undefined, `lambda variable ${expression.name} outside its lambda`);
      return value;
    }
    case 'aggregate':
      return compileAggregateCall(expression, scope);
    case 'window':
      return compileWindowFunction(expression, scope);
    case 'lambda':
      throw new Error('internal error: a lambda outside a call');
    case 'python':
      throw new Error(`internal error: Python function ${expression.name} was not cut out`);
    default:
      return assertNever(expression, 'expression');
  }
}

/** `window.start` and `window.end` come straight from the numbers, no struct is built. */
function compileField(expression: BoundField, scope: ExpressionScope): Sql {
  const { child, index } = expression;
  if (child.kind === 'attribute') {
    const form = formOf(child.attribute.id, scope);
    const name = columnName(child.attribute.id);
    if (form.kind === 'window' || form.kind === 'session') {
      if (index === 0) return sql`make_timestamp(${name})`;
      return form.kind === 'session'
        ? sql`make_timestamp(${sessionEndName(child.attribute.id)})`
        : sql`make_timestamp(${name} + ${sqlInteger(form.windowUs)})`;
    }
  }
  assert(child.type.kind === 'struct', `field of ${child.type.kind}`);
  const field = storageFieldNames(child.type)[index];
  assert(field !== undefined, `no field ${index}`);
  return sql`struct_extract(${compileExpression(child, scope)}, ${sqlString(field)})`;
}

const comparisons: ReadonlySet<string> = new Set([
  '=',
  '==',
  '<=>',
  '<',
  '<=',
  '>',
  '>=',
  '!=',
  '<>',
  'isnull',
  'isnotnull',
]);

function compileCall(expression: BoundCall, scope: ExpressionScope): Sql {
  const row = functionRow(expression.name);
  assert(row.kind === 'scalar', `${expression.name} is not a scalar function`);
  const ofWindows = comparisons.has(expression.name)
    ? windowCallParts(expression.args, expression.type, scope)
    : undefined;
  return row.sql(ofWindows ?? callParts(expression.args, expression.type, scope));
}
