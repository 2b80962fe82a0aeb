import type { Expression } from '../../plan/expression.ts';
import type { JoinType, Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { expressionOf, notSupported, queryOf, type BuildContext } from './build-context.ts';
import { functionName } from './build-call.ts';
import { buildValues } from './build-values.ts';
import { buildLateralView } from './build-lateral-view.ts';
import { listedNames, nameText, tableNameParts, unparsedName } from './build-name.ts';
import { constantNumber } from './constant-number.ts';
import { positionOf } from './text-position.ts';
import { hasWord, innerNode, nodes, onlyNode, optionalNode, words } from './tree-access.ts';

/** What Spark calls a subquery that has no name of its own. */
const unnamedSubquery = '__auto_generated_subquery_name';

/** `FROM a, b JOIN c ON … LATERAL VIEW …`; a comma joins without condition. */
export function buildFrom(node: Node, context: BuildContext): Relation {
  refusePivot(node);
  const relations = nodes(node, 'tableExpression').map((relation) => buildTableExpression(relation, context));
  const joined = relations.reduce((left, right) => ({ kind: 'join', left, right, join_type: 'inner' }));
  return nodes(node, 'lateralView').reduce((plan, view) => buildLateralView(view, plan, context), joined);
}

function buildTableExpression(node: Node, context: BuildContext): Relation {
  if (hasWord(node, 'LATERAL')) throw notSupported('LATERAL subqueries');
  const first = buildTableTerm(onlyNode(node, 'tableTerm'), context);
  refusePivot(node);
  return nodes(node, 'join').reduce((left, join) => buildJoin(left, join, context), first);
}

function refusePivot(node: Node): void {
  const pivot = optionalNode(node, 'pivot');
  if (pivot) throw notSupported(pivot.label === 'pivot' ? 'PIVOT in SQL' : 'UNPIVOT in SQL');
}

function buildJoin(left: Relation, node: Node, context: BuildContext): Relation {
  if (node.label === 'natural') throw notSupported('NATURAL JOIN');
  if (hasWord(node, 'LATERAL')) throw notSupported('LATERAL subqueries');
  const criteria = optionalNode(node, 'joinCondition');
  const right = buildTableTerm(onlyNode(node, 'tableTerm'), context);
  const join_type = joinType(words(onlyNode(node, 'joinKind')));
  if (criteria?.label === 'using')
    return { kind: 'join', left, right, join_type, using_columns: listedNames(onlyNode(criteria, 'nameList')) };
  const join_condition = criteria && expressionOf(onlyNode(criteria, 'expression'), context);
  return { kind: 'join', left, right, join_type, ...(join_condition ? { join_condition } : {}) };
}

function joinType(written: readonly string[]): JoinType {
  if (written.includes('SEMI')) return 'left_semi';
  if (written.includes('ANTI')) return 'left_anti';
  if (written.includes('CROSS')) return 'cross';
  if (written.includes('LEFT')) return 'left_outer';
  if (written.includes('RIGHT')) return 'right_outer';
  return written.includes('FULL') ? 'full_outer' : 'inner';
}

function buildTableTerm(node: Node, context: BuildContext): Relation {
  if (optionalNode(node, 'sample')) throw notSupported('TABLESAMPLE');
  switch (node.label) {
    case 'named': {
      if (optionalNode(node, 'version')) throw notSupported('reading an earlier version of a table');
      const table = namedTable(onlyNode(node, 'tableReference'), context);
      return aliased(table, onlyNode(node, 'tableAlias'));
    }
    case 'query':
      return aliased(queryOf(onlyNode(node, 'query'), context), onlyNode(node, 'tableAlias'), unnamedSubquery);
    case 'bracketed':
      return aliased(buildTableExpression(onlyNode(node, 'tableExpression'), context), onlyNode(node, 'tableAlias'));
    case 'values':
      return buildValues(onlyNode(node, 'values'), context);
    default:
      return buildFunctionTable(onlyNode(node, 'tableFunction'), context);
  }
}

/** A name that WITH defines hides a table of that name. */
export function namedTable(node: Node, context: BuildContext): Relation {
  const parts = tableNameParts(node);
  const [name = ''] = parts;
  const defined = parts.length === 1 ? context.tables.get(name.toLowerCase()) : undefined;
  const named_table = { unparsed_identifier: unparsedName(parts) };
  return defined ?? { kind: 'read', named_table, sql_position: positionOf(node) };
}

/** `… AS t(a, b)`. */
export function aliased(input: Relation, node: Node, otherwise?: string): Relation {
  const name = optionalNode(node, 'aliasWord');
  const alias = name ? nameText(name) : otherwise;
  if (alias === undefined) return input;
  const columns = optionalNode(node, 'nameList');
  const renamed: Relation = columns ? { kind: 'to_df', input, column_names: listedNames(columns) } : input;
  return { kind: 'subquery_alias', input: renamed, alias };
}

/** `range(end)`, `range(start, end[, step[, partitions]])`. */
function buildFunctionTable(node: Node, context: BuildContext): Relation {
  const name = functionName(onlyNode(node, 'functionName')).toLowerCase();
  if (name !== 'range') throw notSupported(`the table function ${name}`);
  const numbers = nodes(node, 'tableArgument').map((argument) => {
    const value = constantNumber(rangeArgument(innerNode(argument), context));
    if (value === undefined) throw notSupported('range(…) of anything but whole numbers');
    return value;
  });
  const [first = 0, second, step = 1, partitions] = numbers;
  const bounds = second === undefined ? { start: 0, end: first } : { start: first, end: second };
  const range: Relation = {
    kind: 'range',
    ...bounds,
    step,
    ...(partitions === undefined ? {} : { num_partitions: partitions }),
  };
  return aliased(range, onlyNode(node, 'tableAlias'));
}

function rangeArgument(node: Node, context: BuildContext): Expression {
  const value = optionalNode(node, 'expression');
  if (!value) throw notSupported('tables and named arguments of table functions');
  return expressionOf(value, context);
}
