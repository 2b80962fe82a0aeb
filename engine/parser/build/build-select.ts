import type { Expression } from '../../plan/expression.ts';
import type { Relation, TextPosition } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, expressionOf, notSupported, type BuildContext } from './build-context.ts';
import { buildGrouping } from './build-grouping.ts';
import { nameText } from './build-name.ts';
import { buildOrdering } from './build-ordering.ts';
import { buildFrom } from './build-relation.ts';
import { buildLateralView } from './build-lateral-view.ts';
import { backQuoted } from '../../core/type-names.ts';
import { positionOf } from './text-position.ts';
import { hasWord, nodes, onlyNode, optionalNode } from './tree-access.ts';

/** `SELECT … FROM … WHERE … GROUP BY … HAVING …`. */
export function buildSelect(node: Node, context: BuildContext): Relation {
  const from = optionalNode(node, 'from');
  return buildParts(node, from ? buildFrom(from, context) : undefined, context);
}

/** `FROM t SELECT …`. */
export function buildFromFirst(node: Node, context: BuildContext): Relation {
  const input = buildFrom(onlyNode(node, 'from'), context);
  if (nodes(node, 'selectClause').length > 1) throw notSupported('several SELECT after one FROM');
  return buildOrdering(onlyNode(node, 'ordering'), buildParts(node, input, context), context);
}

function buildParts(node: Node, from: Relation | undefined, outer: BuildContext): Relation {
  const rest = onlyNode(node, 'selectRest');
  const context = withWindows(rest, outer);
  const where = optionalNode(rest, 'where');
  let input = nodes(rest, 'lateralView').reduce<Relation | undefined>(
    (plan, view) => buildLateralView(view, plan ?? oneRow, context),
    from,
  );
  const sql_position = positionOf(node);
  if (where) input = { kind: 'filter', input: input ?? oneRow, condition: condition(where, context), sql_position };
  const select = onlyNode(node, 'selectClause');
  const items = nodes(onlyNode(select, 'selectList'), 'aliasedExpression').map((item) => expressionOf(item, context));
  const quantifier = optionalNode(select, 'quantifier');
  const chosen = selected(rest, input, items, context, sql_position);
  const isDistinct = quantifier !== undefined && hasWord(quantifier, 'DISTINCT');
  const result: Relation = isDistinct
    ? { kind: 'deduplicate', input: chosen, all_columns_as_keys: true, is_distinct: true }
    : chosen;
  return nodes(select, 'hints').reduceRight<Relation>((plan, hint) => withHints(hint, plan, context), result);
}

function selected(
  node: Node,
  input: Relation | undefined,
  items: readonly Expression[],
  context: BuildContext,
  sql_position: TextPosition,
): Relation {
  const grouping = optionalNode(node, 'groupBy');
  const having = optionalNode(node, 'having');
  const only = having ? { having: condition(having, context) } : {};
  if (grouping) return { ...buildGrouping(grouping, input ?? oneRow, context), select_list: items, ...only };
  if (!having) return { kind: 'project', ...(input ? { input } : {}), expressions: items, sql_position };
  return {
    kind: 'aggregate',
    input: input ?? oneRow,
    group_type: 'groupby',
    grouping_expressions: [],
    aggregate_expressions: [],
    select_list: items,
    ...only,
    sql_position,
  };
}

/** What a query without FROM reads: one row without columns. */
export const oneRow: Relation = { kind: 'project', expressions: [] };

const condition = (clause: Node, context: BuildContext): Expression =>
  expressionOf(onlyNode(clause, 'expression'), context);

/** Adds the definitions of a WINDOW clause, if there is one. */
export function withWindows(node: Node, context: BuildContext): BuildContext {
  const clause = optionalNode(node, 'windowClause');
  if (!clause) return context;
  const windows = new Map<string, Node>(context.windows);
  const defined = new Set<string>();
  for (const named of nodes(clause, 'windowDefinition')) {
    const name = nameText(onlyNode(named, 'name'));
    if (defined.has(name))
      throw errorAt(
        'INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION',
        { windowName: backQuoted(name) },
        clause,
        context,
      );
    defined.add(name);
    windows.set(name.toLowerCase(), onlyNode(named, 'window'));
  }
  return { ...context, windows };
}

/** `broadcast(t)` and others; each wraps the plan, the first outermost. */
function withHints(node: Node, input: Relation, context: BuildContext): Relation {
  return nodes(node, 'hint').reduceRight<Relation>((plan, statement) => {
    const parameters = nodes(statement, 'term').map((part) => expressionOf(part, context));
    return {
      kind: 'hint',
      input: plan,
      name: nameText(onlyNode(statement, 'word')),
      ...(parameters.length > 0 ? { parameters } : {}),
    };
  }, input);
}
