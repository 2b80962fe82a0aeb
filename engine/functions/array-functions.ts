import { arrayType, booleanType, integerType, longType, stringType, voidType } from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';
import { arrayArgument, elementType, hasNull } from './array-forms.ts';
import { bindValue } from './bind-value.ts';
import type { CompiledCall, FunctionTable } from './define-function.ts';
import {
  argument,
  argumentType,
  callOf,
  gives,
  literalArgument,
  nullIfAny,
  sameAs,
  scalar,
  simple,
} from './function-forms.ts';
import { castTo } from './integer-arithmetic.ts';
import { raiseError } from './raise-error.ts';

const sorted = (call: CompiledCall): Sql => {
  const list = argument(call, 0);
  const ascending = call.args[1] === undefined ? true : literalArgument(call, 1);
  const up = sql`list_sort(${list}, 'ASC', 'NULLS FIRST')`;
  const down = sql`list_sort(${list}, 'DESC', 'NULLS LAST')`;
  if (typeof ascending === 'boolean') return ascending ? up : down;
  return sql`CASE WHEN ${argument(call, 1)} THEN ${up} ELSE ${down} END`;
};

/** Spark's positions count from 1 or, when negative, from the end; -1 inserts behind the last. What lies between becomes NULL. */
function insertSql(call: CompiledCall): Sql {
  const [list, at, item] = [argument(call, 0), argument(call, 1), argument(call, 2)];
  const place = sql`(CASE WHEN ${at} > 0 THEN ${at} ELSE len(${list}) + ${at} + 2 END)`;
  const inside = bindValue(
    place,
    (p) =>
      sql`CASE WHEN ${p} > len(${list}) THEN list_concat(list_resize(${list}, ${p} - 1), [${item}]) WHEN ${p} >= 1 THEN list_concat(list_slice(${list}, 1, ${p} - 1), [${item}], list_slice(${list}, ${p}, len(${list}))) ELSE list_concat([${item}], list_resize([]::${storageType(call.type)}, 1 - ${p}), ${list}) END`,
  );
  return sql`CASE WHEN ${at} = 0 THEN ${raiseError('INVALID_INDEX_OF_ZERO', {})} WHEN ${list} IS NOT NULL AND ${at} IS NOT NULL THEN ${inside} END`;
}

const sliceSql = (list: Sql, start: Sql, count: Sql): Sql =>
  sql`CASE WHEN ${start} = 0 THEN ${raiseError('_LEGACY_SLICE_START', {})} WHEN ${count} < 0 THEN ${raiseError('_LEGACY_SLICE_LENGTH', {})} WHEN ${start} > 0 THEN list_slice(${list}, ${start}, ${start}::BIGINT + ${count} - 1) WHEN ${list} IS NULL OR ${start} IS NULL OR ${count} IS NULL THEN NULL WHEN len(${list}) + ${start} < 0 THEN [] ELSE list_slice(${list}, len(${list}) + ${start} + 1, len(${list}) + ${start} + ${count}) END`;

const containsSql = (list: Sql, item: Sql): Sql =>
  sql`CASE WHEN list_contains(${list}, ${item}) THEN true WHEN ${hasNull(list)} THEN NULL WHEN ${item} IS NOT NULL AND ${list} IS NOT NULL THEN false END`;

