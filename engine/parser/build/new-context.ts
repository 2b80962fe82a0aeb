import type { BuildContext, ParseOptions } from './build-context.ts';
import { buildExpression } from './build-expression.ts';
import { buildQuery } from './build-query.ts';

/** The context to build a whole text with. */
export const newContext = (
  text: string,
  options: ParseOptions = {},
  questionMarks: readonly number[] = [],
): BuildContext => ({
  ...options,
  build: { expression: buildExpression, query: buildQuery },
  text,
  zone: options.zone ?? 'UTC',
  tables: new Map(),
  windows: new Map(),
  questionMarks,
});
