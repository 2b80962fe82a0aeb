import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { AnalyzedAggregate, AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { AttributeId } from '../plan/attribute.ts';
import { referencedAttributes } from '../plan/walk-expression.ts';
import { findFunction } from '../functions/catalog.ts';
import { columnName, plainScope, type Scope } from './column-form.ts';
import { compileAggregateCall, splitAggregateCall } from './compile-aggregate-call.ts';
import {
  arrivalColumn,
  inParentheses,
  noDemand,
  scopeOf,
  withArrival,
  type CompiledRelation,
  type Compiler,
  type Demand,
} from './compiler.ts';
import { cutPython } from './cut-python.ts';
import { groupKeys, groupedScope, resultRelation, type GroupKey } from './group-keys.ts';
import { expandPanes } from './pane-windows.ts';
import { compileSessionAggregate } from './session-aggregate.ts';
import { compileStreamAggregate } from './stream-aggregate.ts';

export type Aggregate = AnalyzedNode<'aggregate'>;

/** The input of an aggregate, ready: Python cut out, arrival order added where a function asks for it. */
export type AggregateInput = {
  readonly relation: CompiledRelation;
  readonly keys: readonly GroupKey[];
  readonly calls: Aggregate['calls'];
  readonly order: { readonly order: Sql } | Record<never, never>;
};

export function compileAggregate(node: Aggregate, compiler: Compiler, demand: Demand): CompiledRelation {
  const operator = compiler.operators.get(node);
  const input = aggregateInput(node, compiler, operator !== undefined);
  if (input.keys.some((key) => key.form.kind === 'session')) {
    return compileSessionAggregate(node, input, compiler, demand, operator);
  }
  if (operator !== undefined) return compileStreamAggregate(node, input, compiler, operator);
  const isPaned = input.keys.some((key) => key.form.kind === 'pane');
  const grouped = isPaned ? panedGroups(input, compiler) : groups(input, compiler, demand);
  return resultRelation(node, grouped, input.relation.below, compiler);
}

function aggregateInput(node: Aggregate, compiler: Compiler, isStateful: boolean): AggregateInput {
  const needsOrder = readsOrder(node, compiler, isStateful);
  const mayHavePanes = !needsOrder && (isStateful || node.calls.every(({ call }) => splits(call)));
  const input = compiler.relation(node.input, {
    ...noDemand,
    groupedBy: mayHavePanes || isTumblingOnly(node) ? groupedColumns(node) : new Set(),
    carriesWatermark: isStateful && !needsOrder,
    carriesRows: isStateful && !needsOrder,
  });
  const expressions = [...node.grouping.map((item) => item.expression), ...node.calls.map(({ call }) => call)];
  const cut = cutPython(input, expressions, compiler);
  const grouping = node.grouping.map((item, i) => ({ ...item, expression: cut.expressions[i] ?? item.expression }));
  const calls = node.calls.map(({ output, call }, i) => {
    const rewritten = cut.expressions[node.grouping.length + i];
    return { output, call: rewritten?.kind === 'aggregate' ? rewritten : call };
  });
  const relation = needsOrder ? { ...cut.relation, from: withArrival(cut.relation) } : cut.relation;
  return {
    relation,
    keys: groupKeys(grouping, scopeOf(compiler, relation)),
    calls,
    order: needsOrder ? { order: arrivalColumn } : {},
  };
}

const splits = (call: AnalyzedAggregate['calls'][number]['call']): boolean => {
  const row = findFunction(call.name);
  return row.kind === 'aggregate' && row.split !== 'keeps_values' && !call.distinct;
};

/** Below are only tumbling windows, which cost nothing to keep as numbers whatever the functions are. */
function isTumblingOnly(node: Aggregate): boolean {
  let below = node.input;
  while ('input' in below && below.kind !== 'aggregate') {
    if (below.kind === 'time_window' && below.slideUs !== below.windowUs) return false;
    below = below.input;
  }
  return true;
}

/** Columns grouped by as they are, and read by nothing else in the aggregate. */
function groupedColumns(node: Aggregate): ReadonlySet<AttributeId> {
  const plain = new Set<AttributeId>();
  const otherwise = new Set<AttributeId>();
  for (const { expression } of node.grouping) {
    if (expression.kind === 'attribute') plain.add(expression.attribute.id);
    else for (const attribute of referencedAttributes(expression)) otherwise.add(attribute.id);
  }
  for (const { call } of node.calls) for (const attribute of referencedAttributes(call)) otherwise.add(attribute.id);
  for (const id of otherwise) plain.delete(id);
  return plain;
}

/** Whether any function's text uses the arrival order it is offered. */
function readsOrder(node: Aggregate, compiler: Compiler, isStateful: boolean): boolean {
  const columns: Scope = plainScope(node.input.output);
  const scope = { columns, context: compiler.options.context, order: arrivalColumn };
  return node.calls.some(({ call }) => {
    const isPlain = referencedAttributes(call).every((attribute) => columns.has(attribute.id));
    const tested = cutTest(call);
    if (!isPlain || tested === undefined) return true;
    const texts = isStateful
      ? splitAggregateCall(tested, scope).partials.map((partial) => partial.partial)
      : [compileAggregateCall(tested, scope)];
    return texts.some((text) => text.includes(arrivalColumn));
  });
}

/** A call with Python inside cannot be written yet: it is then given the order, which is always right. */
const cutTest = (call: Aggregate['calls'][number]['call']): Aggregate['calls'][number]['call'] | undefined =>
  JSON.stringify(call, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)).includes('"kind":"python"')
    ? undefined
    : call;

