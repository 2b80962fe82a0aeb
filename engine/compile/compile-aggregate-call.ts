import { assert } from '../core/assert-never.ts';
import { arrayType, field, structType, type DataType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlString, sqlWord, type Sql } from '../core/sql-text.ts';
import type { AggregateCall, AggregateFunction } from '../functions/define-function.ts';
import type { BoundAggregate } from '../plan/bound-expression.ts';
import { functionRow } from './function-row.ts';
import { callParts, type ExpressionScope } from './expression-scope.ts';

/** The whole aggregate over input rows; `over` when it is a window function. */
export const compileAggregateCall = (aggregate: BoundAggregate, scope: ExpressionScope, over?: Sql): Sql =>
  rowOf(aggregate).sql(aggregateCall(aggregate, scope, over));

function rowOf(aggregate: BoundAggregate): AggregateFunction {
  const row = functionRow(aggregate.name);
  assert(row.kind === 'aggregate', `${aggregate.name} is not an aggregate`);
  return row;
}

function aggregateCall(aggregate: BoundAggregate, scope: ExpressionScope, over?: Sql): AggregateCall {
  return {
    ...callParts(aggregate.args, aggregate.type, scope),
    distinct: aggregate.distinct,
    ignoreNulls: aggregate.ignoreNulls,
    ...(aggregate.filter ? { filter: scope.compile(aggregate.filter, scope) } : {}),
    ...(over === undefined ? {} : { over }),
    ...(scope.order === undefined || over !== undefined ? {} : { order: scope.order }),
  };
}

/** One aggregate call cut in two: what a group keeps, and the answer from it. */
export type SplitAggregate = {
  readonly partials: readonly {
    readonly type: DataType;
    readonly partial: Sql;
    readonly merge: (column: Sql, order: Sql) => Sql;
  }[];
  readonly final: (columns: readonly Sql[]) => Sql;
};

/** Splits a call for state or panes. What has no split of its own keeps its argument values, in arrival order. */
export function splitAggregateCall(aggregate: BoundAggregate, scope: ExpressionScope): SplitAggregate {
  const { split } = rowOf(aggregate);
  const call = aggregateCall(aggregate, scope);
  if (split === 'keeps_values' || aggregate.distinct) return keptValues(aggregate, call);
  return {
    partials: split.columns.map((column) => ({
      type: column.type(call),
      partial: column.partial(call),
      merge: (values, order) => column.merge(values, order, call),
    })),
    final: (columns) => split.final(columns, call),
  };
}

const argumentName = (index: number): Sql => sqlWord(`a${index}`);

/** The state is a list of structs of arguments; the aggregate runs over the list when the group is shown. */
function keptValues(aggregate: BoundAggregate, call: AggregateCall): SplitAggregate {
  const members = call.args.map((arg, i) => sql`${sqlString(argumentName(i))}: ${arg}`);
  const filter = call.filter ? sql` FILTER (WHERE ${call.filter})` : sql``;
  const order = call.order ? sql` ORDER BY ${call.order}` : sql``;
  const row = structType(call.types.map((type, i) => field(argumentName(i), type)));
  const inList = call.args.map((arg, i) =>
    call.literals[i] === undefined ? sql`struct_extract(marea_value, ${sqlString(argumentName(i))})` : arg,
  );
  const overList: AggregateCall = {
    args: inList,
    lambdas: call.lambdas,
    types: call.types,
    literals: call.literals,
    type: call.type,
    context: call.context,
    distinct: call.distinct,
    ignoreNulls: call.ignoreNulls,
    order: sql`marea_position`,
  };
  return {
    partials: [
      {
        type: arrayType(row),
        partial: sql`list({${sqlJoin(members, ', ')}}${order})${filter}`,
        merge: (column, mergeOrder) =>
          sql`flatten(list(${column} ORDER BY ${mergeOrder}) FILTER (WHERE ${column} IS NOT NULL))`,
      },
    ],
    final: ([column]) =>
      sql`(SELECT ${rowOf(aggregate).sql(overList)} FROM (SELECT unnest(${column ?? sql`NULL`}) AS marea_value, generate_subscripts(${column ?? sql`NULL`}, 1) AS marea_position))`,
  };
}
