import { arrayType, booleanType, integerType, mapType, voidType, type DataType } from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';
import { arrayArgument, distinctList } from './array-forms.ts';
import { bindValue } from './bind-value.ts';
import type { CallShape, CompiledCall, CompiledLambda, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, gives, lambdaArgument, scalar } from './function-forms.ts';
import { mapArgument, mapOf } from './map-functions.ts';

type Parameter = { readonly type: DataType; readonly nullable: boolean };
type Types = readonly (DataType | undefined)[];

const arrayAt = (types: Types, index: number): { readonly element: DataType; readonly containsNull: boolean } => {
  const type = types[index];
  return type?.kind === 'array' ? type : { element: voidType, containsNull: true };
};
const item = (types: Types, index = 0): Parameter => ({
  type: arrayAt(types, index).element,
  nullable: arrayAt(types, index).containsNull,
});
const position: Parameter = { type: integerType, nullable: false };
const mapParameters = (types: Types): readonly Parameter[] => {
  const map = types[0]?.kind === 'map' ? types[0] : mapType(voidType, voidType);
  return [
    { type: map.key, nullable: false },
    { type: map.value, nullable: map.valueContainsNull },
  ];
};

const bodyNullable = (shape: CallShape, index: number): boolean => shape.args[index]?.nullable ?? true;

/** `function(list, lambda …)`. Spark numbers elements from 0, DuckDB from 1. */
function overList(
  name: Sql,
  list: Sql,
  lambda: CompiledLambda,
  body: (...values: readonly Sql[]) => Sql = lambda.body,
): Sql {
  const [element = sql`item_`, index] = lambda.parameters;
  return index === undefined
    ? sql`${name}(${list}, lambda ${element}: ${body(element)})`
    : sql`${name}(${list}, lambda ${element}, ${index}: ${body(element, sql`(${index} - 1)::INTEGER`)})`;
}

const onArray = (
  name: 'list_transform' | 'list_filter',
  returns: ScalarFunction['returns'],
  examples: ScalarFunction['examples'],
): ScalarFunction =>
  scalar({
    takes: ['array', 'lambda'],
    returns,
    nullable: (shape) => bodyNullable(shape, 0),
    lambda: (types) => [item(types), position],
    sql: (call) =>
      overList(
        name === 'list_filter' ? sql`list_filter` : sql`list_transform`,
        argument(call, 0),
        lambdaArgument(call, 1),
      ),
    examples,
  });

/** Whether the body holds for some, or for all: unknown where only NULL could decide. */
const quantifier = (decides: boolean, examples: ScalarFunction['examples']): ScalarFunction =>
  scalar({
    takes: ['array', 'lambda'],
    returns: booleanType,
    nullable: (shape) => bodyNullable(shape, 0) || bodyNullable(shape, 1),
    lambda: (types) => [item(types)],
    sql: (call) => {
      const answers = overList(sql`list_transform`, argument(call, 0), lambdaArgument(call, 1));
      const [found, other] = decides ? [sql`true`, sql`false`] : [sql`false`, sql`true`];
      return bindValue(
        answers,
        (list) =>
          sql`CASE WHEN list_contains(${list}, ${found}) THEN ${found} WHEN list_count(${list}) = len(${list}) THEN ${other} END`,
      );
    },
    examples,
  });

/**
 * Folds a list. The accumulator may be of another type than the elements, which DuckDB's `list_reduce` does not allow: each step carries both,
 * `a` the accumulator and `x` the element.
 */
function aggregateSql(call: CompiledCall): Sql {
  const [list, zero, merge] = [argument(call, 0), argument(call, 1), lambdaArgument(call, 2)];
  const accumulator = storageType(argumentType(call, 1));
  const [before = sql`before_`, step = sql`step_`] = merge.parameters;
  const steps = sql`list_transform(${list}, lambda ${step}: {a: NULL::${accumulator}, x: ${step}})`;
  const body = sql`{a: (${merge.body(sql`struct_extract(${before}, 'a')`, sql`struct_extract(${step}, 'x')`)})::${accumulator}, x: struct_extract(${step}, 'x')}`;
  const start = sql`{a: (${zero})::${accumulator}, x: NULL::${storageType(arrayArgument(call, 0).element)}}`;
  const folded = sql`struct_extract(list_reduce(${steps}, lambda ${before}, ${step}: ${body}, ${start}), 'a')`;
  const finish = call.lambdas[3];
  const [last = sql`last_`] = finish?.parameters ?? [];
  const result = finish ? sql`list_transform([${folded}], lambda ${last}: ${finish.body(last)})[1]` : folded;
  return sql`CASE WHEN ${list} IS NOT NULL THEN ${result} END`;
}

