import { arrayType, integerType, structType, voidType, type DataType } from '../core/data-type.ts';
import { storageFieldNames, storageType } from '../core/storage-type.ts';
import { sql, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import { arrayArgument } from './array-forms.ts';
import type { CallShape, CompiledCall, FunctionTable } from './define-function.ts';
import { argument, argumentType, callOf, gives, literalArgument, scalar } from './function-forms.ts';
import { raiseError, raiseErrorWith } from './raise-error.ts';

const itemType = (shape: CallShape): DataType => {
  const type = argumentType(shape, 0);
  return type.kind === 'map' ? type.value : type.kind === 'array' ? type.element : voidType;
};

/** Only an array written out, indexed by a literal inside it, tells whether the element may be NULL. */
const itemNullable =
  (first: 0 | 1) =>
  (shape: CallShape): boolean => {
    const [list] = shape.args;
    const index = literalArgument(shape, 1);
    if (list?.kind !== 'call' || list.name !== 'array' || typeof index !== 'number') return true;
    return (index < 0 && first === 1 ? list.args.at(index) : list.args[index - first])?.nullable ?? true;
  };

type IndexError = 'INVALID_ARRAY_INDEX' | 'INVALID_ARRAY_INDEX_IN_ELEMENT_AT';

/** With ANSI on, an index outside the array is an error. */
const insideOrError = (call: CompiledCall, code: IndexError, low: Sql, body: Sql): Sql => {
  const [list, index] = [argument(call, 0), argument(call, 1)];
  if (!call.context.ansi) return body;
  const error = raiseErrorWith(code, (at) => ({ indexValue: at(0), arraySize: at(1) }), [
    sql`(${index})::VARCHAR`,
    sql`len(${list})::VARCHAR`,
  ]);
  return sql`CASE WHEN ${low} OR ${index} >= len(${list}) + ${code === 'INVALID_ARRAY_INDEX' ? sql`0` : sql`1`} THEN ${error} ELSE ${body} END`;
};

/** Element `index` from 0; DuckDB counts from 1 and takes a negative index from the end. */
function zeroBased(list: Sql, index: Sql, literal: unknown): Sql {
  if (typeof literal === 'number')
    return literal >= 0 ? sql`list_extract(${list}, ${index}::BIGINT + 1)` : sql`list_extract(${list}, 0)`;
  return sql`CASE WHEN ${index} >= 0 THEN list_extract(${list}, ${index}::BIGINT + 1) END`;
}

function itemSql(call: CompiledCall): Sql {
  const [value, key] = [argument(call, 0), argument(call, 1)];
  if (argumentType(call, 0).kind === 'map') return callOf('map_extract_value', value, key);
  return insideOrError(call, 'INVALID_ARRAY_INDEX', sql`${key} < 0`, zeroBased(value, key, literalArgument(call, 1)));
}

function elementAtSql(call: CompiledCall): Sql {
  const [value, key] = [argument(call, 0), argument(call, 1)];
  if (argumentType(call, 0).kind === 'map') return callOf('map_extract_value', value, key);
  const extracted = insideOrError(
    call,
    'INVALID_ARRAY_INDEX_IN_ELEMENT_AT',
    sql`${key} < -len(${value})`,
    callOf('list_extract', value, key),
  );
  return sql`CASE WHEN ${key} = 0 AND ${value} IS NOT NULL THEN ${raiseError('INVALID_INDEX_OF_ZERO', {})} ELSE ${extracted} END`;
}

/** The name that `arrays_zip` gives to the values of an argument. */
const zippedName = (shape: CallShape, index: number): string => {
  const arg = shape.args[index];
  return arg?.kind === 'attribute' ? arg.attribute.name : arg?.kind === 'field' ? arg.name : index.toString();
};

/** Taking parts out of arrays, maps and structs, and putting structs together. */
export const elementFunctions: FunctionTable = {
  '[]': scalar({
    takes: ['array_or_map', 'key'],
    aliases: ['get_item'],
    returns: itemType,
    nullable: 'always',
    text: ([value, key]) => `${value ?? ''}[${key ?? ''}]`,
    sql: itemSql,
    examples: [
      gives('array(1, 2)[0]', '1'),
      gives('array(1, 2)[5]', null),
      gives('array(1, 2)[-1]', null),
      gives("map('a', 1)['a']", '1'),
      gives("map('a', 1)['z']", null),
      gives('array(1, 2)[0 + 1]', '2'),
    ],
  }),
  get: scalar({
    takes: ['array', 'integer'],
    returns: itemType,
    nullable: itemNullable(0),
    sql: (call) => zeroBased(argument(call, 0), argument(call, 1), literalArgument(call, 1)),
    examples: [gives('get(array(1, 2), 0)', '1'), gives('get(array(1, 2), -1)', null)],
  }),
  element_at: scalar({
    takes: ['array_or_map', 'key'],
    returns: itemType,
    nullable: itemNullable(1),
    sql: elementAtSql,
    examples: [
      gives('element_at(array(1, 2), -1)', '2'),
      gives('element_at(array(1, 2), 5)', null),
      gives("element_at(map('a', 1), 'a')", '1'),
      gives("element_at(map('a', 1), 'b')", null),
    ],
  }),
  try_element_at: scalar({
    takes: ['array_or_map', 'key'],
    returns: itemType,
    nullable: itemNullable(1),
    sql: (call) => elementAtSql({ ...call, context: { ...call.context, ansi: false } }),
    examples: [gives('try_element_at(array(1, 2), 2)', '2'), gives('try_element_at(array(1, 2), 3)', null)],
  }),
  size: scalar({
    takes: ['array_or_map'],
    returns: integerType,
    nullable: (shape) => shape.ansi && (shape.args[0]?.nullable ?? true),
    aliases: ['cardinality'],
    sql: (call) => {
      const [value, kind] = [argument(call, 0), argumentType(call, 0).kind];
      const count =
        kind === 'void'
          ? sql`NULL::INTEGER`
          : kind === 'map'
            ? sql`cardinality(${value})::INTEGER`
            : sql`len(${value})::INTEGER`;
      return call.context.ansi ? count : sql`coalesce(${count}, -1)`;
    },
    examples: [
      gives('size(array(1, 2))', '2'),
      gives('size(NULL)', '-1'),
      gives("size(map('a', 1))", '1'),
      gives('cardinality(array())', '0'),
    ],
  }),
  named_struct: scalar({
    takes: ['literal_string', 'any'],
    variadic: 'pairs',
    returns: (shape) =>
      structType(
        valueIndexes(shape.args).map((i) => ({
          name: shape.literals[i - 1] as string,
          type: argumentType(shape, i),
          nullable: shape.args[i]?.nullable ?? true,
        })),
      ),
    nullable: 'never',
    sql: (call) => {
      const names = call.type.kind === 'struct' ? storageFieldNames(call.type) : [];
      const members = valueIndexes(call.args).map((i, n) => sql`${sqlString(names[n] ?? '')}: ${argument(call, i)}`);
      return sql`{${sqlJoin(members, ', ')}}`;
    },
    examples: [
      gives("named_struct('a', 1, 'b', 'x')", '{1, x}'),
      gives("named_struct('a', NULL)", '{NULL}'),
      gives("struct(1, 'x')", '{1, x}'),
      gives("named_struct('a', 1, 'A', 2)", '{1, 2}'),
    ],
  }),
  arrays_zip: scalar({
    takes: ['array'],
    optional: 1,
    variadic: true,
    returns: (shape) =>
      arrayType(
        structType(
          shape.args.map((_, i) => ({
            name: zippedName(shape, i),
            type: arrayArgument(shape, i).element,
            nullable: true,
          })),
        ),
        false,
      ),
    sql: (call) => {
      const nonNull = sqlJoin(
        call.args.map((arg) => sql`${arg} IS NOT NULL`),
        ' AND ',
      );
      return sql`CASE WHEN ${nonNull} THEN list_zip(${sqlJoin(call.args, ', ')})::${storageType(call.type)} END`;
    },
    examples: [gives("arrays_zip(array(1, 2), array('a'))", '[{1, a}, {2, NULL}]')],
  }),
};

const valueIndexes = (args: readonly unknown[]): readonly number[] => args.map((_, i) => i).filter((i) => i % 2 === 1);
