import type { BoundExpression } from '../plan/bound-expression.ts';
import type { SparkValue } from '../core/spark-value.ts';
import { jsonTupleField } from '../functions/json-functions.ts';
import { assert, assertNever } from '../core/assert-never.ts';
import { sql, sqlInteger, sqlJoin, sqlString, sqlWord, type Sql } from '../core/sql-text.ts';
import { storageFieldNames, storageType } from '../core/storage-type.ts';
import type { DataType } from '../core/data-type.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import { columnName, plainForm, scopeItems, selectList } from './column-form.ts';
import { compileExpression } from './compile-expression.ts';
import { inParentheses, orderOnly, scopeOf, type CompiledRelation, type Compiler, type Demand } from './compiler.ts';
import { cutPython } from './cut-python.ts';

type Generate = AnalyzedNode<'generate'>;

export function compileGenerate(node: Generate, compiler: Compiler, demand: Demand): CompiledRelation {
  const input = compiler.relation(node.input, orderOnly(demand));
  const cut = cutPython(input, node.args, compiler);
  const scope = scopeOf(compiler, cut.relation);
  const args = cut.expressions.map((arg) => compileExpression(arg, scope));
  const columns = new Map(input.columns);
  for (const attribute of node.generated) columns.set(attribute.id, plainForm);
  const from = { relation: { ...cut.relation, columns: input.columns }, args, types: node.args.map((arg) => arg.type) };
  return { from: inParentheses(generated(node, from)), columns, below: input.below };
}

type Arguments = {
  readonly relation: CompiledRelation;
  readonly args: readonly Sql[];
  readonly types: readonly DataType[];
};

function generated(node: Generate, input: Arguments): Sql {
  switch (node.generator) {
    case 'explode':
      return exploded(node, input, node.generated);
    case 'posexplode': {
      const [position, ...elements] = node.generated;
      assert(position !== undefined, 'posexplode has a position');
      return exploded(node, input, elements, position);
    }
    case 'inline':
      return inlined(node, input);
    case 'stack':
      return stacked(node, input);
    case 'json_tuple':
      return jsonTuple(node, input);
    default:
      return assertNever(node.generator, 'generator');
  }
}

const listName = sql`marea_list`;
const itemName = sql`marea_item`;
const positionName = sql`marea_position`;

/** `outer`: an empty or NULL collection gives one NULL item. */
function withList(node: Generate, input: Arguments, list: Sql): Sql {
  const outer = sql`CASE WHEN coalesce(len(${list}), 0) = 0 THEN [NULL] ELSE ${list} END`;
  return sql`(SELECT *, ${node.outer ? outer : list} AS ${listName}${node.outer ? sql`, coalesce(len(${list}), 0) = 0 AS marea_is_empty` : sql``} FROM ${input.relation.from})`;
}

/** Arrays give elements, maps keys and values. Both unnest in step, so position and item belong together. */
function exploded(node: Generate, input: Arguments, elements: readonly Attribute[], position?: Attribute): Sql {
  const [list] = input.args;
  const [type] = input.types;
  assert(list !== undefined && type !== undefined, 'explode has an argument');
  const isMap = type.kind === 'map';
  const source = withList(node, input, isMap ? sql`map_entries(${list})` : list);
  const positions = position ? sql`, unnest(range(len(${listName}))) AS ${positionName}` : sql``;
  const unnested = sql`(SELECT *, unnest(${listName}) AS ${itemName}${positions} FROM ${source})`;
  const [first, second] = elements;
  assert(first !== undefined, 'explode makes a column');
  const items = isMap
    ? [
        sql`struct_extract(${itemName}, 'key') AS ${columnName(first.id)}`,
        ...(second ? [sql`struct_extract(${itemName}, 'value') AS ${columnName(second.id)}`] : []),
      ]
    : [sql`${itemName} AS ${columnName(first.id)}`];
  const number = node.outer ? sql`CASE WHEN NOT marea_is_empty THEN ${positionName} END` : positionName;
  const positionItem = position ? [sql`(${number})::INTEGER AS ${columnName(position.id)}`] : [];
  return sql`SELECT ${selectList([...scopeItems(input.relation.columns), ...positionItem, ...items])} FROM ${unnested}`;
}

