import type { Expression } from '../../plan/expression.ts';
import type { TextPosition } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';

/** Where a node begins in its text, as Spark's messages say it. */
export const positionOf = (node: Node): TextPosition => ({ line: node.start.line, pos: node.start.column });

/** The expression that a node made, with the node's position wherever a part of it has none of its own. */
export function located(expression: Expression, node: Node): Expression {
  return withPosition(expression, positionOf(node));
}

function withPosition(expression: Expression, sql_position: TextPosition): Expression {
  if (expression.sql_position) return expression;
  switch (expression.kind) {
    case 'unresolved_function':
      return {
        ...expression,
        arguments: expression.arguments.map((argument) => withPosition(argument, sql_position)),
        sql_position,
      };
    case 'unresolved_attribute':
    case 'unresolved_star':
    case 'cast':
    case 'unresolved_extract_value':
      return { ...expression, sql_position };
    default:
      return expression;
  }
}
