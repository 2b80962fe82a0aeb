import { arrayType, type DataType } from '../core/data-type.ts';
import { sql, type Sql } from '../core/sql-text.ts';
import { listColumn, listOf, onlyColumn, splitting, typeOfArgument } from './aggregate-forms.ts';
import { distinctList } from './array-forms.ts';
import { bindValue } from './bind-value.ts';
import {
  aggregateOf,
  type AggregateCall,
  type AggregateFunction,
  type CallShape,
  type CompiledCall,
  type FunctionTable,
  type PartialColumn,
} from './define-function.ts';
import { argument, argumentType, gives, literalArgument, printsAs, sameAs } from './function-forms.ts';

const skipsNulls = (call: CompiledCall & { readonly ignoreNulls?: boolean }): boolean =>
  call.ignoreNulls === true || literalArgument(call, 1) === true;

/** The first or last value of all rows; NULL counts as a value unless nulls are ignored. */
function endSql(end: 'first' | 'last', call: AggregateCall): Sql {
  const value = argument(call, 0);
  const present = sql`${value} IS NOT NULL`;
  if (call.over) {
    const name = end === 'first' ? sql`first_value` : sql`last_value`;
    if (!call.filter) return sql`${name}(${value}${skipsNulls(call) ? sql` IGNORE NULLS` : sql``}) OVER ${call.over}`;
  }
  if (!call.order) return aggregateOf(call, end, [value], skipsNulls(call) ? { where: present } : {});
  const name = end === 'first' ? 'arg_min' : 'arg_max';
  return skipsNulls(call)
    ? aggregateOf(call, name, [value, call.order])
    : aggregateOf(call, `${name}_null`, [value, call.order]);
}

/** State: a list of at most one value, because NULL may be the value. */
const endColumn = (end: 'first' | 'last'): PartialColumn => {
  const only: PartialColumn = listColumn(typeOfArgument(0), (call) => {
    const rows = aggregateOf(call, 'count', [skipsNulls(call) ? argument(call, 0) : sql`*`]);
    return sql`CASE WHEN ${rows} > 0 THEN [${endSql(end, call)}] ELSE [] END`;
  });
  return {
    ...only,
    merge: (column, order, call) =>
      sql`(${only.merge(column, order, call)})[${end === 'first' ? sql`1:1` : sql`-1:-1`}]`,
  };
};

const endOf = (
  end: 'first' | 'last',
  names: { readonly aliases: readonly string[] },
  examples: AggregateFunction['examples'],
): AggregateFunction => ({
  kind: 'aggregate',
  takes: ['any', 'boolean'],
  optional: 1,
  returns: sameAs(0),
  nullable: 'always',
  aliases: names.aliases,
  text: (args, spelling) => `${spelling}(${args[0] ?? ''})`,
  sql: (call) => endSql(end, call),
  split: { columns: [endColumn(end)], final: ([list = sql`NULL`]) => sql`list_extract(${list}, 1)` },
  examples,
});

const listType = (shape: CallShape): DataType => arrayType(argumentType(shape, 0), false);

/** Beyond this many values the order of a set is left to DuckDB, as keeping it is quadratic. Spark promises none. */
const orderedSetLimit = sql`1000`;

const setOf = (call: AggregateCall): Sql => {
  const where = sql`${argument(call, 0)} IS NOT NULL`;
  const unordered = aggregateOf(call, 'list', [argument(call, 0)], { where, distinct: true });
  const all = listOf({ ...call, distinct: false }, argument(call, 0), { where });
  return sql`coalesce(CASE WHEN ${aggregateOf(call, 'count', [argument(call, 0)], { distinct: true })} > ${orderedSetLimit} THEN ${unordered} ELSE ${distinctList(all)} END, [])`;
};

const collectedList = listColumn(
  typeOfArgument(0),
  (call) => sql`coalesce(${listOf(call, argument(call, 0), { where: sql`${argument(call, 0)} IS NOT NULL` })}, [])`,
);
const collectedSet: PartialColumn = {
  ...collectedList,
  partial: setOf,
  merge: (column, order, call) =>
    bindValue(
      collectedList.merge(column, order, call),
      (list) =>
        sql`CASE WHEN len(list_distinct(${list})) > ${orderedSetLimit} THEN list_distinct(${list}) ELSE ${distinctList(list)} END`,
    ),
};

const values = (rows: string): string => `from values ${rows} as t(a)`;

/** Aggregates that keep values, in the order in which rows arrive. */
export const collectingAggregates: FunctionTable = {
  first: endOf('first', { aliases: ['first_value', 'any_value'] }, [
    gives(`first(a) ${values('(NULL), (5), (7)')}`, null),
    gives(`first(a, true) ${values('(NULL), (5), (7)')}`, '5'),
    gives(`first_value(a) ${values('(1), (2)')}`, '1'),
    gives(`any_value(a) ${values('(1), (2)')}`, '1'),
  ]),
  last: endOf('last', { aliases: ['last_value'] }, [
    gives(`last(a) ${values('(5), (7), (NULL)')}`, null),
    gives(`last(a, true) ${values('(5), (7), (NULL)')}`, '7'),
    gives(`last_value(a) ${values('(1), (2)')}`, '2'),
  ]),
  collect_list: splitting({
    takes: ['any'],
    returns: listType,
    nullable: 'never',
    aliases: ['array_agg'],
    text: printsAs('collect_list'),
    split: onlyColumn(collectedList),
    examples: [
      gives(`collect_list(a) ${values('(3), (NULL), (1), (3)')}`, '[3, 1, 3]'),
      gives(`array_agg(a) ${values('(cast(NULL as int))')}`, '[]'),
    ],
  }),
  collect_set: splitting({
    takes: ['any'],
    returns: listType,
    nullable: 'never',
    split: onlyColumn(collectedSet),
    examples: [gives(`sort_array(collect_set(a)) ${values('(3), (NULL), (1), (3)')}`, '[1, 3]')],
  }),
};