/** Sorts by a comparator: an element's rank is the number of elements that go before it. Quadratic in the length of the list. */
function comparatorSort(call: CompiledCall, list: Sql, compare: CompiledLambda): Sql {
  const [left = sql`left_`, right = sql`right_`] = compare.parameters;
  const precedes = sql`(${compare.body(right, left)})`;
  const rank = sql`len(list_filter(${list}, lambda ${right}, other_: ${precedes} < 0 OR (${precedes} = 0 AND other_ < at_)))`;
  const ranked = sql`list_transform(${list}, lambda ${left}, at_: {r: ${rank}, v: ${left}})`;
  return sql`list_transform(list_sort(${ranked}), lambda pair_: pair_.v)::${storageType(call.type)}`;
}

const entriesWhere = (call: CompiledCall, build: (key: Sql, value: Sql) => Sql): Sql => {
  const [key = sql`key_`] = lambdaArgument(call, 1).parameters;
  return build(sql`struct_extract(${key}, 'key')`, sql`struct_extract(${key}, 'value')`);
};

/** `map_entries`, then the body over each entry. */
const overEntries = (name: Sql, call: CompiledCall): Sql => {
  const lambda = lambdaArgument(call, 1);
  const [entry = sql`entry_`] = lambda.parameters;
  return sql`${name}(map_entries(${argument(call, 0)}), lambda ${entry}: ${entriesWhere(call, (key, value) => lambda.body(key, value))})`;
};

const zipped = (call: CompiledCall): Sql => {
  const [a, b, lambda] = [argument(call, 0), argument(call, 1), lambdaArgument(call, 2)];
  const [pair = sql`pair_`] = lambda.parameters;
  return sql`CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN list_transform(list_zip(${a}, ${b}), lambda ${pair}: ${lambda.body(sql`${pair}[1]`, sql`${pair}[2]`)}) END`;
};

function zippedMaps(call: CompiledCall): Sql {
  const [a, b, lambda] = [argument(call, 0), argument(call, 1), lambdaArgument(call, 2)];
  const [key = sql`key_`] = lambda.parameters;
  const keys = distinctList(sql`list_concat(map_keys(${a}), map_keys(${b}))`);
  const built = bindValue(keys, (list) =>
    mapOf(
      list,
      sql`list_transform(${list}, lambda ${key}: ${lambda.body(key, sql`map_extract_value(${a}, ${key})`, sql`map_extract_value(${b}, ${key})`)})`,
      call.type,
    ),
  );
  return sql`CASE WHEN ${sqlJoin([sql`${a} IS NOT NULL`, sql`${b} IS NOT NULL`], ' AND ')} THEN ${built} END`;
}

