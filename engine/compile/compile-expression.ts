import { assert, assertNever } from '../core/assert-never.ts';
import { longType, type DataType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlJoin, sqlString, sqlWord, type Sql } from '../core/sql-text.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import { castSql } from '../functions/cast.ts';
import { findFunction } from '../functions/catalog.ts';
import type { CompileContext, CompiledCall, CompiledLambda } from '../functions/define-function.ts';
import type { BoundCall, BoundExpression, BoundField, BoundLambda, BoundOrder } from '../plan/bound-expression.ts';
import { columnName, columnValue, sessionEndName, type ColumnForm, type Scope } from './column-form.ts';
import { compileAggregateCall } from './compile-aggregate-call.ts';
import { compileWindowFunction } from './compile-window-function.ts';
import { literalSql } from './literal-sql.ts';

/** What an expression is written over. */
export type ExpressionScope = {
  readonly columns: Scope;
  readonly context: CompileContext;
  /** Column or expression that gives arrival order, for the aggregates that need one. */
  readonly order?: Sql;
  /** What stands for each lambda parameter around the expression. */
  readonly variables?: ReadonlyMap<number, Sql>;
};

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
      return castSql(compileExpression(expression.child, scope), expression.child.type, expression.type, expression.mode, scope.context);
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

function formOf(id: Parameters<typeof columnName>[0], scope: ExpressionScope): ColumnForm {
  const form = scope.columns.get(id);
  assert(form !== undefined, `column c${id} is not in scope`);
  return form;
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

const comparisons: ReadonlySet<string> = new Set(['=', '==', '<=>', '<', '<=', '>', '>=', '!=', '<>', 'isnull', 'isnotnull']);

function compileCall(expression: BoundCall, scope: ExpressionScope): Sql {
  const row = findFunction(expression.name);
  assert(row.kind === 'scalar', `${expression.name} is not a scalar function`);
  const starts = comparisons.has(expression.name) ? windowStarts(expression.args, scope) : undefined;
  if (starts) {
    const types = starts.map(() => longType);
    return row.sql({ ...callParts(expression.args, expression.type, scope), args: starts, types });
  }
  return row.sql(callParts(expression.args, expression.type, scope));
}

/** Windows of one length compare as their starts do, so equal windows join on a number. */
function windowStarts(args: readonly BoundExpression[], scope: ExpressionScope): readonly Sql[] | undefined {
  const lengths = new Set<number>();
  const starts: Sql[] = [];
  for (const arg of args) {
    const form = arg.kind === 'attribute' ? scope.columns.get(arg.attribute.id) : undefined;
    if (arg.kind !== 'attribute' || form?.kind !== 'window') return undefined;
    lengths.add(form.windowUs);
    starts.push(columnName(arg.attribute.id));
  }
  return lengths.size === 1 ? starts : undefined;
}

/** The part of a call that does not depend on what kind of function it is. */
export function callParts(args: readonly BoundExpression[], type: DataType, scope: ExpressionScope): CompiledCall {
  return {
    args: args.map((arg) => (arg.kind === 'lambda' ? sql`` : compileExpression(arg, scope))),
    lambdas: args.map((arg) => (arg.kind === 'lambda' ? compileLambda(arg, scope) : undefined)),
    types: args.map((arg) => arg.type),
    literals: args.map((arg) => (arg.kind === 'literal' ? arg.value : undefined)),
    type,
    context: scope.context,
  };
}

function compileLambda(lambda: BoundLambda, scope: ExpressionScope): CompiledLambda {
  return {
    parameters: lambda.parameters.map(({ id }) => sqlWord(`v${id}`)),
    type: lambda.body.type,
    body: (...values) => {
      const variables = new Map(scope.variables);
      lambda.parameters.forEach(({ id }, i) => {
        const value = values[i];
        if (value !== undefined) variables.set(id, value);
      });
      return compileExpression(lambda.body, { ...scope, variables });
    },
  };
}

/** `expr ASC NULLS FIRST`. */
export function compileOrder(order: BoundOrder, scope: ExpressionScope): Sql {
  const direction = order.direction === 'ascending' ? sql`ASC` : sql`DESC`;
  const nulls = order.nulls === 'nulls_first' ? sql`NULLS FIRST` : sql`NULLS LAST`;
  return sql`${compileSortKey(order.expression, scope)} ${direction} ${nulls}`;
}

/** Windows of one length sort as their starts do. */
export function compileSortKey(expression: BoundExpression, scope: ExpressionScope): Sql {
  const starts = windowStarts([expression], scope);
  return starts?.[0] ?? compileExpression(expression, scope);
}
