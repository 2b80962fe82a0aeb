import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { expressionsOf, notSupported, type BuildContext } from './build-context.ts';
import { nameParts, nameText } from './build-name.ts';
import { fn } from './make-expression.ts';
import { located, positionOf } from './text-position.ts';
import { hasWord, nodes, onlyNode } from './tree-access.ts';

const outerForms: ReadonlySet<string> = new Set(['explode', 'posexplode', 'inline']);

/** `LATERAL VIEW [OUTER] explode(x) t AS c`: all columns of the input, then those of the generator. */
export function buildLateralView(node: Node, input: Relation, context: BuildContext): Relation {
  const name = nameParts(onlyNode(node, 'dottedWords')).join('.').toLowerCase();
  const isOuter = hasWord(node, 'OUTER') && !name.endsWith('_outer');
  if (isOuter && !outerForms.has(name)) throw notSupported(`LATERAL VIEW OUTER ${name}`);
  const called = isOuter ? `${name}_outer` : name;
  const generator = located(fn(called, expressionsOf(nodes(node, 'expression'), context)), node);
  const [table = '', ...columns] = nodes(node, 'word').map(nameText);
  const made: Expression = { kind: 'alias', expr: generator, name: columns, table };
  const expressions: readonly Expression[] = [{ kind: 'unresolved_star' }, made];
  return { kind: 'project', input, expressions, sql_position: positionOf(node) };
}
