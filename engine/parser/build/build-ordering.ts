import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, expressionOf, expressionsOf, notSupported, type BuildContext } from './build-context.ts';
import { buildSortKey } from './build-window.ts';
import { constantNumber } from './constant-number.ts';

/** ORDER BY, SORT BY, DISTRIBUTE BY, CLUSTER BY, LIMIT and OFFSET. */
export function buildOrdering(node: Node, input: Relation, context: BuildContext): Relation {
  const { order, cluster, distribute, sort, limit, offset } = clauses(node);
  const used = [order, cluster, distribute.length > 0 || sort.length > 0 ? [node] : []].filter(
    (list) => list.length > 0,
  );
  if (used.length > 1) throw errorAt('UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES', {}, node, context);
  const items = (list: readonly Node[]): Relation & { kind: 'sort' } => ({
    kind: 'sort',
    input,
    order: list.map((item) => buildSortKey(item, context)),
    is_global: list === order,
  });
  let result: Relation = input;
  const parts = [...cluster, ...distribute];
  if (parts.length > 0)
    result = { kind: 'repartition_by_expression', input: result, partition_exprs: expressionsOf(parts, context) };
  if (order.length > 0 || sort.length > 0) result = { ...items(order.length > 0 ? order : sort), input: result };
  if (cluster.length > 0) result = sortedBy(result, expressionsOf(cluster, context));
  if (offset) result = { kind: 'offset', input: result, offset: wholeNumber(offset, 'OFFSET', context) };
  if (limit) result = { kind: 'limit', input: result, limit: wholeNumber(limit, 'LIMIT', context) };
  return result;
}

type Clauses = {
  readonly order: readonly Node[];
  readonly cluster: readonly Node[];
  readonly distribute: readonly Node[];
  readonly sort: readonly Node[];
  readonly limit: Node | undefined;
  readonly offset: Node | undefined;
};

/** The parts of the clauses by the word that opened each. */
function clauses(node: Node): Clauses {
  const found: Record<string, Node[]> = {};
  let current = '';
  for (const child of node.children) {
    if (child.kind === 'node') (found[current] ??= []).push(child);
    else if (/^(ORDER|CLUSTER|DISTRIBUTE|SORT|LIMIT|OFFSET)$/i.test(child.text)) current = child.text.toUpperCase();
  }
  return {
    order: found['ORDER'] ?? [],
    cluster: found['CLUSTER'] ?? [],
    distribute: found['DISTRIBUTE'] ?? [],
    sort: (found['SORT'] ?? []).filter((part) => part.rule === 'sortKey'),
    limit: found['LIMIT']?.find((part) => part.rule === 'expression'),
    offset: found['OFFSET']?.find((part) => part.rule === 'expression'),
  };
}

const sortedBy = (input: Relation, keys: readonly Expression[]): Relation => ({
  kind: 'sort',
  input,
  order: keys.map((child) => ({ kind: 'sort_order', child, direction: 'ascending', null_ordering: 'nulls_first' })),
  is_global: false,
});

function wholeNumber(node: Node, clause: string, context: BuildContext): number {
  const value = constantNumber(expressionOf(node, context));
  if (value === undefined) throw notSupported(`${clause} with anything but whole numbers`);
  return value;
}
