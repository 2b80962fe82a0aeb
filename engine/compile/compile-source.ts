import { sql, sqlInteger, sqlJoin, sqlWord, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { columnName, plainScope, selectList } from './column-form.ts';
import { compileExpression } from './compile-expression.ts';
import type { CompileInput } from './compile-options.ts';
import { inParentheses, newTable, scopeOf, type CompiledRelation, type Compiler, type Demand } from './compiler.ts';
import { literalSql } from './literal-sql.ts';

type SqlInput = Extract<CompileInput, { kind: 'sql' }>;

/** Position of a column in what a source, a session table or a load step delivers. */
const inputName = (index: number): Sql => sqlWord(`f${index}`);

/** The columns that are read, under their attribute names; at least one, so that rows can be counted. */
function readItems(
  output: readonly Attribute[],
  compiler: Compiler,
): { readonly items: readonly Sql[]; readonly kept: readonly Attribute[] } {
  const wanted = output.filter((attribute) => compiler.needed.has(attribute.id));
  const kept = wanted.length > 0 ? wanted : output.slice(0, 1);
  return {
    items: kept.map((attribute) => sql`${inputName(output.indexOf(attribute))} AS ${columnName(attribute.id)}`),
    kept,
  };
}

const named = (from: Sql, output: readonly Attribute[], compiler: Compiler): CompiledRelation => {
  const { items, kept } = readItems(output, compiler);
  return {
    from: inParentheses(sql`SELECT ${selectList(items)} FROM ${from}`),
    columns: plainScope(kept),
    below: [],
  };
};

/** A SELECT of the right columns and no row. */
const emptyRows = (output: readonly Attribute[]): Sql =>
  sql`(SELECT ${selectList(output.map((attribute, i) => sql`NULL::${storageType(attribute.type)} AS ${inputName(i)}`))} WHERE false)`;

/**
 * A source read once per batch: its text goes into the statement that uses it where only one does and its rows can still be counted,
 * otherwise it becomes a table.
 */
export function compileSource(node: AnalyzedNode<'source'>, compiler: Compiler, demand: Demand): CompiledRelation {
  const made = compiler.madeSources.get(node.sourceKey);
  if (made !== undefined) return named(made, node.output, compiler);
  const input = compiler.options.sources.get(node.sourceKey);
  if (input === undefined || (input.kind === 'sql' && input.isEmpty === true)) return emptySource(node, compiler);
  if (input.kind === 'rows') return loadedSource(node, input, compiler);
  const isShared = readers(node, compiler).length > 1 && compiler.options.outputMode !== undefined;
  const isCarried = demand.carriesRows && !isShared;
  if (isShared || (node.isStreaming && !isCarried)) return tableSource(node, input, compiler, isShared, demand);
  const table = newTable(compiler, 'src');
  compiler.steps.push({
    kind: 'read_source',
    sourceKey: node.sourceKey,
    isStreaming: node.isStreaming,
    isInline: true,
    table,
  });
  const relation = named(readFrom(node, input, compiler), node.output, compiler);
  return node.isStreaming ? { ...relation, sourceRows: node.sourceKey } : relation;
}

const readFrom = (node: AnalyzedNode<'source'>, input: SqlInput, compiler: Compiler): Sql =>
  filtered(node, inParentheses(input.select), pushedInto(node, input, compiler), compiler);

function emptySource(node: AnalyzedNode<'source'>, compiler: Compiler): CompiledRelation {
  const from = emptyRows(node.output);
  compiler.steps.push({
    kind: 'read_source',
    sourceKey: node.sourceKey,
    isStreaming: node.isStreaming,
    isInline: true,
    table: newTable(compiler, 'src'),
    ...(node.isStreaming ? { rowCount: sql`SELECT 0::BIGINT` } : {}),
  });
  compiler.madeSources.set(node.sourceKey, from);
  return named(from, node.output, compiler);
}

function loadedSource(
  node: AnalyzedNode<'source'>,
  input: Extract<CompileInput, { kind: 'rows' }>,
  compiler: Compiler,
): CompiledRelation {
  const table = newTable(compiler, 'src');
  compiler.steps.push({
    kind: 'load_rows',
    table,
    types: node.output.map((attribute) => attribute.type),
    blocks: input.blocks,
    sourceKey: node.sourceKey,
    ...(node.isStreaming
      ? { rowCount: sql`SELECT count(*) * ${sqlInteger(readers(node, compiler).length)} FROM ${table}` }
      : {}),
  });
  compiler.madeSources.set(node.sourceKey, table);
  return named(table, node.output, compiler);
}

const readers = (node: AnalyzedNode<'source'>, compiler: Compiler): readonly AnalyzedNode<'source'>[] =>
  compiler.sourceNodes.get(node.sourceKey) ?? [node];

function tableSource(
  node: AnalyzedNode<'source'>,
  input: SqlInput,
  compiler: Compiler,
  isShared: boolean,
  demand: Demand,
): CompiledRelation {
  const table = newTable(compiler, 'src');
  // Filters may go into the table only where it serves one reader: another reader may filter differently.
  const from = isShared ? inParentheses(input.select) : readFrom(node, input, compiler);
  const columns = isShared
    ? node.output.map((_, i) => inputName(i))
    : node.output.map((attribute, i) =>
        compiler.needed.has(attribute.id) || i === 0
          ? inputName(i)
          : sql`NULL::${storageType(attribute.type)} AS ${inputName(i)}`,
      );
  const select = sql`SELECT ${selectList(columns)} FROM ${from}`;
  compiler.steps.push({
    kind: 'read_source',
    sourceKey: node.sourceKey,
    isStreaming: node.isStreaming,
    isInline: false,
    table,
    select,
    ...(node.isStreaming ? { rowCount: rowCount(node, input, table, compiler, demand) } : {}),
  });
  compiler.madeSources.set(node.sourceKey, table);
  return named(table, node.output, compiler);
}

/** What Spark reports as input: each place of the plan that reads the source counts its own rows. */
function rowCount(node: AnalyzedNode<'source'>, input: SqlInput, table: Sql, compiler: Compiler, demand: Demand): Sql {
  const nodes = readers(node, compiler);
  if (input.counts === 'every_row') return sql`SELECT count(*) * ${sqlInteger(nodes.length)} FROM ${table}`;
  if (nodes.length > 1)
    return sql`SELECT ${sqlJoin(
      nodes.map(
        (reader) =>
          sql`(SELECT count(*) FROM ${filtered(reader, table, pushedInto(reader, input, compiler), compiler)})`,
      ),
      ' + ',
    )}`;
  return demand.atMost === undefined
    ? sql`SELECT count(*) FROM ${table}`
    : sql`SELECT least(count(*), ${sqlInteger(demand.atMost)}) FROM ${table}`;
}

/** json and csv rows that do not pass these never leave the source. */
const pushedInto = (node: AnalyzedNode<'source'>, input: SqlInput, compiler: Compiler): readonly BoundExpression[] =>
  input.counts === 'rows_after_pushed_filters' ? (compiler.pushedFilters.get(node) ?? []) : [];

/** A source's text behind filters that Spark pushes into it. */
function filtered(
  node: AnalyzedNode<'source'>,
  from: Sql,
  filters: readonly BoundExpression[],
  compiler: Compiler,
): Sql {
  if (filters.length === 0) return from;
  const renamed = node.output.map((attribute, i) => sql`${inputName(i)} AS ${columnName(attribute.id)}`);
  const scope = scopeOf(compiler, { columns: plainScope(node.output) });
  const conditions = filters.map((filter) => sql`(${compileExpression(filter, scope)})`);
  const back = node.output.map((attribute, i) => sql`${columnName(attribute.id)} AS ${inputName(i)}`);
  return sql`(SELECT ${selectList(back)} FROM (SELECT ${selectList(renamed)} FROM ${from}) WHERE ${sqlJoin(conditions, ' AND ')})`;
}

export const compileTable = (node: AnalyzedNode<'table'>, compiler: Compiler): CompiledRelation =>
  named(compiler.options.table(node.tableKey), node.output, compiler);

/** Rows that are written into the statement; more become a table. 64 rows bind in about a millisecond. */
const inlineRows = 64;

export function compileLocalRows(node: AnalyzedNode<'local_rows'>, compiler: Compiler): CompiledRelation {
  if (node.rows.length === 0 || node.output.length === 0) return emptyOrCounted(node, compiler);
  if (node.rows.length > inlineRows) {
    const table = newTable(compiler, 'rows');
    compiler.steps.push({ kind: 'load_rows', table, types: node.output.map((a) => a.type), blocks: [node.rows] });
    return named(table, node.output, compiler);
  }
  const rows = node.rows.map(
    (row) =>
      sql`(${sqlJoin(
        node.output.map((attribute, i) => literalSql(row[i] ?? null, attribute.type)),
        ', ',
      )})`,
  );
  const names = node.output.map((_, i) => inputName(i));
  return named(sql`(VALUES ${sqlJoin(rows, ', ')}) AS marea_rows(${sqlJoin(names, ', ')})`, node.output, compiler);
}

/** No row, or rows without columns (`SELECT 1` starts from one of those). */
function emptyOrCounted(node: AnalyzedNode<'local_rows'>, compiler: Compiler): CompiledRelation {
  if (node.rows.length === 0) return named(emptyRows(node.output), node.output, compiler);
  const from = sql`(SELECT 1 AS marea_row FROM range(${literalSql(BigInt(node.rows.length), { kind: 'long' })}))`;
  return { from, columns: new Map(), below: [] };
}

export function compileRange(node: AnalyzedNode<'range'>): CompiledRelation {
  const [attribute] = node.output;
  if (!attribute) throw new Error('internal error: a range without a column');
  const bound = (value: number): Sql => literalSql(BigInt(value), { kind: 'long' });
  return {
    from: sql`(SELECT range AS ${columnName(attribute.id)} FROM range(${bound(node.start)}, ${bound(node.end)}, ${bound(node.step)}))`,
    columns: plainScope([attribute]),
    below: [],
  };
}
