import type { Expression } from '../plan/expression.ts';
import type { ParseOptions } from './build/build-context.ts';
import { expressionOf } from './build/build-context.ts';
import { newContext } from './build/new-context.ts';
import { onlyNode } from './build/tree-access.ts';
import { readText } from './read-text.ts';

export type { ParseOptions } from './build/build-context.ts';

/**
 * The text of `expr`, `filter`, `selectExpr`: one expression, with an alias if one likes. Timestamp literals are read in `options.zone` (UTC without).
 * Throws `ParseException` as Spark 3.5.
 */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  const tree = readText(text, 'wholeExpression');
  return expressionOf(onlyNode(tree, 'aliasedExpression'), newContext(text, options));
}