/** Functions that make arrays or look into them. */
export const arrayFunctions: FunctionTable = {
  array: scalar({
    takes: ['common'],
    optional: 1,
    variadic: true,
    returns: (shape) =>
      arrayType(
        shape.types[0] ?? voidType,
        shape.args.some((arg) => arg.nullable),
      ),
    nullable: 'never',
    sql: ({ args, type }) => castTo(sql`[${sqlJoin(args, ', ')}]`, type),
    examples: [
      gives('array(1, NULL, 3)', '[1, NULL, 3]'),
      gives('array(1, 2.0)', '[1.0, 2.0]'),
      gives("array('a', 1)", '[a, 1]'),
      gives('array()', '[]'),
    ],
  }),
  array_contains: simple({
    takes: ['array', 'element'],
    returns: booleanType,
    nullable: (shape) => shape.args.some((arg) => arg.nullable) || arrayArgument(shape, 0).containsNull,
    write: containsSql,
    examples: [
      gives('array_contains(array(1, 2), 2)', 'true'),
      gives('array_contains(array(1, NULL), 2)', null),
      gives('array_contains(array(1, 2), cast(NULL as int))', null),
      gives('array_contains(array(1), 2)', 'false'),
      gives("array_contains(array(double('nan')), double('nan'))", 'true'),
    ],
  }),
  array_position: simple({
    takes: ['array', 'element'],
    returns: longType,
    write: (list, item) => nullIfAny([list, item], sql`coalesce(list_position(${list}, ${item}), 0)::BIGINT`),
    examples: [
      gives('array_position(array(3, 4), 4)', '2'),
      gives('array_position(array(3), 5)', '0'),
      gives('array_position(array(3), NULL)', null),
    ],
  }),
  array_remove: simple({
    takes: ['array', 'element'],
    returns: sameAs(0),
    write: (list, item) =>
      nullIfAny([list, item], sql`list_filter(${list}, lambda item_: item_ IS NULL OR item_ <> ${item})`),
    examples: [
      gives('array_remove(array(1, 2, 1, NULL), 1)', '[2, NULL]'),
      gives('array_remove(array(1), NULL)', null),
    ],
  }),
  array_append: simple({
    takes: ['array', 'element'],
    returns: (shape) => arrayType(elementType(shape), true),
    nullable: (shape) => shape.args[0]?.nullable ?? true,
    write: (list, item) => nullIfAny([list], sql`list_append(${list}, ${item})`),
    examples: [gives('array_append(array(1), 2)', '[1, 2]'), gives('array_append(array(1), NULL)', '[1, NULL]')],
  }),
  array_prepend: simple({
    takes: ['array', 'element'],
    returns: (shape) => arrayType(elementType(shape), true),
    nullable: (shape) => shape.args[0]?.nullable ?? true,
    write: (list, item) => nullIfAny([list], sql`list_concat([${item}], ${list})`),
    examples: [gives('array_prepend(array(1), 2)', '[2, 1]')],
  }),
  array_insert: scalar({
    takes: ['array', 'integer', 'element'],
    returns: (shape) => arrayType(elementType(shape), true),
    nullable: (shape) => shape.args.slice(0, 2).some((arg) => arg.nullable),
    sql: insertSql,
    examples: [
      gives('array_insert(array(1, 3), 2, 2)', '[1, 2, 3]'),
      gives('array_insert(array(1), 4, 9)', '[1, NULL, NULL, 9]'),
      gives('array_insert(array(1, 2), -1, 9)', '[1, 2, 9]'),
      gives('array_insert(array(1, 2), -4, 9)', '[9, NULL, 1, 2]'),
    ],
  }),
  array_compact: simple({
    takes: ['array'],
    returns: (shape) => arrayType(elementType(shape), false),
    write: (list) => sql`list_filter(${list}, lambda item_: item_ IS NOT NULL)`,
    examples: [gives('array_compact(array(1, NULL, 2))', '[1, 2]')],
  }),
  array_repeat: scalar({
    takes: ['any', 'integer'],
    returns: (shape) => arrayType(argumentType(shape, 0), shape.args[0]?.nullable ?? true),
    nullable: (shape) => shape.args[1]?.nullable ?? true,
    sql: (call) =>
      sql`list_resize([]::${storageType(call.type)}, greatest(${argument(call, 1)}, 0), ${argument(call, 0)})`,
    examples: [
      gives("array_repeat('x', 2)", '[x, x]'),
      gives('array_repeat(1, -1)', '[]'),
      gives('array_repeat(NULL, 2)', '[NULL, NULL]'),
    ],
  }),
  flatten: scalar({
    takes: ['array'],
    returns: elementType,
    nullable: (shape) => (shape.args[0]?.nullable ?? true) || arrayArgument(shape, 0).containsNull,
    sql: (call) => sql`CASE WHEN NOT ${hasNull(argument(call, 0))} THEN flatten(${argument(call, 0)}) END`,
    examples: [
      gives('flatten(array(array(1), array(2, NULL)))', '[1, 2, NULL]'),
      gives('flatten(array(array(1), NULL))', null),
    ],
  }),
  slice: simple({
    takes: ['array', 'integer', 'integer'],
    returns: sameAs(0),
    write: sliceSql,
    examples: [
      gives('slice(array(1, 2, 3, 4), 2, 2)', '[2, 3]'),
      gives('slice(array(1, 2, 3), -2, 2)', '[2, 3]'),
      gives('slice(array(1, 2), 5, 1)', '[]'),
      gives('slice(array(1, 2), -5, 1)', '[]'),
      gives('slice(array(1, 2, 3), 2, 9)', '[2, 3]'),
    ],
  }),
  sort_array: scalar({
    takes: ['array', 'boolean'],
    optional: 1,
    returns: sameAs(0),
    text: (args) => `sort_array(${args[0] ?? ''}, ${args[1] ?? 'true'})`,
    sql: sorted,
    examples: [
      gives('sort_array(array(3, NULL, 1))', '[NULL, 1, 3]'),
      gives('sort_array(array(3, NULL, 1), false)', '[3, 1, NULL]'),
      gives("sort_array(array(double('nan'), 1D))", '[1.0, NaN]'),
    ],
  }),
  array_max: scalar({
    takes: ['array'],
    returns: elementType,
    nullable: 'always',
    sql: (call) => callOf('list_max', argument(call, 0)),
    examples: [
      gives('array_max(array(1, NULL, 3))', '3'),
      gives("array_max(array(1D, double('nan')))", 'NaN'),
      gives('array_max(array())', null),
    ],
  }),
  array_min: scalar({
    takes: ['array'],
    returns: elementType,
    nullable: 'always',
    sql: (call) => callOf('list_min', argument(call, 0)),
    examples: [gives('array_min(array(1, NULL, 3))', '1')],
  }),
  array_join: simple({
    takes: [{ type: arrayType(stringType) }, 'string', 'string'],
    optional: 1,
    returns: stringType,
    write: (list, separator, forNull) =>
      forNull === undefined
        ? callOf('array_to_string', list, separator)
        : nullIfAny(
            [forNull],
            sql`array_to_string(list_transform(${list}, lambda item_: coalesce(item_, ${forNull})), ${separator})`,
          ),
    examples: [
      gives("array_join(array('a', NULL, 'b'), ',')", 'a,b'),
      gives("array_join(array('a', NULL), ',', '?')", 'a,?'),
      gives("array_join(array(1, 2), '-')", '1-2'),
      gives("array_join(array(), '-')", ''),
    ],
  }),
  array_size: simple({
    takes: ['array'],
    returns: integerType,
    write: (list) => sql`len(${list})::INTEGER`,
    examples: [gives('array_size(array(1, NULL))', '2'), gives('array_size(NULL)', null)],
  }),
  // Not Spark's permutation: that one depends on the partition.
  shuffle: simple({
    takes: ['array'],
    returns: sameAs(0),
    nondeterministic: true,
    write: (list) => sql`list_select(${list}, list_grade_up(list_transform(${list}, lambda item_: random())))`,
    examples: [gives('shuffle(array(1))', '[1]'), gives('size(shuffle(array(1, 2, 3)))', '3')],
  }),
};
