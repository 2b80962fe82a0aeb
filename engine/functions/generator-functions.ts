import { field, integerType, stringType, voidType, type DataType, type StructField } from '../core/data-type.ts';
import { storageFieldNames, storageType } from '../core/storage-type.ts';
import { sql, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import type { CallShape, CompiledCall, Example, FunctionTable, GeneratorFunction } from './define-function.ts';
import { argument, argumentType, callOf, gives, literalArgument } from './function-forms.ts';

type Parts = { readonly columns: (shape: CallShape) => readonly StructField[]; readonly lists: (call: CompiledCall) => readonly Sql[] };

/** Columns of one array or map. */
const exploded: Parts = {
  columns: (shape) => {
    const type = argumentType(shape, 0);
    if (type.kind === 'map') return [field('key', type.key, false), field('value', type.value, type.valueContainsNull)];
    return [type.kind === 'array' ? field('col', type.element, type.containsNull) : field('col', voidType)];
  },
  lists: (call) => (argumentType(call, 0).kind === 'map' ? [callOf('map_keys', argument(call, 0)), callOf('map_values', argument(call, 0))] : [argument(call, 0)]),
};

const numbered: Parts = {
  columns: (shape) => [field('pos', integerType, false), ...exploded.columns(shape)],
  lists: (call) => {
    const lists = exploded.lists(call);
    return [sql`range(coalesce(len(${lists[0] ?? sql`[]`}), 0))::INTEGER[]`, ...lists];
  },
};

const structOf = (type: DataType): readonly StructField[] => (type.kind === 'array' && type.element.kind === 'struct' ? type.element.fields : []);

const inlined: Parts = {
  columns: (shape) => {
    const type = argumentType(shape, 0);
    return structOf(type).map((f) => ({ ...f, nullable: f.nullable || (type.kind === 'array' && type.containsNull) }));
  },
  lists: (call) => {
    const type = argumentType(call, 0);
    if (type.kind !== 'array' || type.element.kind !== 'struct') return [];
    return storageFieldNames(type.element).map((name) => sql`list_transform(${argument(call, 0)}, lambda item_: struct_extract(item_, ${sqlString(name)}))`);
  },
};

/** `stack(n, v1, v2, …)`: the values in rows of equal width, padded with NULL. */
const stackWidth = (shape: CallShape | CompiledCall): number => Math.ceil((shape.types.length - 1) / stackRows(shape));
const stackRows = (shape: CallShape | CompiledCall): number => {
  const rows = literalArgument(shape, 0);
  return typeof rows === 'number' && rows > 0 ? rows : 1;
};
const stacked: Parts = {
  columns: (shape) =>
    Array.from({ length: stackWidth(shape) }, (_, column) => {
      const type = Array.from({ length: stackRows(shape) }, (__, row) => shape.types[1 + row * stackWidth(shape) + column]).find((t) => t && t.kind !== 'void');
      return field(`col${column}`, type ?? voidType, true);
    }),
  lists: (call) =>
    Array.from({ length: stackWidth(call) }, (_, column) => {
      const cells = Array.from({ length: stackRows(call) }, (__, row) => call.args[1 + row * stackWidth(call) + column] ?? sql`NULL`);
      const type = call.types.find((t, i) => i >= 1 && (i - 1) % stackWidth(call) === column && t.kind !== 'void');
      return sql`[${sqlJoin(cells, ', ')}]::${storageType(type ?? voidType)}[]`;
    }),
};

const jsonFields: Parts = {
  columns: (shape) => shape.types.slice(1).map((_, i) => field(`c${i}`, stringType, true)),
  lists: (call) => call.args.slice(1).map((name) => sql`[marea_json_field(${argument(call, 0)}, ${name})]`),
};

/** Where nothing would come out, one row of NULLs. */
const outerParts = (parts: Parts): Parts => ({
  columns: (shape) => parts.columns(shape).map((f) => ({ ...f, nullable: true })),
  lists: (call) => {
    const lists = parts.lists(call);
    const first = lists.at(-1) ?? sql`[]`;
    return lists.map((list) => sql`CASE WHEN len(${first}) > 0 THEN ${list} ELSE [NULL] END`);
  },
});

type Row = Pick<GeneratorFunction, 'generator' | 'takes' | 'optional' | 'variadic'> & { readonly parts: Parts };
const inner = ({ parts, ...row }: Row, examples: readonly Example[]): GeneratorFunction => ({ ...row, ...parts, kind: 'generator', outer: false, examples });
const outer = ({ parts, ...row }: Row, examples: readonly Example[]): GeneratorFunction => ({ ...row, ...outerParts(parts), kind: 'generator', outer: true, examples });

const explode = { generator: 'explode', takes: ['array_or_map'], parts: exploded } as const;
const posexplode = { generator: 'posexplode', takes: ['array_or_map'], parts: numbered } as const;
const inline = { generator: 'inline', takes: ['array'], parts: inlined } as const;

/** Functions that make several rows, or several columns, out of one. */
export const generatorFunctions: FunctionTable = {
  explode: inner(explode, [gives('explode(array(1, NULL, 2))', '1; NULL; 2'), gives("explode(map('a', 1, 'b', 2))", 'a|1; b|2'), gives('explode(array())', '')]),
  explode_outer: outer(explode, [gives('explode_outer(array(1, 2))', '1; 2'), gives('explode_outer(array())', 'NULL'), gives('explode_outer(cast(NULL as map<string,int>))', 'NULL|NULL')]),
  posexplode: inner(posexplode, [gives("posexplode(array('a', 'b'))", '0|a; 1|b'), gives("posexplode(map('k', 1))", '0|k|1')]),
  posexplode_outer: outer(posexplode, [gives('posexplode_outer(array())', 'NULL|NULL'), gives("posexplode_outer(array('a'))", '0|a')]),
  inline: inner(inline, [gives("inline(array(struct(1, 'a'), struct(2, 'b')))", '1|a; 2|b')]),
  inline_outer: outer(inline, [gives("inline_outer(array(struct(1, 'a')))", '1|a')]),
  stack: inner({ generator: 'stack', takes: ['literal_integer', 'any'], variadic: true, parts: stacked }, [gives("stack(2, 'a', 1, 'b', 2)", 'a|1; b|2'), gives('stack(2, 1, 2, 3)', '1|2; 3|NULL')]),
  json_tuple: inner({ generator: 'json_tuple', takes: ['string', 'string'], variadic: true, parts: jsonFields }, [gives("json_tuple('{\"a\": 1, \"b\": \"x\"}', 'a', 'b')", '1|x'), gives("json_tuple('{\"a\": null}', 'a', 'z')", 'NULL|NULL'), gives("json_tuple('no', 'a')", 'NULL')]),
};

