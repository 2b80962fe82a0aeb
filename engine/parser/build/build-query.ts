import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, notSupported, type BuildContext } from './build-context.ts';
import { buildValues } from './build-values.ts';
import { listedNames, nameText } from './build-name.ts';
import { buildOrdering } from './build-ordering.ts';
import { buildFromFirst, buildSelect, withWindows } from './build-select.ts';
import { namedTable } from './build-relation.ts';
import { positionOf } from './text-position.ts';
import { hasWord, nodes, onlyNode, optionalNode, words } from './tree-access.ts';

/** `[WITH …] … [ORDER BY …] [LIMIT …]`: a whole query, with the names its WITH defines. */
export function buildQuery(node: Node, outer: BuildContext): Relation {
  const defined = optionalNode(node, 'withClause');
  const context = defined ? withTables(defined, outer) : outer;
  const ordering = onlyNode(node, 'ordering');
  const named = withWindows(ordering, context);
  return buildOrdering(ordering, buildBody(onlyNode(node, 'queryBody'), named), named);
}

/** A later definition may use an earlier one. */
function withTables(node: Node, outer: BuildContext): BuildContext {
  const tables = new Map(outer.tables);
  const names = nodes(node, 'commonTable').map((query) => nameText(onlyNode(query, 'name')).toLowerCase());
  const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (repeated.length > 0)
    throw errorAt(
      '_LEGACY_ERROR_TEMP_0038',
      { duplicateNames: repeated.map((name) => `'${name}'`).join(', ') },
      node,
      outer,
    );
  for (const query of nodes(node, 'commonTable')) {
    const alias = nameText(onlyNode(query, 'name'));
    const columns = optionalNode(query, 'nameList');
    const input = buildQuery(onlyNode(query, 'query'), { ...outer, tables: new Map(tables) });
    const named: Relation = columns ? { kind: 'to_df', input, column_names: listedNames(columns) } : input;
    tables.set(alias.toLowerCase(), { kind: 'subquery_alias', input: named, alias });
  }
  return { ...outer, tables };
}

function buildBody(node: Node, context: BuildContext): Relation {
  if (node.label !== 'setOperation') return buildBlock(onlyNode(node, 'queryBlock'), context);
  const [left, right] = nodes(node, 'queryBody').map((term) => buildBody(term, context));
  if (!left || !right) throw new Error('a set operation needs two queries');
  const quantifier = optionalNode(node, 'quantifier');
  const [operator] = words(node);
  return {
    kind: 'set_op',
    left_input: left,
    right_input: right,
    set_op_type: operator === 'INTERSECT' ? 'intersect' : operator === 'UNION' ? 'union' : 'except',
    is_all: quantifier !== undefined && hasWord(quantifier, 'ALL'),
    sql_position: positionOf(node),
  };
}

function buildBlock(node: Node, context: BuildContext): Relation {
  switch (node.label) {
    case 'select':
      return buildSelect(onlyNode(node, 'select'), context);
    case 'fromFirst':
      return buildFromFirst(onlyNode(node, 'fromFirst'), context);
    case 'table':
      return namedTable(onlyNode(node, 'tableReference'), context);
    case 'values':
      return buildValues(onlyNode(node, 'values'), context);
    case 'script':
      throw notSupported('TRANSFORM, MAP and REDUCE in SQL');
    default:
      return buildQuery(onlyNode(node, 'query'), context);
  }
}
