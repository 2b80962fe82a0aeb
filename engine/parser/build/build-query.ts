import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, type BuildContext } from './build-context.ts';
import { buildInlineTable } from './build-inline-table.ts';
import { listedNames, nameText, tableNameParts } from './build-name.ts';
import { buildOrganization } from './build-organization.ts';
import { buildFromStatement, buildSelect, withWindows } from './build-select.ts';
import { namedTable } from './build-relation.ts';
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
  const names = nodes(node, 'namedQuery').map((query) =>
    nameText(onlyNode(query, 'errorCapturingIdentifier')).toLowerCase(),
  );
  const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (repeated.length > 0)
    throw errorAt(
      '_LEGACY_ERROR_TEMP_0038',
      { duplicateNames: repeated.map((name) => `'${name}'`).join(', ') },
      node,
      outer,
    );
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
