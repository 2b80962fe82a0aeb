import { arrayType, doubleType, longType, type DataType } from '../core/data-type.ts';
import { sql, sqlInteger, type Sql } from '../core/sql-text.ts';
import { keepingValues, listOf, splitting } from './aggregate-forms.ts';
import { bindValue } from './bind-value.ts';
import {
  aggregateOf,
  type AggregateCall,
  type AggregateFunction,
  type CallShape,
  type FunctionTable,
  type PartialColumn,
} from './define-function.ts';
import { argument, argumentType, gives, printsDefaults, sameAs } from './function-forms.ts';

/**
 * Central moments `[n, mean, m2, m3, m4]`, updated and merged by Spark's own formulas in JavaScript, so that the last digit is Spark's; DuckDB's
 * aggregates differ there. About 0.3 µs a row.
 */
const moments: PartialColumn = {
  type: () => arrayType(doubleType),
  partial: (call) =>
    sql`spark_moments(${listOf(call, argument(call, 0), { where: sql`${argument(call, 0)} IS NOT NULL` })})`,
  merge: (column, order) => sql`spark_merge_moments(list(${column} ORDER BY ${order}))`,
};

/** The same for two columns: `[n, meanX, meanY, c, m2X, m2Y]`. */
const comoments: PartialColumn = {
  type: () => arrayType(doubleType),
  partial: (call) => {
    const [x, y] = [argument(call, 0), argument(call, 1)];
    const where = sql`${x} IS NOT NULL AND ${y} IS NOT NULL`;
    return sql`spark_comoments(${listOf(call, x, { where })}, ${listOf(call, y, { where })})`;
  },
  merge: (column, order) => sql`spark_merge_comoments(list(${column} ORDER BY ${order}))`,
};

type Member = (index: number) => Sql;
const withMembers = (list: Sql | undefined, body: (member: Member) => Sql): Sql =>
  bindValue(list ?? sql`NULL`, (name) => body((index) => sql`list_extract(${name}, ${sqlInteger(index)})`));

const momentsOf = (
  aliases: readonly string[],
  result: (member: Member) => Sql,
  examples: AggregateFunction['examples'],
  text?: AggregateFunction['text'],
): AggregateFunction =>
  splitting({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    aliases,
    ...(text ? { text } : {}),
    split: { columns: [moments], final: ([list]) => withMembers(list, result) },
    examples,
  });

const comomentsOf = (result: (member: Member) => Sql, examples: AggregateFunction['examples']): AggregateFunction =>
  splitting({
    takes: ['double', 'double'],
    returns: doubleType,
    nullable: 'always',
    split: { columns: [comoments], final: ([list]) => withMembers(list, result) },
    examples,
  });

/** The value at fraction `p` of a sorted list, between two neighbours in proportion, by Spark's formula. */
function percentileOf(sorted: Sql, fraction: Sql): Sql {
  const position = sql`((len(${sorted}) - 1) * (${fraction})::DOUBLE)`;
  const [low, high] = [sql`floor(${position})`, sql`ceil(${position})`];
  const [from, to] = [
    sql`list_extract(${sorted}, ${low}::BIGINT + 1)`,
    sql`list_extract(${sorted}, ${high}::BIGINT + 1)`,
  ];
  return sql`CASE WHEN ${low} = ${high} OR ${from} = ${to} THEN ${from} ELSE (${high} - ${position}) * ${from} + (${position} - ${low}) * ${to} END`;
}

/** The smallest value that at least the fraction `p` of all values does not exceed: what Spark's summary gives while it is exact. */
const approximateOf = (sorted: Sql, fraction: Sql): Sql =>
  sql`list_extract(${sorted}, greatest(ceil(len(${sorted}) * (${fraction})::DOUBLE), 1)::BIGINT)`;

/** One fraction, or a list of them. */
function fractions(call: AggregateCall, value: Sql, at: (sorted: Sql, fraction: Sql) => Sql): Sql {
  const where = sql`${argument(call, 0)} IS NOT NULL`;
  const isList = call.types[1]?.kind === 'array';
  const fraction = call.args[1] ?? sql`0.5`;
  return bindValue(sql`list_sort(${aggregateOf(call, 'list', [value], { where })})`, (sorted) =>
    isList
      ? sql`CASE WHEN ${sorted} IS NOT NULL THEN list_transform(${fraction}, lambda fraction_: ${at(sorted, sql`fraction_`)}) END`
      : at(sorted, fraction),
  );
}

const perFraction =
  (element: (shape: CallShape) => DataType) =>
  (shape: CallShape): DataType =>
    shape.types[1]?.kind === 'array' ? arrayType(element(shape), false) : element(shape);

