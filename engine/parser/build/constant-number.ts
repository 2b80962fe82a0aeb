import type { Expression } from '../../plan/expression.ts';

const integerTypes: readonly string[] = ['byte', 'short', 'integer', 'long'];

/** A whole number, perhaps as a sum or product of some. */
export function constantNumber(expression: Expression): number | undefined {
  if (expression.kind === 'literal') {
    const { data_type: type, value } = expression;
    return typeof type === 'string' && integerTypes.includes(type) ? Number(value) : undefined;
  }
  if (expression.kind !== 'unresolved_function') return undefined;
  const [left, right] = expression.arguments.map(constantNumber);
  if (left === undefined) return undefined;
  if (expression.function_name === 'negative') return -left;
  if (right === undefined) return undefined;
  const operations: Readonly<Record<string, number>> = { '+': left + right, '-': left - right, '*': left * right };
  return operations[expression.function_name];
}