/** Functions that take a lambda. */
export const lambdaFunctions: FunctionTable = {
  transform: onArray('list_transform', (shape) => arrayType(argumentType(shape, 1), bodyNullable(shape, 1)), [
    gives('transform(array(1, 2), x -> x * 2)', '[2, 4]'),
    gives('transform(array(5, 6), (x, i) -> x + i)', '[5, 7]'),
    gives('transform(array(array(1), array(2, 3)), x -> transform(x, y -> y + size(x)))', '[[2], [4, 5]]'),
    gives("transform(array(1), x -> 'a')", '[a]'),
  ]),
  filter: onArray('list_filter', (shape) => argumentType(shape, 0), [
    gives('filter(array(1, 2, 3), x -> x % 2 = 1)', '[1, 3]'),
    gives('filter(array(0, 2, 3), (x, i) -> x > i)', '[2, 3]'),
    gives('filter(array(1, NULL), x -> x > 0)', '[1]'),
  ]),
  exists: quantifier(true, [
    gives('exists(array(1, 2), x -> x > 1)', 'true'),
    gives('exists(array(1, NULL), x -> x > 1)', null),
    gives('exists(array(1), x -> x > 1)', 'false'),
  ]),
  forall: quantifier(false, [
    gives('forall(array(1, 2), x -> x > 1)', 'false'),
    gives('forall(array(2, NULL), x -> x > 1)', null),
    gives('forall(array(2), x -> x > 1)', 'true'),
  ]),
  aggregate: scalar({
    takes: ['array', 'any', 'lambda', 'lambda'],
    optional: 1,
    returns: (shape) => shape.types[3] ?? argumentType(shape, 1),
    nullable: 'always',
    aliases: ['reduce'],
    lambda: (types, index) => {
      const accumulator = { type: types[1] ?? voidType, nullable: true };
      return index === 2 ? [accumulator, item(types)] : [accumulator];
    },
    text: (args, spelling) =>
      `${spelling}(${[...args, ...(args.length === 3 ? ['lambdafunction(namedlambdavariable(), namedlambdavariable())'] : [])].join(', ')})`,
    sql: aggregateSql,
    examples: [
      gives('aggregate(array(1, 2, 3), 0, (a, x) -> a + x)', '6'),
      gives('aggregate(array(1, 2, 3), 0, (a, x) -> a + x, a -> a * 10)', '60'),
      gives("aggregate(array(1, 2), '', (a, x) -> concat(a, x))", '12'),
      gives('reduce(array(1, NULL), 0, (a, x) -> a + x)', null),
      gives('aggregate(array(), 7, (a, x) -> a)', '7'),
      gives(
        "aggregate(array(1, 2, 3), named_struct('s', 0, 'n', 0), (a, x) -> named_struct('s', a.s + x, 'n', a.n + 1), a -> a.s / a.n)",
        '2.0',
      ),
    ],
  }),
  zip_with: scalar({
    takes: ['array', 'array', 'lambda'],
    returns: (shape) => arrayType(argumentType(shape, 2), bodyNullable(shape, 2)),
    nullable: (shape) => bodyNullable(shape, 0) || bodyNullable(shape, 1),
    lambda: (types) => [
      { ...item(types, 0), nullable: true },
      { ...item(types, 1), nullable: true },
    ],
    sql: zipped,
    examples: [
      gives('zip_with(array(1, 2), array(3, 4), (x, y) -> x * y)', '[3, 8]'),
      gives("zip_with(array(1, 2), array('a'), (x, y) -> concat(x, y))", '[1a, NULL]'),
    ],
  }),
  array_sort: scalar({
    takes: ['array', 'lambda'],
    optional: 1,
    returns: (shape) => argumentType(shape, 0),
    nullable: (shape) => bodyNullable(shape, 0),
    lambda: (types) => [item(types), item(types)],
    text: (args, spelling) => `${spelling}(${[...args, ...(args.length === 1 ? [defaultComparator] : [])].join(', ')})`,
    sql: (call) =>
      call.lambdas[1]
        ? comparatorSort(call, argument(call, 0), call.lambdas[1])
        : sql`list_sort(${argument(call, 0)}, 'ASC', 'NULLS LAST')`,
    examples: [
      gives('array_sort(array(3, NULL, 1))', '[1, 3, NULL]'),
      gives('array_sort(array(1, 3, 2), (a, b) -> b - a)', '[3, 2, 1]'),
      gives("array_sort(array('bb', 'a', 'cc'), (a, b) -> length(a) - length(b))", '[a, bb, cc]'),
    ],
  }),
  map_filter: scalar({
    takes: ['map', 'lambda'],
    returns: (shape) => argumentType(shape, 0),
    nullable: (shape) => bodyNullable(shape, 0),
    lambda: mapParameters,
    sql: (call) => sql`map_from_entries(${overEntries(sql`list_filter`, call)})`,
    examples: [gives("map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1)", '{b -> 2}')],
  }),
  transform_values: scalar({
    takes: ['map', 'lambda'],
    returns: (shape) => mapType(mapArgument(shape, 0).key, argumentType(shape, 1), bodyNullable(shape, 1)),
    nullable: (shape) => bodyNullable(shape, 0),
    lambda: mapParameters,
    sql: (call) => sql`map(map_keys(${argument(call, 0)}), ${overEntries(sql`list_transform`, call)})`,
    examples: [
      gives("transform_values(map('a', 1), (k, v) -> v + 1)", '{a -> 2}'),
      gives("transform_values(map('a', 1), (k, v) -> concat(k, v))", '{a -> a1}'),
    ],
  }),
  transform_keys: scalar({
    takes: ['map', 'lambda'],
    returns: (shape) =>
      mapType(argumentType(shape, 1), mapArgument(shape, 0).value, mapArgument(shape, 0).valueContainsNull),
    nullable: (shape) => bodyNullable(shape, 0),
    lambda: mapParameters,
    sql: (call) =>
      sql`CASE WHEN ${argument(call, 0)} IS NOT NULL THEN ${mapOf(overEntries(sql`list_transform`, call), sql`map_values(${argument(call, 0)})`, call.type)} END`,
    examples: [gives("transform_keys(map('a', 1), (k, v) -> upper(k))", '{A -> 1}')],
  }),
  map_zip_with: scalar({
    takes: ['map', 'map', 'lambda'],
    returns: (shape) => mapType(mapArgument(shape, 0).key, argumentType(shape, 2), bodyNullable(shape, 2)),
    nullable: (shape) => bodyNullable(shape, 0) || bodyNullable(shape, 1),
    lambda: (types) => {
      const [key, value] = mapParameters(types);
      return [
        key ?? position,
        { type: value?.type ?? voidType, nullable: true },
        { type: mapParameters([types[1]])[1]?.type ?? voidType, nullable: true },
      ];
    },
    sql: zippedMaps,
    examples: [
      gives("map_zip_with(map('a', 1), map('a', 10, 'b', 2), (k, x, y) -> coalesce(x, 0) + y)", '{a -> 11, b -> 2}'),
    ],
  }),
};

const variable = 'namedlambdavariable()';
/** What Spark prints for the comparator that nobody wrote. */
const defaultComparator = `lambdafunction((IF(((${variable} IS NULL) AND (${variable} IS NULL)), 0, (IF((${variable} IS NULL), 1, (IF((${variable} IS NULL), -1, (IF((${variable} < ${variable}), -1, (IF((${variable} > ${variable}), 1, 0)))))))))), ${variable}, ${variable})`;
