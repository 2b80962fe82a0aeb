import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { AttributeId } from '../plan/attribute.ts';
import type { BoundAggregate } from '../plan/bound-expression.ts';
import { referencedAttributes, someExpression } from '../plan/walk-expression.ts';
import { plainScope, type Scope } from './column-form.ts';
import { compileAggregateCall, splitAggregateCall } from './compile-aggregate-call.ts';
import { arrivalColumn, noDemand, scopeOf, withArrival, type CompiledRelation, type Compiler } from './compiler.ts';
import { cutPython } from './cut-python.ts';
import { functionRow } from './function-row.ts';
import { groupKeys, type GroupKey } from './group-keys.ts';

export type Aggregate = AnalyzedNode<'aggregate'>;

/** The input of an aggregate, ready: Python cut out, arrival order added where a function asks for it. */
export type AggregateInput = {
  readonly relation: CompiledRelation;
  readonly keys: readonly GroupKey[];
  readonly calls: Aggregate['calls'];
  readonly order: { readonly order: Sql } | Record<never, never>;
};

export function aggregateInput(
  node: Aggregate,
  compiler: Compiler,
  isStateful: boolean,
  isOrdered: boolean,
): AggregateInput {
  const readsArrival = readsOrder(node, compiler, isStateful);
  const needsOrder = readsArrival || (isOrdered && !isStateful && node.grouping.length > 0);
  const mayHavePanes = !readsArrival && (isStateful || node.calls.every(({ call }) => splits(call)));
  const input = compiler.relation(node.input, {
    ...noDemand,
    ordered: needsOrder,
    numbered: needsOrder,
    groupedBy: mayHavePanes || isTumblingOnly(node) ? groupedColumns(node) : new Set(),
    carriesWatermark: isStateful && !readsArrival,
    carriesRows: isStateful && !readsArrival,
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

const splits = (call: BoundAggregate): boolean => {
  const row = functionRow(call.name);
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

/** Whether any function's text uses the arrival order it is offered. A call with Python inside cannot be written yet: it gets the order, which is always right. */
function readsOrder(node: Aggregate, compiler: Compiler, isStateful: boolean): boolean {
  const columns: Scope = plainScope(node.input.output);
  const scope = { ...scopeOf(compiler, { columns }), order: arrivalColumn };
  return node.calls.some(({ call }) => {
    if (someExpression(call, (part) => part.kind === 'python')) return true;
    const texts = isStateful
      ? splitAggregateCall(call, scope).partials.map((partial) => partial.partial)
      : [compileAggregateCall(call, scope)];
    return texts.some((text) => text.includes(arrivalColumn));
  });
}

/** A NULL window is a row without time: it belongs to no group. */
export const windowCondition = (keys: readonly GroupKey[]): Sql | undefined => {
  const windows = keys.filter((key) => key.form.kind === 'window' && key.isWindowOfTime);
  return windows.length === 0
    ? undefined
    : sqlJoin(
        windows.map((key) => sql`${key.value} IS NOT NULL`),
        ' AND ',
      );
};
