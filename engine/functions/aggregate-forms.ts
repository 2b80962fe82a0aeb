import { arrayType, longType, type DataType } from '../core/data-type.ts';
import { sql, type Sql } from '../core/sql-text.ts';
import {
  aggregateOf,
  type AggregateCall,
  type AggregateFunction,
  type AggregateSplit,
  type PartialColumn,
} from './define-function.ts';
import { argument, argumentType } from './function-forms.ts';

type SplitRow = Omit<AggregateFunction, 'kind' | 'sql' | 'split'> & { readonly split: AggregateSplit };

/** An aggregate whose whole answer is the final step over its own partial columns. */
export const splitting = (row: SplitRow): AggregateFunction => ({
  ...row,
  kind: 'aggregate',
  sql: (call) =>
    row.split.final(
      row.split.columns.map((column) => column.partial(call)),
      call,
    ),
});

/** An aggregate that must see every value. */
export const keepingValues = (row: Omit<AggregateFunction, 'kind' | 'split'>): AggregateFunction => ({
  ...row,
  kind: 'aggregate',
  split: 'keeps_values',
});

/** A partial column that merges with the same DuckDB aggregate that made it. */
export const plainColumn = (
  name: 'min' | 'max' | 'bool_and' | 'bool_or' | 'bit_and' | 'bit_or' | 'bit_xor' | 'product',
  type: PartialColumn['type'],
): PartialColumn => ({
  type,
  partial: (call) => aggregateOf(call, name, [argument(call, 0)]),
  merge: (column) => sql`${nameOf[name]}(${column})`,
});
const nameOf = {
  min: sql`min`,
  max: sql`max`,
  bool_and: sql`bool_and`,
  bool_or: sql`bool_or`,
  bit_and: sql`bit_and`,
  bit_or: sql`bit_or`,
  bit_xor: sql`bit_xor`,
  product: sql`product`,
} as const;

/** How many values there were, as BIGINT. */
export const countColumn = (partial: PartialColumn['partial']): PartialColumn => ({
  type: () => longType,
  partial,
  merge: (column) => sql`coalesce(sum(${column}), 0)::BIGINT`,
});

/** The only partial column is the answer. */
export const onlyColumn = (column: PartialColumn): AggregateSplit => ({
  columns: [column],
  final: ([value = sql`NULL`]) => value,
});

export const typeOfArgument =
  (index: number) =>
  (call: { readonly types: readonly DataType[] }): DataType =>
    argumentType(call, index);

/** Values in arrival order. DISTINCT takes the order away: DuckDB has no list that is both. */
export const listOf = (call: AggregateCall, value: Sql, options: { readonly where?: Sql } = {}): Sql =>
  aggregateOf(call, 'list', [value], {
    ...options,
    ...(call.order && !call.distinct && !call.over ? { orderBy: call.order } : {}),
  });

/** A partial column that is a list, joined in the order of its parts. */
export const listColumn = (element: PartialColumn['type'], partial: PartialColumn['partial']): PartialColumn => ({
  type: (call) => arrayType(element(call)),
  partial,
  merge: (column, order) => sql`flatten(list(${column} ORDER BY ${order}))`,
});
