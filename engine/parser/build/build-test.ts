import type { Expression } from '../../plan/expression.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, expressionsOf, notSupported, type BuildContext } from './build-context.ts';
import { stringText } from './build-literal.ts';
import { literal, stringLiteral } from './build-number.ts';
import { fn, not } from './make-expression.ts';
import { hasWord, nodes, onlyNode, optionalNode } from './tree-access.ts';

/** What follows a value: BETWEEN, IN, LIKE, RLIKE, IS; with NOT in front or not. */
export function buildTest(value: Expression, node: Node, context: BuildContext): Expression {
  const negate = (positive: Expression): Expression => (hasWord(node, 'NOT') ? not(positive) : positive);
  const operands = expressionsOf(nodes(node, 'operand'), context);
  const listed = (): readonly Expression[] => expressionsOf(nodes(node, 'expression'), context);
  switch (node.label) {
    case 'between': {
      const [lower, upper] = operands;
      if (!lower || !upper) throw new Error('BETWEEN without bounds');
      return negate(fn('and', [fn('>=', [value, lower]), fn('<=', [value, upper])]));
    }
    case 'in':
      return negate(fn('in', [value, ...listed()]));
    case 'inQuery':
      throw notSupported('IN (subquery) in SQL');
    case 'rlike':
      return negate(fn('rlike', [value, ...operands]));
    case 'like':
      return negate(fn(likeName(node), [value, ...operands, ...escapeOf(node, context)]));
    case 'likeMany':
      return likeMany(value, listed(), node, context);
    case 'isNull':
      return fn(hasWord(node, 'NOT') ? 'isnotnull' : 'isnull', [value]);
    case 'isTruth':
      return isTruth(value, node);
    case 'isDistinct': {
      const same = fn('<=>', [value, ...operands]);
      return hasWord(node, 'NOT') ? same : not(same);
    }
    default:
      throw new Error(`unknown test ${node.label}`);
  }
}

const likeName = (node: Node): string => (hasWord(node, 'ILIKE') ? 'ilike' : 'like');

/** The pattern's escape character, where it is not the backslash. */
function escapeOf(node: Node, context: BuildContext): readonly Expression[] {
  const written = optionalNode(node, 'string');
  if (!written) return [];
  const text = stringText(onlyNode(node, 'string'));
  if (Array.from(text).length !== 1) throw errorAt('INVALID_ESC', { invalidEscape: `'${text}'` }, node, context);
  return [stringLiteral(text)];
}

/** `LIKE ANY (…)` and `LIKE ALL (…)`; NOT is of each pattern, not of the whole. */
function likeMany(value: Expression, patterns: readonly Expression[], node: Node, context: BuildContext): Expression {
  if (patterns.length === 0)
    throw errorAt('_LEGACY_ERROR_TEMP_0064', { msg: "Expected something between '(' and ')'." }, node, context);
  const each = patterns.map((pattern) => {
    const like = fn(likeName(node), [value, pattern]);
    return hasWord(node, 'NOT') ? not(like) : like;
  });
  const joiner = hasWord(node, 'ALL') ? 'and' : 'or';
  return each.reduce((left, right) => fn(joiner, [left, right]));
}

function isTruth(value: Expression, node: Node): Expression {
  if (hasWord(node, 'UNKNOWN')) return fn(hasWord(node, 'NOT') ? 'isnotnull' : 'isnull', [value]);
  const same = fn('<=>', [value, literal('boolean', hasWord(node, 'TRUE'))]);
  return hasWord(node, 'NOT') ? not(same) : same;
}
