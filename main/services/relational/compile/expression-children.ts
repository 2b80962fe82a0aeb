import type { Expression } from '../syntax/expression.ts';

/** The expressions directly inside, those of subqueries left out. */
function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return [
        ...expression.args,
        ...expression.orderBy.map(({ key }) => key),
        ...(expression.over?.partitionBy ?? []),
        ...(expression.over?.orderBy.map(({ key }) => key) ?? []),
      ];
    case 'unary':
    case 'is':
    case 'cast':
    case 'collate':
    case 'in-query':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'between':
      return [expression.operand, expression.low, expression.high];
    case 'in-list':
      return [expression.operand, ...expression.items];
    case 'like':
    case 'regexp':
      return [expression.operand, expression.pattern];
    case 'case':
      return [
        expression.operand,
        ...expression.branches.flatMap(({ test, result }) => [test, result]),
        expression.otherwise,
      ].filter((child) => child !== undefined);
    case 'shift':
      return [expression.operand, expression.amount];
    case 'row':
      return expression.items;
    default:
      return [];
  }
}

const aggregates: ReadonlySet<string> = new Set(
  'COUNT SUM AVG MIN MAX GROUP_CONCAT STD STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP BIT_AND BIT_OR BIT_XOR ANY_VALUE JSON_ARRAYAGG'.split(
    ' ',
  ),
);

export const isAggregateName = (name: string): boolean => aggregates.has(name);

/** Whether an aggregate stands in the expression itself; one with OVER is computed for each row. */
export function hasAggregate(expression: Expression): boolean {
  if (expression.kind === 'call' && isAggregateName(expression.name) && expression.over === undefined) return true;
  return childrenOf(expression).some(hasAggregate);
}

/** Whether a column stands in the expression outside of every aggregate. */
export function hasBareColumn(expression: Expression): boolean {
  if (expression.kind === 'column') return true;
  const isAggregate = expression.kind === 'call' && isAggregateName(expression.name) && expression.over === undefined;
  return !isAggregate && childrenOf(expression).some(hasBareColumn);
}
