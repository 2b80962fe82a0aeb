import { assert } from '../core/assert-never.ts';
import { longType, type DataType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlString, sqlWord, type Sql } from '../core/sql-text.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import type { CompileContext, CompiledCall, CompiledLambda } from '../functions/define-function.ts';
import { literalValue } from '../functions/literal-value.ts';
import type { AttributeId } from '../plan/attribute.ts';
import type { BoundExpression, BoundLambda, BoundOrder } from '../plan/bound-expression.ts';
import { columnName, type ColumnForm, type Scope } from './column-form.ts';

/** What an expression is written over. */
export type ExpressionScope = {
  readonly columns: Scope;
  readonly context: CompileContext;
  /** Column or expression that gives arrival order, for the aggregates that need one. */
  readonly order?: Sql;
  /** What stands for each lambda parameter around the expression. */
  readonly variables?: ReadonlyMap<number, Sql>;
  /** Writes any expression over a scope: calls and windows come back here for their parts. */
  readonly compile: (expression: BoundExpression, scope: ExpressionScope) => Sql;
};

export function formOf(id: AttributeId, scope: ExpressionScope): ColumnForm {
  const form = scope.columns.get(id);
  assert(form !== undefined, `column c${id} is not in scope`);
  return form;
}

/** The part of a call that does not depend on what kind of function it is. */
export function callParts(args: readonly BoundExpression[], type: DataType, scope: ExpressionScope): CompiledCall {
  return {
    args: args.map((arg) => (arg.kind === 'lambda' ? sql`` : scope.compile(arg, scope))),
    lambdas: args.map((arg) => (arg.kind === 'lambda' ? compileLambda(arg, scope) : undefined)),
    types: args.map((arg) => arg.type),
    literals: args.map(literalValue),
    type,
    context: scope.context,
  };
}

/** The same for windows of one length, which compare as their starts do: equal windows join on a number. */
export function windowCallParts(
  args: readonly BoundExpression[],
  type: DataType,
  scope: ExpressionScope,
): CompiledCall | undefined {
  const starts = windowStarts(args, scope);
  return starts && { ...callParts(args, type, scope), args: starts, types: starts.map(() => longType) };
}

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
      return scope.compile(lambda.body, { ...scope, variables });
    },
  };
}

/** `expr ASC NULLS FIRST`; a struct gives one key for each field. */
export function compileOrder(order: BoundOrder, scope: ExpressionScope): Sql {
  const { expression, direction, nulls } = order;
  const start = windowStarts([expression], scope)?.[0];
  const key = start ?? scope.compile(expression, scope);
  return sqlJoin(sortKeys(key, start === undefined ? expression.type : longType, direction, nulls), ', ');
}

/** Inside a struct NULL is less than any value in Spark; in DuckDB it is greater. */
function sortKeys(
  key: Sql,
  type: DataType,
  direction: BoundOrder['direction'],
  nulls: BoundOrder['nulls'],
): readonly Sql[] {
  const isAscending = direction === 'ascending';
  if (type.kind !== 'struct') {
    return [
      sql`${key} ${isAscending ? sql`ASC` : sql`DESC`} ${nulls === 'nulls_first' ? sql`NULLS FIRST` : sql`NULLS LAST`}`,
    ];
  }
  const names = storageFieldNames(type);
  const fields = type.fields.flatMap((field, i) =>
    sortKeys(
      sql`struct_extract(${key}, ${sqlString(names[i] ?? field.name)})`,
      field.type,
      direction,
      isAscending ? 'nulls_first' : 'nulls_last',
    ),
  );
  return [sql`(${key} IS NULL) ${nulls === 'nulls_first' ? sql`DESC` : sql`ASC`}`, ...fields];
}

/** Windows of one length sort and group as their starts do. */
export const compileSortKey = (expression: BoundExpression, scope: ExpressionScope): Sql =>
  windowStarts([expression], scope)?.[0] ?? scope.compile(expression, scope);
