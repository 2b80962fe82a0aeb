import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import { sparkError } from '../core/spark-error.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { AttributeId } from '../plan/attribute.ts';
import type { BoundExpression, BoundWindow } from '../plan/bound-expression.ts';
import { referencedAttributes, someExpression } from '../plan/walk-expression.ts';
import { scopeItems, selectList, type ColumnForm } from './column-form.ts';
import { compileExpression } from './compile-expression.ts';
import {
  arrivalColumn,
  inParentheses,
  newTable,
  orderOnly,
  numberedDemand,
  orderedDemand,
  projectItem,
  scopeOf,
  selectAll,
  withArrival,
  type CompiledRelation,
  type Compiler,
  type Demand,
} from './compiler.ts';
import { cutPython } from './cut-python.ts';
import { compileOrder, compileSortKey } from './expression-scope.ts';
import { conjuncts } from './join-conditions.ts';

export function compileProject(node: AnalyzedNode<'project'>, compiler: Compiler, demand: Demand): CompiledRelation {
  const items = node.items.filter((item) => compiler.needed.has(item.output.id));
  const windows = items.flatMap((item) => windowsOf(item.expression));
  const input = compiler.relation(node.input, demandBelow(node, demand, windows.length > 0));
  const cut = cutPython(
    input,
    items.map((item) => item.expression),
    compiler,
  );
  const scope = scopeOf(compiler, cut.relation);
  const columns = new Map<AttributeId, ColumnForm>();
  const selected: Sql[] = [];
  items.forEach((item, i) => {
    if (columns.has(item.output.id)) return;
    const { items: own, form } = projectItem(cut.expressions[i] ?? item.expression, item.output, scope);
    selected.push(...own);
    columns.set(item.output.id, form);
  });
  if (cut.relation.watermark) selected.push(cut.relation.watermark.us);
  const order = windows.length > 0 && demand.ordered ? windowOrder(windows, cut.relation, compiler) : sql``;
  return {
    ...cut.relation,
    from: inParentheses(sql`SELECT ${selectList(selected)} FROM ${cut.relation.from}${order}`),
    columns,
  };
}

const windowsOf = (expression: BoundExpression): readonly BoundWindow[] => {
  const found: BoundWindow[] = [];
  someExpression(expression, (part) => {
    if (part.kind === 'window') found.push(part);
    return false;
  });
  return found;
};

/** Spark leaves the rows sorted by the last window specification. */
function windowOrder(windows: readonly BoundWindow[], relation: CompiledRelation, compiler: Compiler): Sql {
  const scope = scopeOf(compiler, relation);
  const last = windows.at(-1);
  const keys = [
    ...(last?.partition ?? []).map((key) => sql`${compileSortKey(key, scope)} NULLS FIRST`),
    ...(last?.order ?? []).map((order) => compileOrder(order, scope)),
  ];
  return keys.length === 0 ? sql`` : sql` ORDER BY ${sqlJoin(keys, ', ')}`;
}

/** A grouped column is followed down through plain references; a window read in any other way must be a real one. */
function demandBelow(node: AnalyzedNode<'project'>, demand: Demand, hasWindows: boolean): Demand {
  if (hasWindows) return orderOnly(demand);
  const groupedBy = new Set<AttributeId>();
  const otherwise = new Set<AttributeId>();
  for (const item of node.items) {
    const { expression } = item;
    if (expression.kind === 'attribute' && demand.groupedBy.has(item.output.id)) groupedBy.add(expression.attribute.id);
    else for (const attribute of referencedAttributes(expression)) otherwise.add(attribute.id);
  }
  for (const id of otherwise) groupedBy.delete(id);
  return { ...demand, groupedBy };
}

