import {
  booleanType,
  decimalType,
  doubleType,
  field,
  isIntegral,
  longType,
  structType,
  type DataType,
} from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import { countColumn, keepingValues, onlyColumn, plainColumn, splitting, typeOfArgument } from './aggregate-forms.ts';
import { bounded } from './decimal-types.ts';
import {
  aggregateOf,
  type AggregateCall,
  type AggregateFunction,
  type AggregateSplit,
  type CallShape,
  type CompiledCall,
  type FunctionTable,
  type PartialColumn,
} from './define-function.ts';
import { argument, argumentType, gives, printsAs, sameAs } from './function-forms.ts';
import { wrapInteger } from './integer-arithmetic.ts';
import { orderKey } from './nested-order.ts';
import { raiseError } from './raise-error.ts';

/** Rows in which every argument has a value; one argument that is a constant counts all rows, as `count(1)` and `count(*)`. */
function countSql(call: AggregateCall): Sql {
  const [first = sql`*`, ...others] = call.args;
  if (others.length === 0) {
    const isConstant = call.literals[0] !== undefined && call.literals[0] !== null && !call.distinct;
    return aggregateOf(call, 'count', [isConstant ? sql`*` : first]);
  }
  const where = sqlJoin(
    call.args.map((arg) => sql`${arg} IS NOT NULL`),
    ' AND ',
  );
  return aggregateOf(call, 'count', [call.distinct ? sql`row(${sqlJoin(call.args, ', ')})` : sql`*`], { where });
}

const sumType = ({ types }: { readonly types: readonly DataType[] }): DataType => {
  const type = argumentType({ types }, 0);
  if (type.kind === 'decimal') return bounded(type.precision + 10, type.scale);
  return isIntegral(type) ? longType : doubleType;
};

/** Longs add up beyond 64 bits inside DuckDB; Spark's sum wraps, or fails with ANSI on. Smaller integers cannot get there. */
function longSum(sum: Sql, ansi: boolean): Sql {
  const outside = ansi
    ? raiseError('ARITHMETIC_OVERFLOW', { message: 'long overflow', alternative: 'try_sum' })
    : undefined;
  return sql`coalesce(TRY_CAST(${sum} AS BIGINT), ${outside ? sql`CASE WHEN ${sum} IS NOT NULL THEN ${outside} END` : wrapInteger(sum, longType)})`;
}

/** A decimal partial has all 38 digits: sums are checked against Spark's precision at the end. */
const sumColumn: PartialColumn = {
  type: (call) => {
    const type = argumentType(call, 0);
    return type.kind === 'decimal' ? decimalType(38, type.scale) : sumType(call);
  },
  partial: (call) => {
    const [value, type] = [argument(call, 0), argumentType(call, 0)];
    switch (type.kind) {
      case 'byte':
      case 'short':
      case 'integer':
        return sql`(${aggregateOf(call, 'sum', [value])})::BIGINT`;
      case 'long':
        return longSum(aggregateOf(call, 'sum', [value]), call.context.ansi);
      case 'decimal':
        return sql`(${aggregateOf(call, 'sum', [value])})::DECIMAL(38, ${sqlInteger(type.scale)})`;
      default:
        return aggregateOf(call, 'sum', [sql`(${value})::DOUBLE`]);
    }
  },
  merge: (column, _order, call) => {
    const type = sumColumn.type(call);
    return type.kind === 'long'
      ? longSum(sql`sum(${column})`, call.context.ansi)
      : sql`sum(${column})::${storageType(type)}`;
  },
};

const sumFinal = (sum: Sql, call: CompiledCall): Sql =>
  call.type.kind === 'decimal' ? sql`TRY_CAST(${sum} AS ${storageType(call.type)})` : sum;

const sumSplit: AggregateSplit = { columns: [sumColumn], final: ([sum = sql`NULL`], call) => sumFinal(sum, call) };

const averageType = (shape: CallShape): DataType => {
  const type = argumentType(shape, 0);
  return type.kind === 'decimal' ? bounded(type.precision + 4, type.scale + 4) : doubleType;
};

/** Small integers add up exactly; longs as doubles, as Spark does. */
const averageSum: PartialColumn = {
  type: (call) => (argumentType(call, 0).kind === 'long' ? doubleType : sumColumn.type(call)),
  partial: (call) =>
    argumentType(call, 0).kind === 'long'
      ? aggregateOf(call, 'sum', [sql`(${argument(call, 0)})::DOUBLE`])
      : sumColumn.partial(call),
  merge: (column, order, call) =>
    argumentType(call, 0).kind === 'long' ? sql`sum(${column})` : sumColumn.merge(column, order, call),
};

