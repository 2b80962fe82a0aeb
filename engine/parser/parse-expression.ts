import type { Expression } from '../plan/expression.ts';
import { buildContext } from './build/build-context.ts';
import type { ParseOptions } from './build/build-context.ts';
import { buildNamedExpression } from './build/build-expression.ts';
import { onlyNode } from './build/tree-access.ts';
import { readText } from './read-text.ts';

export type { ParseOptions } from './build/build-context.ts';

/**
 * The text of `expr`, `filter`, `selectExpr`: one expression, with an alias if one likes. Timestamp literals are read in `options.zone` (UTC without).
 * Throws `ParseException` as Spark 3.5.
 */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  const tree = readText(text, 'singleExpression');
  return buildNamedExpression(onlyNode(tree, 'namedExpression'), buildContext(text, options));
}
