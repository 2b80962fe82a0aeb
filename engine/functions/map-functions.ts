import {
  arrayType,
  booleanType,
  field,
  mapType,
  stringType,
  structType,
  voidType,
  type DataType,
  type MapType,
} from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';
import { arrayArgument } from './array-forms.ts';
import { bindValue } from './bind-value.ts';
import type { CallShape, FunctionTable } from './define-function.ts';
import { argument, argumentType, callOf, gives, nullIfAny, printsDefaults, scalar, simple } from './function-forms.ts';
import { raiseError, raiseErrorWith } from './raise-error.ts';

export function mapArgument(call: { readonly types: readonly DataType[] }, index: number): MapType {
  const type = argumentType(call, index);
  return type.kind === 'map' ? type : mapType(voidType, voidType);
}

/** A map of two lists; a NULL key and a key that comes twice are errors of Spark's. */
export const mapOf = (keys: Sql, values: Sql, type: DataType): Sql =>
  bindValue(keys, (k) => {
    const twice = sql`list_filter(${k}, lambda key_, at_: list_position(${k}, key_) < at_)`;
    return sql`CASE WHEN list_count(${k}) < len(${k}) THEN ${raiseError('NULL_MAP_KEY', {})} WHEN len(list_distinct(${k})) < len(${k}) THEN ${raiseErrorWith('DUPLICATED_MAP_KEY', (at) => ({ key: at(0) }), [sql`(${twice})[1]::VARCHAR`])} ELSE map(${k}, ${values}) END::${storageType(type)}`;
  });

const entryType = (shape: CallShape): DataType => {
  const { key, value, valueContainsNull } = mapArgument(shape, 0);
  return arrayType(structType([field('key', key, false), field('value', value, valueContainsNull)]), false);
};

const evens = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, i) => i % 2 === 0);
const odds = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, i) => i % 2 === 1);

const entriesStruct = (shape: CallShape): readonly { readonly type: DataType; readonly nullable: boolean }[] => {
  const { element } = arrayArgument(shape, 0);
  return element.kind === 'struct' ? element.fields : [];
};