export function compileFilter(node: AnalyzedNode<'filter'>, compiler: Compiler, demand: Demand): CompiledRelation {
  const groupedBy = new Set(demand.groupedBy);
  for (const attribute of referencedAttributes(node.condition)) groupedBy.delete(attribute.id);
  const isPushed = pushedWhole(node, compiler);
  const input = compiler.relation(node.input, {
    ordered: demand.ordered,
    numbered: demand.numbered,
    groupedBy,
    carriesWatermark: false,
    carriesRows: demand.carriesRows && isPushed,
    ...(isPushed && demand.atMost !== undefined ? { atMost: demand.atMost } : {}),
  });
  const cut = cutPython(input, [node.condition], compiler);
  const condition = compileExpression(cut.expressions[0] ?? node.condition, scopeOf(compiler, cut.relation));
  const columns = input.columns;
  return {
    ...cut.relation,
    columns,
    from: inParentheses(sql`SELECT ${selectList(scopeItems(columns))} FROM ${cut.relation.from} WHERE ${condition}`),
  };
}

/** The filter lies on its source and every part of it was handed over: it removes no row that was counted. */
function pushedWhole(node: AnalyzedNode<'filter'>, compiler: Compiler): boolean {
  if (node.input.kind !== 'source') return false;
  const input = compiler.options.sources.get(node.input.sourceKey);
  const pushed = compiler.pushedFilters.get(node.input) ?? [];
  return (
    input?.kind === 'sql' &&
    input.counts === 'rows_after_pushed_filters' &&
    conjuncts(node.condition).every((part) => pushed.includes(part))
  );
}

/** Rows that compare equal stay in the order they came, as Spark's merge of sorted runs leaves them. */
export function compileSort(node: AnalyzedNode<'sort'>, compiler: Compiler): CompiledRelation {
  const input = compiler.relation(node.input, numberedDemand);
  const cut = cutPython(
    input,
    node.order.map((order) => order.expression),
    compiler,
  );
  const scope = scopeOf(compiler, cut.relation);
  const keys = node.order.map((order, i) =>
    compileOrder({ ...order, expression: cut.expressions[i] ?? order.expression }, scope),
  );
  const items = selectList(scopeItems(input.columns));
  return {
    ...cut.relation,
    columns: input.columns,
    from: inParentheses(
      sql`SELECT ${items} FROM ${withArrival(cut.relation)} ORDER BY ${sqlJoin([...keys, arrivalColumn], ', ')}`,
    ),
  };
}

export function compileLimit(node: AnalyzedNode<'limit' | 'offset' | 'tail'>, compiler: Compiler): CompiledRelation {
  const isStreaming = compiler.operators.has(node);
  const input = compiler.relation(node.input, {
    ...(node.kind === 'tail' ? numberedDemand : orderedDemand),
    ...(isStreaming ? { atMost: node.count } : {}),
  });
  const count = sqlInteger(node.count);
  const all = selectAll(input);
  if (node.kind === 'limit') {
    const operator = compiler.operators.get(node);
    if (operator !== undefined) return streamLimit(node.count, operator, input, compiler);
    return { ...input, from: inParentheses(sql`${all} LIMIT ${count}`) };
  }
  if (node.kind === 'offset') return { ...input, from: inParentheses(sql`${all} OFFSET ${count}`) };
  const items = selectList(scopeItems(input.columns));
  const last = sql`(SELECT * FROM ${withArrival(input)} ORDER BY ${arrivalColumn} DESC LIMIT ${count})`;
  return { ...input, from: inParentheses(sql`SELECT ${items} FROM ${last} ORDER BY ${arrivalColumn}`) };
}

function streamLimit(count: number, operator: number, input: CompiledRelation, compiler: Compiler): CompiledRelation {
  const table = newTable(compiler, 'limit');
  compiler.steps.push({ kind: 'stream_limit', operator, table, below: input.below, input: selectAll(input), count });
  return { from: table, columns: input.columns, below: [operator] };
}

/** Only a sample that keeps everything or nothing can be exact: Spark draws with its own generator, partition by partition. */
export function compileSample(node: AnalyzedNode<'sample'>, compiler: Compiler, demand: Demand): CompiledRelation {
  const fraction = node.upper - node.lower;
  const input = compiler.relation(node.input, orderOnly(demand));
  if (!node.withReplacement && fraction >= 1) return input;
  if (fraction <= 0) return { ...input, from: inParentheses(sql`${selectAll(input)} WHERE false`) };
  throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'sample() with a fraction between 0 and 1 (random rows)' });
}
