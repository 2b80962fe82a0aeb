import type { Expression } from '../../plan/expression.ts';

/** A call of a function or of an operator by its symbol. */
export const fn = (function_name: string, args: readonly Expression[]): Expression => ({
  kind: 'unresolved_function',
  function_name,
  arguments: args,
});

export const not = (expression: Expression): Expression => fn('not', [expression]);