/** `regr_…(y, x)` over the pairs in which neither is NULL. */
const regression = (
  result: (pair: {
    readonly n: Sql;
    readonly meanY: Sql;
    readonly meanX: Sql;
    readonly c: Sql;
    readonly m2Y: Sql;
    readonly m2X: Sql;
  }) => Sql,
  examples: AggregateFunction['examples'],
  returns: DataType = doubleType,
): AggregateFunction => ({
  ...comomentsOf((m) => result({ n: m(1), meanY: m(2), meanX: m(3), c: m(4), m2Y: m(5), m2X: m(6) }), examples),
  returns,
  nullable: returns.kind === 'long' ? 'never' : 'always',
});
const whereSome = (n: Sql, value: Sql): Sql => sql`CASE WHEN ${n} > 0 THEN ${value} END`;

const values = (rows: string): string => `from values ${rows} as t(a)`;
const pairs = (rows: string): string => `from values ${rows} as t(a, b)`;

/** Spread, shape and rank. */
export const statisticAggregates: FunctionTable = {
  stddev: momentsOf(['stddev_samp', 'std'], (m) => sql`CASE WHEN ${m(1)} > 1 THEN sqrt(${m(3)} / (${m(1)} - 1)) END`, [
    gives(`stddev(a) ${values('(500), (300), (500)')}`, '115.47005383792515'),
    gives(`stddev_samp(a) ${values('(1)')}`, null),
    gives(`std(a) ${values('(1), (NULL), (2)')}`, '0.7071067811865476'),
  ]),
  stddev_pop: momentsOf([], (m) => sql`CASE WHEN ${m(1)} > 0 THEN sqrt(${m(3)} / ${m(1)}) END`, [
    gives(`stddev_pop(a) ${values('(1), (2), (4)')}`, '1.247219128924647'),
    gives(`stddev_pop(a) ${values('(1)')}`, '0.0'),
  ]),
  var_samp: momentsOf(['variance'], (m) => sql`CASE WHEN ${m(1)} > 1 THEN ${m(3)} / (${m(1)} - 1) END`, [
    gives(`var_samp(a) ${values('(1), (2), (4)')}`, '2.333333333333333'),
    gives(`variance(a) ${values('(1)')}`, null),
  ]),
  var_pop: momentsOf([], (m) => sql`CASE WHEN ${m(1)} > 0 THEN ${m(3)} / ${m(1)} END`, [
    gives(`var_pop(a) ${values('(1.5), (0.5)')}`, '0.25'),
  ]),
  skewness: momentsOf(
    [],
    (m) =>
      sql`CASE WHEN ${m(1)} > 0 AND ${m(3)} <> 0 THEN sqrt(${m(1)}) * ${m(4)} / sqrt(${m(3)} * ${m(3)} * ${m(3)}) END`,
    [
      gives(`skewness(a) ${values('(500), (300), (900), (400), (500)')}`, '1.0013237284459198'),
      gives(`skewness(a) ${values('(1)')}`, null),
    ],
  ),
  kurtosis: momentsOf(
    [],
    (m) => sql`CASE WHEN ${m(1)} > 0 AND ${m(3)} <> 0 THEN ${m(1)} * ${m(5)} / (${m(3)} * ${m(3)}) - 3 END`,
    [gives(`kurtosis(a) ${values('(500), (300), (900), (400), (500)')}`, '-0.29548816568047176')],
  ),
  corr: comomentsOf(
    (m) => sql`CASE WHEN ${m(1)} > 1 THEN ${m(4)} / sqrt(${m(5)} * ${m(6)}) END`,
    [
      gives(`corr(a, b) ${pairs('(3, 2), (3, 3), (6, 4)')}`, '0.8660254037844387'),
      gives(`corr(a, b) ${pairs('(1, 2)')}`, null),
    ],
  ),
  covar_pop: comomentsOf(
    (m) => sql`CASE WHEN ${m(1)} > 0 THEN ${m(4)} / ${m(1)} END`,
    [gives(`covar_pop(a, b) ${pairs('(1, 1), (2, 2), (3, 3)')}`, '0.6666666666666666')],
  ),
  covar_samp: comomentsOf(
    (m) => sql`CASE WHEN ${m(1)} > 1 THEN ${m(4)} / (${m(1)} - 1) END`,
    [gives(`covar_samp(a, b) ${pairs('(1, 1), (2, 2), (3, 3), (4, NULL)')}`, '1.0')],
  ),
  percentile: keepingValues({
    takes: ['double', 'any', 'literal_integer'],
    optional: 1,
    returns: perFraction(() => doubleType),
    nullable: 'always',
    text: printsDefaults(3, '1'),
    sql: (call) => fractions(call, argument(call, 0), percentileOf),
    examples: [
      gives(`percentile(a, 0.25) ${values('(500), (300), (500)')}`, '400.0'),
      gives(`percentile(a, array(0.0, 0.5, 1.0)) ${values('(0), (10), (NULL)')}`, '[0.0, 5.0, 10.0]'),
      gives(`percentile(a, 0.3) ${values('(0), (10), (25)')}`, '6.0'),
    ],
  }),
  median: keepingValues({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    sql: (call) => fractions(call, argument(call, 0), percentileOf),
    examples: [
      gives(`median(a) ${values('(1), (2), (10), (4)')}`, '3.0'),
      gives(`median(a) ${values('(cast(NULL as int))')}`, null),
    ],
  }),
  percentile_approx: keepingValues({
    takes: ['numeric', 'any', 'literal_integer'],
    optional: 1,
    returns: perFraction((shape) => argumentType(shape, 0)),
    nullable: 'always',
    aliases: ['approx_percentile'],
    text: printsDefaults(3, '10000'),
    sql: (call) => fractions(call, argument(call, 0), approximateOf),
    examples: [
      gives(`percentile_approx(a, 0.5) ${values('(1), (2), (3), (4)')}`, '2'),
      gives(`percentile_approx(a, array(0.0, 0.3, 1.0), 100) ${values('(10), (20), (30)')}`, '[10, 10, 30]'),
      gives(`approx_percentile(a, 0.5) ${values('(1.5D), (NULL), (2.5D)')}`, '1.5'),
    ],
  }),
  mode: keepingValues({
    takes: ['any'],
    returns: sameAs(0),
    nullable: 'always',
    sql: (call) => aggregateOf(call, 'mode', [argument(call, 0)]),
    examples: [gives(`mode(a) ${values('(1), (2), (2), (NULL), (NULL), (NULL)')}`, '2')],
  }),
  regr_count: regression(
    ({ n }) => sql`(${n})::BIGINT`,
    [gives(`regr_count(a, b) ${pairs('(1, 2), (2, NULL), (3, 3)')}`, '2')],
    longType,
  ),
  regr_avgx: regression(
    ({ n, meanX }) => whereSome(n, meanX),
    [gives(`regr_avgx(a, b) ${pairs('(1, 2), (3, 4)')}`, '3.0')],
  ),
  regr_avgy: regression(
    ({ n, meanY }) => whereSome(n, meanY),
    [gives(`regr_avgy(a, b) ${pairs('(1, 2), (3, 4)')}`, '2.0')],
  ),
  regr_slope: regression(
    ({ m2X, c }) => sql`CASE WHEN ${m2X} <> 0 THEN ${c} / ${m2X} END`,
    [
      gives(`regr_slope(a, b) ${pairs('(1, 1), (2, 2), (3, 3)')}`, '1.0'),
      gives(`regr_slope(a, b) ${pairs('(1, 1), (2, 1)')}`, null),
    ],
  ),
  regr_intercept: regression(
    ({ m2X, c, meanX, meanY }) => sql`CASE WHEN ${m2X} <> 0 THEN ${meanY} - ${c} / ${m2X} * ${meanX} END`,
    [gives(`regr_intercept(a, b) ${pairs('(1, 1), (2, 2), (3, 3)')}`, '0.0')],
  ),
  regr_r2: regression(
    ({ m2X, m2Y, c }) =>
      sql`CASE WHEN ${m2X} = 0 THEN NULL WHEN ${m2Y} = 0 THEN 1 ELSE ${c} / sqrt(${m2X} * ${m2Y}) * (${c} / sqrt(${m2X} * ${m2Y})) END`,
    [gives(`regr_r2(a, b) ${pairs('(1, 1), (2, 2), (3, 3)')}`, '1.0')],
  ),
  regr_sxx: regression(
    ({ n, m2X }) => whereSome(n, m2X),
    [gives(`regr_sxx(a, b) ${pairs('(1, 1), (2, 2), (3, 3)')}`, '2.0')],
  ),
  regr_syy: regression(
    ({ n, m2Y }) => whereSome(n, m2Y),
    [gives(`regr_syy(a, b) ${pairs('(1, 1), (2, 2), (3, 3)')}`, '2.0')],
  ),
  regr_sxy: regression(
    ({ n, c }) => whereSome(n, c),
    [gives(`regr_sxy(a, b) ${pairs('(1, 1), (2, 2), (3, 3)')}`, '2.0')],
  ),
};
