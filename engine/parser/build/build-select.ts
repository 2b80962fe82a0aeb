import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, expressionOf, notSupported, type BuildContext } from './build-context.ts';
import { buildGrouping } from './build-grouping.ts';
import { nameText } from './build-name.ts';
import { buildOrganization } from './build-organization.ts';
import { buildFrom } from './build-relation.ts';
import { buildLateralView } from './build-lateral-view.ts';
import { backQuoted } from '../../core/type-names.ts';
import { hasWord, nodes, onlyNode, optionalNode } from './tree-access.ts';

/** `SELECT … FROM … WHERE … GROUP BY … HAVING …`. */
export function buildSelect(node: Node, context: BuildContext): Relation {
  if (node.label === 'transform') throw notSupported('TRANSFORM, MAP and REDUCE in SQL');
  const from = optionalNode(node, 'fromClause');
  return buildBody(node, from ? buildFrom(from, context) : undefined, context);
}

/** `FROM t SELECT …`. */
export function buildFromStatement(node: Node, context: BuildContext): Relation {
  const input = buildFrom(onlyNode(node, 'fromClause'), context);
  const [body, ...more] = nodes(node, 'fromStatementBody');
  if (!body || more.length > 0) throw notSupported('several SELECT after one FROM');
  if (body.label === 'transform') throw notSupported('TRANSFORM, MAP and REDUCE in SQL');
  return buildOrganization(onlyNode(body, 'queryOrganization'), buildBody(body, input, context), context);
}

function buildBody(node: Node, from: Relation | undefined, outer: BuildContext): Relation {
  const context = withWindows(node, outer);
  const where = optionalNode(node, 'whereClause');
  let input = nodes(node, 'lateralView').reduce<Relation | undefined>(
    (plan, view) => buildLateralView(view, plan ?? oneRow, context),
    from,
  );
  if (where) input = { kind: 'filter', input: input ?? oneRow, condition: condition(where, context) };
  const select = onlyNode(node, 'selectClause');
  const items = nodes(onlyNode(select, 'namedExpressionSeq'), 'namedExpression').map((item) =>
    expressionOf(item, context),
  );
  const quantifier = optionalNode(select, 'setQuantifier');
  const chosen = selected(node, input, items, context);
  const isDistinct = quantifier !== undefined && hasWord(quantifier, 'DISTINCT');
  const result: Relation = isDistinct ? { kind: 'deduplicate', input: chosen, all_columns_as_keys: true } : chosen;
  return nodes(select, 'hint').reduceRight<Relation>((plan, hint) => withHints(hint, plan, context), result);
}

function selected(
  node: Node,
  input: Relation | undefined,
  items: readonly Expression[],
  context: BuildContext,
): Relation {
  const grouping = optionalNode(node, 'aggregationClause');
  const having = optionalNode(node, 'havingClause');
  const only = having ? { having: condition(having, context) } : {};
  if (grouping) return { ...buildGrouping(grouping, input ?? oneRow, context), select_list: items, ...only };
  if (!having) return { kind: 'project', ...(input ? { input } : {}), expressions: items };
  return {
    kind: 'aggregate',
    input: input ?? oneRow,
    group_type: 'groupby',
    grouping_expressions: [],
    aggregate_expressions: [],
    select_list: items,
    ...only,
  };
}

/** What a query without FROM reads: one row without columns. */
export const oneRow: Relation = { kind: 'project', expressions: [] };

const condition = (clause: Node, context: BuildContext): Expression =>
  expressionOf(onlyNode(clause, 'booleanExpression'), context);

/** Adds the definitions of a WINDOW clause, if there is one. */
export function withWindows(node: Node, context: BuildContext): BuildContext {
  const clause = optionalNode(node, 'windowClause');
  if (!clause) return context;
  const windows = new Map<string, Node>(context.windows);
  const defined = new Set<string>();
  for (const named of nodes(clause, 'namedWindow')) {
    const name = nameText(onlyNode(named, 'errorCapturingIdentifier'));
    if (defined.has(name))
      throw errorAt(
        'INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION',
        { windowName: backQuoted(name) },
        clause,
        context,
      );
    defined.add(name);
    windows.set(name.toLowerCase(), onlyNode(named, 'windowSpec'));
  }
  return { ...context, windows };
}

/** `broadcast(t)` and others; each wraps the plan, the first outermost. */
function withHints(node: Node, input: Relation, context: BuildContext): Relation {
  return nodes(node, 'hintStatement').reduceRight<Relation>((plan, statement) => {
    const parameters = nodes(statement, 'primaryExpression').map((part) => expressionOf(part, context));
    return {
      kind: 'hint',
      input: plan,
      name: nameText(onlyNode(statement, 'identifier')),
      ...(parameters.length > 0 ? { parameters } : {}),
    };
  }, input);
}
