import { field, integerType, stringType, voidType, type StructField } from '../core/data-type.ts';
import type { CallShape, Example, FunctionTable, GeneratorFunction } from './define-function.ts';
import { argumentType, gives, literalArgument } from './function-forms.ts';

/** One column for an array, two for a map. */
function exploded(shape: CallShape): readonly StructField[] {
  const type = argumentType(shape, 0);
  if (type.kind === 'map') return [field('key', type.key, false), field('value', type.value, type.valueContainsNull)];
  return [type.kind === 'array' ? field('col', type.element, type.containsNull) : field('col', voidType)];
}

const numbered = (shape: CallShape): readonly StructField[] => [field('pos', integerType, false), ...exploded(shape)];

/** The fields of the structs of an array. */
function inlined(shape: CallShape): readonly StructField[] {
  const type = argumentType(shape, 0);
  if (type.kind !== 'array' || type.element.kind !== 'struct') return [];
  return type.element.fields.map((f) => ({ ...f, nullable: f.nullable || type.containsNull }));
}

/** `stack(n, v1, v2, …)`: n rows of equal width; a column has the type of its first value that is not NULL. */
function stacked(shape: CallShape): readonly StructField[] {
  const rows = Number(literalArgument(shape, 0) ?? 1);
  const values = shape.types.slice(1);
  const width = Math.ceil(values.length / rows);
  return Array.from({ length: width }, (_, column) => {
    const types = values.filter((_type, i) => i % width === column);
    return field(`col${column}`, types.find((type) => type.kind !== 'void') ?? voidType, true);
  });
}

const jsonFields = (shape: CallShape): readonly StructField[] =>
  shape.types.slice(1).map((_, i) => field(`c${i}`, stringType, true));

type Row = Pick<GeneratorFunction, 'generator' | 'takes' | 'variadic' | 'columns'>;
const generator = (row: Row, examples: readonly Example[]): GeneratorFunction => ({
  ...row,
  kind: 'generator',
  outer: false,
  examples,
});
const outer = (row: Row, examples: readonly Example[]): GeneratorFunction => ({
  ...row,
  kind: 'generator',
  outer: true,
  columns: (shape) => row.columns(shape).map((f) => ({ ...f, nullable: true })),
  examples,
});

const explode: Row = { generator: 'explode', takes: ['array_or_map'], columns: exploded };
const posexplode: Row = { generator: 'posexplode', takes: ['array_or_map'], columns: numbered };
const inline: Row = { generator: 'inline', takes: ['array'], columns: inlined };

/** Functions that make several rows, or several columns, out of one. */
export const generatorFunctions: FunctionTable = {
  explode: generator(explode, [
    gives('explode(array(1, NULL, 2))', '1; NULL; 2'),
    gives("explode(map('a', 1, 'b', 2))", 'a|1; b|2'),
    gives('explode(array())', ''),
  ]),
  explode_outer: outer(explode, [
    gives('explode_outer(array(1, 2))', '1; 2'),
    gives('explode_outer(array())', 'NULL'),
    gives('explode_outer(cast(NULL as map<string,int>))', 'NULL|NULL'),
  ]),
  posexplode: generator(posexplode, [
    gives("posexplode(array('a', 'b'))", '0|a; 1|b'),
    gives("posexplode(map('k', 1))", '0|k|1'),
  ]),
  posexplode_outer: outer(posexplode, [
    gives('posexplode_outer(array())', 'NULL|NULL'),
    gives("posexplode_outer(array('a'))", '0|a'),
  ]),
  inline: generator(inline, [gives("inline(array(struct(1, 'a'), struct(2, 'b')))", '1|a; 2|b')]),
  inline_outer: outer(inline, [gives("inline_outer(array(struct(1, 'a')))", '1|a')]),
  stack: generator({ generator: 'stack', takes: ['literal_integer', 'any'], variadic: true, columns: stacked }, [
    gives("stack(2, 'a', 1, 'b', 2)", 'a|1; b|2'),
    gives('stack(2, 1, 2, 3)', '1|2; 3|NULL'),
  ]),
  json_tuple: generator({ generator: 'json_tuple', takes: ['string', 'string'], variadic: true, columns: jsonFields }, [
    gives(`json_tuple('{"a": 1, "b": "x"}', 'a', 'b')`, '1|x'),
    gives(`json_tuple('{"a": null}', 'a', 'z')`, 'NULL|NULL'),
    gives("json_tuple('no', 'a')", 'NULL'),
  ]),
};
