import { arrayType, booleanType, type DataType } from '../core/data-type.ts';
import { sql, type Sql } from '../core/sql-text.ts';
import { distinctList, elementType, hasNull } from './array-forms.ts';
import type { CallShape, FunctionTable, ScalarFunction } from './define-function.ts';
import { gives, nullIfAny, sameAs, simple } from './function-forms.ts';

/** Whether `item` is in `list`, NULL equal to NULL. */
const isIn = (list: Sql, item: Sql): Sql => sql`(list_position(${list}, ${item}) IS NOT NULL)`;

const bothArrays = (shape: CallShape): DataType =>
  arrayType(
    elementType(shape),
    shape.types.some((type) => type.kind === 'array' && type.containsNull),
  );

const setOperation = (
  keep: (a: Sql, b: Sql) => Sql,
  returns: ScalarFunction['returns'],
  examples: ScalarFunction['examples'],
): ScalarFunction =>
  simple({ takes: ['common', 'common'], returns, write: (a, b) => nullIfAny([a, b], keep(a, b)), examples });

/** Arrays as sets: each value once, in the order in which they come. */
export const arraySetFunctions: FunctionTable = {
  array_distinct: simple({
    takes: ['array'],
    returns: sameAs(0),
    write: distinctList,
    examples: [gives('array_distinct(array(3, 1, 3, NULL, 1, NULL))', '[3, 1, NULL]')],
  }),
  array_union: setOperation((a, b) => distinctList(sql`list_concat(${a}, ${b})`), bothArrays, [
    gives('array_union(array(2, 1, NULL), array(2, 3, NULL))', '[2, 1, NULL, 3]'),
    gives('array_union(array(1), cast(NULL as array<int>))', null),
  ]),
  array_intersect: setOperation(
    (a, b) => sql`list_filter(${distinctList(a)}, lambda kept_: ${isIn(b, sql`kept_`)})`,
    (shape) =>
      arrayType(
        elementType(shape),
        shape.types.every((type) => type.kind === 'array' && type.containsNull),
      ),
    [gives('array_intersect(array(1, 2, 2, NULL), array(2, NULL))', '[2, NULL]')],
  ),
  array_except: setOperation(
    (a, b) => sql`list_filter(${distinctList(a)}, lambda kept_: NOT ${isIn(b, sql`kept_`)})`,
    sameAs(0),
    [gives('array_except(array(3, 1, 3, NULL), array(1))', '[3, NULL]')],
  ),
  arrays_overlap: simple({
    takes: ['common', 'common'],
    returns: booleanType,
    nullable: (shape) =>
      shape.args.some((arg) => arg.nullable) || shape.types.some((type) => type.kind === 'array' && type.containsNull),
    write: (a, b) =>
      nullIfAny(
        [a, b],
        sql`CASE WHEN list_has_any(list_filter(${a}, lambda item_: item_ IS NOT NULL), list_filter(${b}, lambda item_: item_ IS NOT NULL)) THEN true WHEN len(${a}) > 0 AND len(${b}) > 0 AND (${hasNull(a)} OR ${hasNull(b)}) THEN NULL ELSE false END`,
      ),
    examples: [
      gives('arrays_overlap(array(1, 2), array(2, 3))', 'true'),
      gives('arrays_overlap(array(1, NULL), array(3))', null),
      gives('arrays_overlap(array(1), array(2))', 'false'),
    ],
  }),
};