/** A NULL window is a row without time: it belongs to no group. */
export const windowCondition = (keys: readonly GroupKey[]): Sql | undefined => {
  const windows = keys.filter((key) => key.form.kind === 'window' && key.isWindowOfTime);
  return windows.length === 0 ? undefined : sqlJoin(windows.map((key) => sql`${key.value} IS NOT NULL`), ' AND ');
};

const ordinals = (count: number): Sql =>
  count === 0 ? sql`` : sql` GROUP BY ${sqlJoin(Array.from({ length: count }, (_, i) => sqlInteger(i + 1)), ', ')}`;

/** Group rows: columns of the keys and of the calls under their attribute names. */
function groups(input: AggregateInput, compiler: Compiler, demand: Demand): CompiledRelation {
  const scope = { ...scopeOf(compiler, input.relation), ...input.order };
  const keys = input.keys.map((key) => sql`${key.value} AS ${columnName(key.output.id)}`);
  const calls = input.calls.map(({ output, call }) => sql`${compileAggregateCall(call, scope)} AS ${columnName(output.id)}`);
  const condition = windowCondition(input.keys);
  const where = condition ? sql` WHERE ${condition}` : sql``;
  const select = sql`SELECT ${sqlJoin([...keys, ...calls], ', ')} FROM ${input.relation.from}${where}${ordinals(keys.length)}${keyOrder(input.keys, demand)}`;
  return { from: inParentheses(select), columns: groupedScope(input.keys, input.calls), below: [] };
}

const keyOrder = (keys: readonly GroupKey[], demand: Demand): Sql => {
  const sortable = keys.filter((key) => key.output.type.kind !== 'map');
  if (!demand.ordered || sortable.length === 0) return sql``;
  return sql` ORDER BY ${sqlJoin(sortable.map((key) => sql`${columnName(key.output.id)} NULLS FIRST`), ', ')}`;
};

/** Sliding windows: first one row for each pane, then windows from few panes instead of from many rows. */
function panedGroups(input: AggregateInput, compiler: Compiler): CompiledRelation {
  const scope = { ...scopeOf(compiler, input.relation), ...input.order };
  const cut = input.calls.map(({ output, call }) => ({ output, split: splitAggregateCall(call, scope) }));
  const name = (call: number, part: number): Sql => sql`p${sqlInteger(call)}_${sqlInteger(part)}`;
  const keyNames = input.keys.map((key) => columnName(key.output.id));
  const pane = input.keys.find((key) => key.form.kind === 'pane');
  if (pane?.form.kind !== 'pane') throw new Error('internal error: no pane among the keys');
  const paneName = columnName(pane.output.id);
  const partials = cut.flatMap(({ split }, i) => split.partials.map((part, j) => sql`${part.partial} AS ${name(i, j)}`));
  const keys = input.keys.map((key) => sql`${key.value} AS ${columnName(key.output.id)}`);
  const panes = sql`(SELECT ${sqlJoin([...keys, ...partials], ', ')} FROM ${input.relation.from} WHERE ${pane.value} IS NOT NULL${ordinals(keys.length)})`;
  const merges = cut.flatMap(({ split }, i) => split.partials.map((part, j) => sql`${part.merge(name(i, j), paneName)} AS ${name(i, j)}`));
  const merged = sql`(SELECT ${sqlJoin([...keyNames, ...merges], ', ')} FROM ${expandPanes(panes, paneName, pane.form)}${ordinals(keys.length)})`;
  const finals = cut.map(
    ({ output, split }, i) => sql`${split.final(split.partials.map((_, j) => name(i, j)))} AS ${columnName(output.id)}`,
  );
  const select = sql`SELECT ${sqlJoin([...keyNames, ...finals], ', ')} FROM ${merged} ORDER BY ${sqlJoin(keyNames.map((key) => sql`${key} NULLS FIRST`), ', ')}`;
  return { from: inParentheses(select), columns: groupedScope(input.keys, input.calls), below: [] };
}
