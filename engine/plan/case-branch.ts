import type { BoundCase, BoundExpression } from './bound-expression.ts';

/** `WHEN … THEN …`: the one place that makes a branch. */
export const caseBranch = (when: BoundExpression, then: BoundExpression): BoundCase['branches'][number] =>
  // oxlint-disable-next-line unicorn/no-thenable -- the word is SQL's; nobody awaits an expression
  ({ when, then });