const averageSplit: AggregateSplit = {
  columns: [averageSum, countColumn((call) => aggregateOf(call, 'count', [argument(call, 0)]))],
  final: ([sum = sql`NULL`, count = sql`NULL`], call) =>
    call.type.kind === 'decimal'
      ? sql`TRY_CAST(spark_decimal('/', (${sum})::VARCHAR, (${count})::VARCHAR, ${sqlInteger(call.type.scale)}) AS ${storageType(call.type)})`
      : sql`((${sum})::DOUBLE / nullif(${count}, 0))`,
};

const boolean = (
  name: 'bool_and' | 'bool_or',
  aliases: readonly string[],
  examples: AggregateFunction['examples'],
): AggregateFunction =>
  splitting({
    takes: ['boolean'],
    returns: booleanType,
    nullable: 'always',
    aliases,
    split: onlyColumn(plainColumn(name, () => booleanType)),
    examples,
  });

const extreme = (name: 'min' | 'max', examples: AggregateFunction['examples']): AggregateFunction => {
  const plain = plainColumn(name, typeOfArgument(0));
  const isNested = (call: CompiledCall): boolean => ['array', 'struct'].includes(argumentType(call, 0).kind);
  const column: PartialColumn = {
    ...plain,
    partial: (call) =>
      isNested(call)
        ? aggregateOf(call, `arg_${name}`, [argument(call, 0), orderKey(argument(call, 0), argumentType(call, 0))])
        : plain.partial(call),
    merge: (values, order, call) =>
      isNested(call)
        ? sql`${name === 'min' ? sql`arg_min` : sql`arg_max`}(${values}, ${orderKey(values, argumentType(call, 0))})`
        : plain.merge(values, order, call),
  };
  return splitting({ takes: ['any'], returns: sameAs(0), nullable: 'always', split: onlyColumn(column), examples });
};

/** `{v, o}` of the row whose `o` is the extreme; among equals the last one, as Spark's comparison leaves it. */
const extremeBy = (name: 'max_by' | 'min_by', examples: AggregateFunction['examples']): AggregateFunction => {
  const aggregate = name === 'max_by' ? 'arg_max_null' : 'arg_min_null';
  const place = (order: Sql): Sql => (name === 'max_by' ? order : sql`-(${order})`);
  const best: PartialColumn = {
    type: (call) => structType([field('v', argumentType(call, 0)), field('o', argumentType(call, 1))]),
    partial: (call) => {
      const [value, by] = [argument(call, 0), argument(call, 1)];
      const key = call.order ? sql`{o: ${by}, i: ${place(call.order)}}` : by;
      return aggregateOf(call, aggregate, [sql`{v: ${value}, o: ${by}}`, key], { where: sql`${by} IS NOT NULL` });
    },
    merge: (column, order) =>
      sql`${name === 'max_by' ? sql`arg_max_null` : sql`arg_min_null`}(${column}, {o: ${column}.o, i: ${place(order)}}) FILTER (WHERE ${column} IS NOT NULL)`,
  };
  return splitting({
    takes: ['any', 'any'],
    returns: sameAs(0),
    nullable: 'always',
    split: { columns: [best], final: ([pair = sql`NULL`]) => sql`struct_extract(${pair}, 'v')` },
    examples,
  });
};

const bits = (name: 'bit_and' | 'bit_or' | 'bit_xor', examples: AggregateFunction['examples']): AggregateFunction =>
  splitting({
    takes: ['integral'],
    returns: sameAs(0),
    nullable: 'always',
    split: onlyColumn(plainColumn(name, typeOfArgument(0))),
    examples,
  });

const values = (column: string): string => `from values ${column} as t(a)`;

