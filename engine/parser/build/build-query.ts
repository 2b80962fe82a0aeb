import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, notSupported, type BuildContext } from './build-context.ts';
import { buildExpression, buildExpressions } from './build-expression.ts';
import { buildInlineTable } from './build-inline-table.ts';
import { listedNames, nameText, tableNameParts } from './build-name.ts';
import { buildFromStatement, buildSelect, withWindows } from './build-select.ts';
import { namedTable } from './build-relation.ts';
import { buildSortItem } from './build-window.ts';
import { hasWord, nodes, onlyNode, optionalNode, words } from './tree-access.ts';

/** `[WITH …] … [ORDER BY …] [LIMIT …]`: a whole query, with the names its WITH defines. */
export function buildQuery(node: Node, outer: BuildContext): Relation {
  const ctes = optionalNode(node, 'ctes');
  const context = ctes ? withTables(ctes, outer) : outer;
  const organization = onlyNode(node, 'queryOrganization');
  const named = withWindows(organization, context);
  return buildOrganization(organization, buildTerm(onlyNode(node, 'queryTerm'), named), named);
}

/** A later definition may use an earlier one. */
function withTables(node: Node, outer: BuildContext): BuildContext {
  const tables = new Map(outer.tables);
  const names = nodes(node, 'namedQuery').map((query) => nameText(onlyNode(query, 'errorCapturingIdentifier')).toLowerCase());
  const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (repeated.length > 0) throw errorAt('_LEGACY_ERROR_TEMP_0038', { duplicateNames: repeated.map((name) => `'${name}'`).join(', ') }, node, outer);
  for (const query of nodes(node, 'namedQuery')) {
    const alias = nameText(onlyNode(query, 'errorCapturingIdentifier'));
    const columns = optionalNode(query, 'identifierList');
    const input = buildQuery(onlyNode(query, 'query'), { ...outer, tables: new Map(tables) });
    const named: Relation = columns ? { kind: 'to_df', input, column_names: listedNames(columns) } : input;
    tables.set(alias.toLowerCase(), { kind: 'subquery_alias', input: named, alias });
  }
  return { ...outer, tables };
}

function buildTerm(node: Node, context: BuildContext): Relation {
  if (node.label !== 'setOperation') return buildPrimary(onlyNode(node, 'queryPrimary'), context);
  const [left, right] = nodes(node, 'queryTerm').map((term) => buildTerm(term, context));
  if (!left || !right) throw new Error('a set operation needs two queries');
  const quantifier = optionalNode(node, 'setQuantifier');
  const [operator] = words(node);
  return {
    kind: 'set_op',
    left_input: left,
    right_input: right,
    set_op_type: operator === 'INTERSECT' ? 'intersect' : operator === 'UNION' ? 'union' : 'except',
    is_all: quantifier !== undefined && hasWord(quantifier, 'ALL'),
  };
}

function buildPrimary(node: Node, context: BuildContext): Relation {
  switch (node.label) {
    case 'select':
      return buildSelect(onlyNode(node, 'querySpecification'), context);
    case 'from':
      return buildFromStatement(onlyNode(node, 'fromStatement'), context);
    case 'table':
      return namedTable(tableNameParts(onlyNode(node, 'identifierReference')), context);
    case 'values':
      return buildInlineTable(onlyNode(node, 'inlineTable'), context);
    default:
      return buildQuery(onlyNode(node, 'query'), context);
  }
}

/** ORDER BY, SORT BY, DISTRIBUTE BY, CLUSTER BY, LIMIT and OFFSET. */
export function buildOrganization(node: Node, input: Relation, context: BuildContext): Relation {
  const { order, cluster, distribute, sort, limit, offset } = clauses(node);
  const used = [order, cluster, distribute.length > 0 || sort.length > 0 ? [node] : []].filter((list) => list.length > 0);
  if (used.length > 1) throw errorAt('UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES', {}, node, context);
  const items = (list: readonly Node[]): Relation & { kind: 'sort' } => ({
    kind: 'sort',
    input,
    order: list.map((item) => buildSortItem(item, context)),
    is_global: list === order,
  });
  let result: Relation = input;
  const parts = [...cluster, ...distribute];
  if (parts.length > 0) result = { kind: 'repartition_by_expression', input: result, partition_exprs: buildExpressions(parts, context) };
  if (order.length > 0 || sort.length > 0) result = { ...items(order.length > 0 ? order : sort), input: result };
  if (cluster.length > 0) result = sortedBy(result, buildExpressions(cluster, context));
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
    sort: (found['SORT'] ?? []).filter((part) => part.rule === 'sortItem'),
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
  const value = constantNumber(buildExpression(node, context));
  if (value === undefined) throw notSupported(`${clause} with anything but whole numbers`);
  return value;
}

/** A whole number, perhaps as a sum or product of some. */
export function constantNumber(expression: Expression): number | undefined {
  if (expression.kind === 'literal') {
    const isInteger = ['byte', 'short', 'integer', 'long'].includes(String(expression.data_type));
    return isInteger ? Number(expression.value) : undefined;
  }
  if (expression.kind !== 'unresolved_function') return undefined;
  const [left, right] = expression.arguments.map(constantNumber);
  if (left === undefined) return undefined;
  if (expression.function_name === 'negative') return -left;
  if (right === undefined) return undefined;
  const operations: Readonly<Record<string, number>> = { '+': left + right, '-': left - right, '*': left * right };
  return operations[expression.function_name];
}
