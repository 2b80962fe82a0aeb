import { doubleType, integerType, type DataType } from '../core/data-type.ts';
import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';
import {
  aggregateOf,
  type AggregateCall,
  type Example,
  type FunctionTable,
  type WindowFunction,
} from './define-function.ts';
import { argument, gives, literalArgument, printsAs, printsDefaults, sameAs } from './function-forms.ts';

/** A DuckDB window function with its OVER; IGNORE NULLS goes inside the parentheses. */
const over = (call: AggregateCall, name: Sql, args: readonly Sql[] = []): Sql =>
  sql`${name}(${sqlJoin(args, ', ')}${call.ignoreNulls ? sql` IGNORE NULLS` : sql``}) OVER ${call.over ?? sql`()`}`;

/** Ranks are integers in Spark, 64 bits wide in DuckDB. */
const ranking = (
  name: string,
  returns: DataType,
  examples: readonly Example[],
  takes: WindowFunction['takes'] = [],
): WindowFunction => ({
  kind: 'window',
  takes,
  returns,
  nullable: 'never',
  ...(name.endsWith('rank') ? { text: printsAs(name.toUpperCase()) } : {}),
  sql: (call) => {
    const value = aggregateOf({ ...call, distinct: false }, name, call.args);
    return returns.kind === 'integer' ? sql`(${value})::INTEGER` : value;
  },
  examples,
});

const offset = (name: 'lag' | 'lead', examples: readonly Example[]): WindowFunction => ({
  kind: 'window',
  takes: ['common', 'literal_integer', 'common'],
  optional: 2,
  returns: sameAs(0),
  nullable: (shape) => (shape.args[0]?.nullable ?? true) || (shape.args[2]?.nullable ?? true),
  text: printsDefaults(3, '1', 'NULL'),
  sql: (call) =>
    over(call, name === 'lag' ? sql`lag` : sql`lead`, [
      argument(call, 0),
      call.args[1] ?? sql`1`,
      ...(call.args[2] ? [call.args[2]] : []),
    ]),
  examples,
});

const rows = 'from values (10), (20), (20), (30) as t(a)';

/** Functions that only make sense over a window. */
export const windowFunctions: FunctionTable = {
  row_number: ranking('row_number', integerType, [gives(`row_number() OVER (ORDER BY a) ${rows}`, '1; 2; 3; 4')]),
  rank: ranking('rank', integerType, [gives(`rank() OVER (ORDER BY a) ${rows}`, '1; 2; 2; 4')]),
  dense_rank: ranking('dense_rank', integerType, [gives(`dense_rank() OVER (ORDER BY a) ${rows}`, '1; 2; 2; 3')]),
  percent_rank: ranking('percent_rank', doubleType, [
    gives(`percent_rank() OVER (ORDER BY a) ${rows}`, '0.0; 0.3333333333333333; 0.3333333333333333; 1.0'),
  ]),
  cume_dist: ranking('cume_dist', doubleType, [
    gives(`cume_dist() OVER (ORDER BY a) ${rows}`, '0.25; 0.75; 0.75; 1.0'),
  ]),
  ntile: {
    ...ranking('ntile', integerType, [gives(`ntile(3) OVER (ORDER BY a) ${rows}`, '1; 1; 2; 3')], ['literal_integer']),
    optional: 1,
    text: printsDefaults(1, '1'),
  },
  lag: offset('lag', [
    gives(`lag(a) OVER (ORDER BY a) ${rows}`, 'NULL; 10; 20; 20'),
    gives(`lag(a, 2, -1) OVER (ORDER BY a) ${rows}`, '-1; -1; 10; 20'),
  ]),
  lead: offset('lead', [
    gives(`lead(a) OVER (ORDER BY a) ${rows}`, '20; 20; 30; NULL'),
    gives(`lead(a, -1) OVER (ORDER BY a) ${rows}`, 'NULL; 10; 20; 20'),
  ]),
  nth_value: {
    kind: 'window',
    takes: ['any', 'literal_integer', 'boolean'],
    optional: 1,
    returns: sameAs(0),
    nullable: 'always',
    text: (args) => `nth_value(${args.slice(0, 2).join(', ')})`,
    sql: (call) =>
      over({ ...call, ignoreNulls: call.ignoreNulls || literalArgument(call, 2) === true }, sql`nth_value`, [
        argument(call, 0),
        argument(call, 1),
      ]),
    examples: [gives(`nth_value(a, 2) OVER (ORDER BY a) ${rows}`, 'NULL; 20; 20; 20')],
  },
};