/** Functions that make maps or look into them. */
export const mapFunctions: FunctionTable = {
  map: scalar({
    takes: ['map_key', 'map_value'],
    optional: 2,
    variadic: 'pairs',
    returns: (shape) =>
      mapType(
        shape.types[0] ?? voidType,
        shape.types[1] ?? voidType,
        odds(shape.args).some((arg) => arg.nullable),
      ),
    nullable: 'never',
    aliases: ['create_map'],
    text: (args) => `map(${args.join(', ')})`,
    sql: ({ args, type, literals }) => {
      const [keys, values] = [sql`[${sqlJoin(evens(args), ', ')}]`, sql`[${sqlJoin(odds(args), ', ')}]`];
      const constants = evens(literals);
      const areSafe =
        constants.every((key) => typeof key === 'string' || typeof key === 'number') &&
        new Set(constants).size === constants.length;
      if (type.kind !== 'map') return sql`NULL`;
      return areSafe
        ? sql`map(${keys}, ${values})::${storageType(type)}`
        : mapOf(sql`${keys}::${storageType(arrayType(type.key))}`, values, type);
    },
    examples: [
      gives("map('a', 1, 'b', NULL)", '{a -> 1, b -> NULL}'),
      gives('map()', '{}'),
      gives("map(1, 'x', 2.5, 'y')", '{1.0 -> x, 2.5 -> y}'),
    ],
  }),
  map_keys: scalar({
    takes: ['map'],
    returns: (shape) => arrayType(mapArgument(shape, 0).key, false),
    sql: (call) => callOf('map_keys', argument(call, 0)),
    examples: [gives("map_keys(map('a', 1, 'b', 2))", '[a, b]')],
  }),
  map_values: scalar({
    takes: ['map'],
    returns: (shape) => arrayType(mapArgument(shape, 0).value, mapArgument(shape, 0).valueContainsNull),
    sql: (call) => callOf('map_values', argument(call, 0)),
    examples: [gives("map_values(map('a', 1, 'b', NULL))", '[1, NULL]')],
  }),
  map_entries: scalar({
    takes: ['map'],
    returns: entryType,
    sql: (call) => callOf('map_entries', argument(call, 0)),
    examples: [gives("map_entries(map('a', 1))", '[{a, 1}]')],
  }),
  map_from_arrays: scalar({
    takes: ['array', 'array'],
    returns: (shape) =>
      mapType(arrayArgument(shape, 0).element, arrayArgument(shape, 1).element, arrayArgument(shape, 1).containsNull),
    sql: (call) => {
      const [keys, values] = [argument(call, 0), argument(call, 1)];
      return nullIfAny(
        [keys, values],
        sql`CASE WHEN len(${keys}) <> len(${values}) THEN ${raiseError('_LEGACY_MAP_FROM_ARRAYS', {})} ELSE ${mapOf(keys, values, call.type)} END`,
      );
    },
    examples: [gives("map_from_arrays(array('a', 'b'), array(1, NULL))", '{a -> 1, b -> NULL}')],
  }),
  map_from_entries: scalar({
    takes: ['array'],
    returns: (shape) => {
      const [key, value] = entriesStruct(shape);
      return mapType(key?.type ?? voidType, value?.type ?? voidType, value?.nullable ?? true);
    },
    nullable: (shape) => (shape.args[0]?.nullable ?? true) || arrayArgument(shape, 0).containsNull,
    sql: (call) => {
      const entries = argument(call, 0);
      const part = (n: 1 | 2): Sql =>
        sql`list_transform(${entries}, lambda entry_: struct_extract_at(entry_, ${n === 1 ? sql`1` : sql`2`}))`;
      return sql`CASE WHEN list_count(${entries}) = len(${entries}) THEN ${mapOf(part(1), part(2), call.type)} END`;
    },
    examples: [
      gives("map_from_entries(array(struct(1, 'a'), struct(2, 'b')))", '{1 -> a, 2 -> b}'),
      gives("map_from_entries(array(struct(1, 'a'), NULL))", null),
    ],
  }),
  map_concat: scalar({
    takes: ['common'],
    optional: 1,
    variadic: true,
    returns: (shape) => shape.types[0] ?? mapType(stringType, stringType, false),
    sql: ({ args, type }) => {
      if (args.length === 0) return sql`map()::${storageType(type)}`;
      const all = (name: 'map_keys' | 'map_values'): Sql =>
        sql`list_concat(${sqlJoin(
          args.map((arg) => callOf(name, arg)),
          ', ',
        )})`;
      return nullIfAny(args, mapOf(all('map_keys'), all('map_values'), type));
    },
    examples: [
      gives("map_concat(map('a', 1), map('b', 2))", '{a -> 1, b -> 2}'),
      gives("map_concat(map('a', 1), cast(NULL as map<string,int>))", null),
    ],
  }),
  map_contains_key: simple({
    takes: ['map', 'key'],
    returns: booleanType,
    nullable: 'always',
    write: (map, key) => nullIfAny([map, key], callOf('map_contains', map, key)),
    examples: [
      gives("map_contains_key(map('a', 1), 'a')", 'true'),
      gives("map_contains_key(map('a', 1), 'b')", 'false'),
    ],
  }),
  str_to_map: scalar({
    takes: ['string', 'string', 'string'],
    optional: 2,
    returns: mapType(stringType, stringType),
    text: printsDefaults(3, ',', ':'),
    sql: (call) => {
      const [text, pairs = sql`','`, parts = sql`':'`] = [argument(call, 0), call.args[1], call.args[2]];
      const split = sql`list_transform(java_split(${text}, ${pairs}, -1), lambda pair_: java_split(pair_, ${parts}, 2))`;
      return nullIfAny(
        [text, pairs, parts],
        bindValue(split, (list) =>
          mapOf(
            sql`list_transform(${list}, lambda pair_: pair_[1])`,
            sql`list_transform(${list}, lambda pair_: pair_[2])`,
            call.type,
          ),
        ),
      );
    },
    examples: [
      gives("str_to_map('a:1,b:2')", '{a -> 1, b -> 2}'),
      gives("str_to_map('a')", '{a -> NULL}'),
      gives("str_to_map('x=1;y=2:3', ';', '=')", '{x -> 1, y -> 2:3}'),
    ],
  }),
};
