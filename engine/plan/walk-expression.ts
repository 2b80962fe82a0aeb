import { assertNever } from '../core/assert-never.ts';
import type { Attribute, AttributeId } from './attribute.ts';
import type { BoundExpression, BoundFrame } from './bound-expression.ts';

const frameValues = (frame: BoundFrame): readonly BoundExpression[] =>
  frame.kind === 'unspecified'
    ? []
    : [frame.lower, frame.upper].flatMap((bound) => (bound.kind === 'offset' ? [bound.value] : []));

/** The direct parts of an expression, in printed order. */
export function expressionChildren(expression: BoundExpression): readonly BoundExpression[] {
  switch (expression.kind) {
    case 'literal':
    case 'attribute':
    case 'lambda_variable':
      return [];
    case 'call':
    case 'python':
      return expression.args;
    case 'cast':
    case 'field':
      return [expression.child];
    case 'case':
      return [
        ...expression.branches.flatMap((branch) => [branch.when, branch.then]),
        ...(expression.otherwise ? [expression.otherwise] : []),
      ];
    case 'lambda':
      return [expression.body];
    case 'aggregate':
      return expression.filter ? [...expression.args, expression.filter] : expression.args;
    case 'window':
      return [
        expression.function,
        ...expression.partition,
        ...expression.order.map((order) => order.expression),
        ...frameValues(expression.frame),
      ];
    default:
      return assertNever(expression, 'expression');
  }
}

/** Does the expression or any part of it satisfy the test? Looks at the outside first. */
export const someExpression = (expression: BoundExpression, test: (part: BoundExpression) => boolean): boolean =>
  test(expression) || expressionChildren(expression).some((child) => someExpression(child, test));

/** Visits the expression and its parts, outside first. */
export function walkExpression(expression: BoundExpression, visit: (part: BoundExpression) => void): void {
  visit(expression);
  for (const child of expressionChildren(expression)) walkExpression(child, visit);
}

/** Parts that satisfy the test, outside first; does not look inside a part that does. */
export function collectExpressions(
  expression: BoundExpression,
  test: (part: BoundExpression) => boolean,
): readonly BoundExpression[] {
  if (test(expression)) return [expression];
  return expressionChildren(expression).flatMap((child) => collectExpressions(child, test));
}

/** The columns an expression reads, each once, in printed order. */
export function referencedAttributes(expression: BoundExpression): readonly Attribute[] {
  const found = new Map<AttributeId, Attribute>();
  walkExpression(expression, (part) => {
    if (part.kind === 'attribute' && !found.has(part.attribute.id)) found.set(part.attribute.id, part.attribute);
  });
  return [...found.values()];
}

/** An aggregate call outside any OVER clause. */
export const hasAggregate = (expression: BoundExpression): boolean => {
  if (expression.kind === 'aggregate') return true;
  if (expression.kind !== 'window') return expressionChildren(expression).some(hasAggregate);
  const inside = [
    ...expression.function.args,
    ...expression.partition,
    ...expression.order.map((order) => order.expression),
  ];
  return inside.some(hasAggregate);
};

export const hasWindow = (expression: BoundExpression): boolean =>
  someExpression(expression, (part) => part.kind === 'window');
