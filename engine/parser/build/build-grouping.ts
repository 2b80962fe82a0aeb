import type { Expression } from '../../plan/expression.ts';
import type { AggregateRelation, Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { expressionsOf, notSupported, type BuildContext } from './build-context.ts';
import { hasWord, innerNode, nodes, optionalNode } from './tree-access.ts';

type Grouping = Pick<AggregateRelation, 'group_type' | 'grouping_expressions' | 'grouping_sets'>;

/** GROUP BY, with ROLLUP, CUBE or GROUPING SETS in either place that Spark allows; the select list is added by the caller. */
export function buildGrouping(node: Node, input: Relation, context: BuildContext): AggregateRelation {
  const grouping = node.label === 'keysThenSets' ? trailing(node, context) : leading(node, context);
  return { kind: 'aggregate', input, aggregate_expressions: [], ...grouping };
}

/** `GROUP BY a, b WITH ROLLUP`, `GROUP BY a, b GROUPING SETS (…)`. */
function trailing(node: Node, context: BuildContext): Grouping {
  const keys = expressionsOf(nodes(node, 'expression'), context);
  if (hasWord(node, 'ROLLUP')) return { group_type: 'rollup', grouping_expressions: keys };
  if (hasWord(node, 'CUBE')) return { group_type: 'cube', grouping_expressions: keys };
  const sets = nodes(node, 'groupingSet').map((set) => setKeys(set, context));
  return { group_type: 'groupby', grouping_expressions: keys, ...(sets.length > 0 ? { grouping_sets: sets } : {}) };
}

/** `GROUP BY a, b`, `GROUP BY ROLLUP (a, b)`, `GROUP BY GROUPING SETS ((a), ())`. */
function leading(node: Node, context: BuildContext): Grouping {
  const parts = nodes(node, 'groupKey').map(innerNode);
  const analytics = parts.filter((part) => part.rule === 'groupings');
  const [only] = analytics;
  if (!only) return { group_type: 'groupby', grouping_expressions: expressionsOf(parts, context) };
  if (parts.length > 1) throw notSupported('GROUP BY that combines ROLLUP, CUBE or GROUPING SETS with other keys');
  if (!hasWord(only, 'SETS')) return multiLevel(only, context);
  if (optionalNode(only, 'groupings')) throw notSupported('ROLLUP and CUBE inside GROUPING SETS');
  const sets = nodes(only, 'groupingSet').map((set) => setKeys(set, context));
  return { group_type: 'groupby', grouping_expressions: distinctKeys(sets.flat()), grouping_sets: sets };
}

function multiLevel(node: Node, context: BuildContext): Grouping {
  const sets = nodes(node, 'groupingSet').map((set) => setKeys(set, context));
  const [composite] = sets.filter((set) => set.length !== 1);
  if (composite) throw notSupported('ROLLUP and CUBE of several columns taken together');
  return { group_type: hasWord(node, 'CUBE') ? 'cube' : 'rollup', grouping_expressions: sets.flat() };
}

const setKeys = (set: Node, context: BuildContext): readonly Expression[] =>
  expressionsOf(nodes(set, 'expression'), context);

function distinctKeys(keys: readonly Expression[]): readonly Expression[] {
  const text = (key: Expression): string =>
    JSON.stringify(key, (name, part: unknown) => (name === 'sql_position' ? undefined : part)).toLowerCase();
  const seen = new Map(keys.map((key) => [text(key), key]));
  return [...seen.values()];
}