/** An array of structs: one row each, one column for each field. */
function inlined(node: Generate, input: Arguments): Sql {
  const [list] = input.args;
  const [type] = input.types;
  assert(
    list !== undefined && type?.kind === 'array' && type.element.kind === 'struct',
    'inline takes an array of structs',
  );
  const names = storageFieldNames(type.element);
  const unnested = sql`(SELECT *, unnest(${listName}) AS ${itemName} FROM ${withList(node, input, list)})`;
  const items = node.generated.map(
    (attribute, i) =>
      sql`struct_extract(${itemName}, ${sqlString(names[i] ?? attribute.name)}) AS ${columnName(attribute.id)}`,
  );
  return sql`SELECT ${selectList([...scopeItems(input.relation.columns), ...items])} FROM ${unnested}`;
}

const cellName = (index: number): Sql => sqlWord(`e${index}`);

/** `stack(n, v1, …, vk)`: n rows, missing values are NULL. */
function stacked(node: Generate, input: Arguments): Sql {
  const values = input.args.slice(1);
  const width = node.generated.length;
  const count = node.args[0]?.kind === 'literal' ? Number(node.args[0].value) : Math.ceil(values.length / width);
  const rows = Array.from({ length: count }, (_, row) => {
    const cells = node.generated.map((attribute, column) => {
      const value = values[row * width + column] ?? sql`NULL`;
      return sql`${sqlString(cellName(column))}: (${value})::${storageType(attribute.type)}`;
    });
    return sql`{${sqlJoin(cells, ', ')}}`;
  });
  const unnested = sql`(SELECT *, unnest([${sqlJoin(rows, ', ')}]) AS ${itemName} FROM ${input.relation.from})`;
  const items = node.generated.map(
    (attribute, i) => sql`struct_extract(${itemName}, ${sqlString(cellName(i))}) AS ${columnName(attribute.id)}`,
  );
  return sql`SELECT ${selectList([...scopeItems(input.relation.columns), ...items])} FROM ${unnested}`;
}

const literalName = (name: BoundExpression | undefined): SparkValue | undefined =>
  name?.kind === 'literal' ? name.value : undefined;

/** Text that is no JSON object gives NULLs. */
function jsonTuple(node: Generate, input: Arguments): Sql {
  const [json, ...fields] = input.args;
  assert(json !== undefined, 'json_tuple has an argument');
  const items = node.generated.map(
    (attribute, i) =>
      sql`${jsonTupleField(json, literalName(node.args[i + 1]), fields[i] ?? sql`NULL`)} AS ${columnName(attribute.id)}`,
  );
  return sql`SELECT ${selectList([...scopeItems(input.relation.columns), ...items])} FROM ${input.relation.from}`;
}

/** Each row gives one row per projection, in their order. */
export function compileExpand(node: AnalyzedNode<'expand'>, compiler: Compiler, demand: Demand): CompiledRelation {
  const input = compiler.relation(node.input, orderOnly(demand));
  const cut = cutPython(input, node.projections.flat(), compiler);
  const scope = scopeOf(compiler, cut.relation);
  const width = node.output.length;
  const items = node.output.map((attribute, column) => {
    const branches = node.projections.map((_, row) => {
      const expression = cut.expressions[row * width + column];
      assert(expression !== undefined, 'a projection is as wide as the output');
      return sql` WHEN ${sqlInteger(row)} THEN (${compileExpression(expression, scope)})::${storageType(attribute.type)}`;
    });
    return sql`CASE marea_set${sqlJoin(branches, '')} END AS ${columnName(attribute.id)}`;
  });
  const sets = sql`unnest(range(${sqlInteger(node.projections.length)})) AS marea_set`;
  return {
    from: inParentheses(sql`SELECT ${selectList(items)} FROM (SELECT *, ${sets} FROM ${cut.relation.from})`),
    columns: new Map(node.output.map((attribute) => [attribute.id, plainForm])),
    below: input.below,
  };
}