/** Counting, adding up, extremes. All but the distinct forms keep a few numbers per group. */
export const aggregateFunctions: FunctionTable = {
  count: splitting({
    takes: ['any'],
    variadic: true,
    returns: longType,
    nullable: 'never',
    split: onlyColumn(countColumn(countSql)),
    examples: [
      gives(`count(*) ${values('(1), (NULL)')}`, '2'),
      gives(`count(a) ${values('(1), (NULL)')}`, '1'),
      gives(`count(1) ${values('(NULL)')}`, '1'),
      gives(`count(DISTINCT a) ${values('(1), (1), (NULL)')}`, '1'),
      gives('count(a, b) from values (1, 2), (1, NULL) as t(a, b)', '1'),
      gives("count(DISTINCT a, b) from values (1, 'x'), (1, 'x'), (1, NULL) as t(a, b)", '1'),
      gives(`count(a) FILTER (WHERE a > 1) ${values('(1), (2)')}`, '1'),
    ],
  }),
  sum: splitting({
    takes: ['numeric'],
    returns: sumType,
    nullable: 'always',
    split: sumSplit,
    examples: [
      gives(`sum(a) ${values('(1), (2), (NULL)')}`, '3'),
      gives(`sum(a) ${values('(9223372036854775807), (1)')}`, '-9223372036854775808'),
      gives(`sum(a) ${values('(1.5), (2.25)')}`, '3.75'),
      gives(`sum(a) ${values('(1D), (0.5D)')}`, '1.5'),
      gives(`sum(a) ${values('(cast(NULL as int))')}`, null),
      gives(`sum(DISTINCT a) ${values('(2), (2), (3)')}`, '5'),
      gives(`sum(a) ${values("('1'), ('x')")}`, '1.0'),
    ],
  }),
  try_sum: keepingValues({
    takes: ['numeric'],
    returns: sumType,
    nullable: 'always',
    sql: (call) => sql`TRY_CAST(${aggregateOf(call, 'sum', [argument(call, 0)])} AS ${storageType(call.type)})`,
    examples: [
      gives(`try_sum(a) ${values('(1), (2)')}`, '3'),
      gives(`try_sum(a) ${values('(9223372036854775807), (1)')}`, null),
    ],
  }),
  avg: splitting({
    takes: ['numeric'],
    returns: averageType,
    nullable: 'always',
    aliases: ['mean', 'try_avg'],
    split: averageSplit,
    examples: [
      gives(`avg(a) ${values('(1), (2), (NULL)')}`, '1.5'),
      gives(`mean(a) ${values('(1.5), (2.25), (1.0)')}`, '1.583333'),
      gives(`avg(a) ${values('(9223372036854775807), (9223372036854775807)')}`, '9.223372036854776E18'),
      gives(`avg(a) ${values('(cast(NULL as int))')}`, null),
    ],
  }),
  min: extreme('min', [
    gives(`min(a) ${values('(3), (NULL), (1)')}`, '1'),
    gives(`min(a) ${values("(double('nan')), (1D)")}`, '1.0'),
    gives(`min(a) ${values("('b'), ('B')")}`, 'B'),
  ]),
  max: extreme('max', [
    gives(`max(a) ${values("(double('nan')), (1D)")}`, 'NaN'),
    gives(
      `max(a) ${values("(timestamp'2024-01-10 10:00:00'), (timestamp'2023-01-10 10:00:00')")}`,
      '2024-01-10 10:00:00',
    ),
    gives(`max(a) ${values('(false), (true)')}`, 'true'),
    gives(`max(struct(1, a)) ${values('(NULL), (2)')}`, '{1, 2}'),
    gives(`max(array(a, 1)) ${values('(NULL), (2)')}`, '[2, 1]'),
  ]),
  max_by: extremeBy('max_by', [
    gives("max_by(a, b) from values ('x', 10), ('y', 50), ('z', 20) as t(a, b)", 'y'),
    gives("max_by(a, b) from values ('x', 1), ('y', 1) as t(a, b)", 'y'),
    gives('max_by(a, b) from values (NULL, 2), (1, 1), (3, NULL) as t(a, b)', null),
  ]),
  min_by: extremeBy('min_by', [
    gives("min_by(a, b) from values ('x', 10), ('y', 50), ('z', 20) as t(a, b)", 'x'),
    gives("min_by(a, b) from values ('x', 1), ('y', 1) as t(a, b)", 'y'),
  ]),
  count_if: splitting({
    takes: ['boolean'],
    returns: longType,
    nullable: 'never',
    split: onlyColumn(
      countColumn((call) => aggregateOf(call, 'count', [sql`CASE WHEN ${argument(call, 0)} THEN true END`])),
    ),
    examples: [gives(`count_if(a > 1) ${values('(1), (2), (NULL)')}`, '1')],
  }),
  bool_and: boolean(
    'bool_and',
    ['every'],
    [gives(`bool_and(a) ${values('(true), (NULL)')}`, 'true'), gives(`every(a) ${values('(true), (false)')}`, 'false')],
  ),
  bool_or: boolean(
    'bool_or',
    ['some', 'any'],
    [gives(`bool_or(a) ${values('(false), (NULL)')}`, 'false'), gives(`any(a) ${values('(true), (false)')}`, 'true')],
  ),
  bit_and: bits('bit_and', [gives(`bit_and(a) ${values('(3), (5)')}`, '1')]),
  bit_or: bits('bit_or', [gives(`bit_or(a) ${values('(3), (5)')}`, '7')]),
  bit_xor: bits('bit_xor', [gives(`bit_xor(a) ${values('(3), (5)')}`, '6')]),
  product: splitting({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    split: onlyColumn(plainColumn('product', () => doubleType)),
    examples: [],
  }),
  // Spark estimates; for groups of up to some hundred values its estimate is the exact number.
  approx_count_distinct: keepingValues({
    takes: ['any', 'double'],
    optional: 1,
    returns: longType,
    nullable: 'never',
    text: (args, spelling) => printsAs(spelling)(args.slice(0, 1)),
    sql: (call) => aggregateOf(call, 'count', [argument(call, 0)], { distinct: true }),
    examples: [gives(`approx_count_distinct(a) ${values('(1), (1), (2), (NULL)')}`, '2')],
  }),
};
