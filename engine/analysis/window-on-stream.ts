import { sparkError, type SparkError } from '../core/spark-error.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { BoundExpression, BoundWindow } from '../plan/bound-expression.ts';
import { attributeText } from '../plan/print-plan.ts';
import { printFrame, printOrder } from '../plan/print-expression.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { walkExpression } from '../plan/walk-expression.ts';
import { expressionKey } from '../plan/expression-key.ts';
import { expressionText, printContext } from './function-text.ts';

type Found = { readonly window: BoundWindow; readonly column: string };

/** Analytic functions on a stream: Spark names those of the first window specification, in capitals, with the columns they make. */
export function windowNotSupported(node: AnalyzedNode<'project'>, context: { readonly zone: string }): SparkError {
  const found: Found[] = [];
  for (const item of node.items) {
    walkExpression(item.expression, (part) => {
      if (part.kind === 'window')
        found.push({ window: part, column: part === item.expression ? item.output.name : `_we${found.length}` });
    });
  }
  const [first] = found;
  const group = first ? found.filter(({ window }) => specificationKey(window) === specificationKey(first.window)) : [];
  return sparkError('NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING', {
    windowFunc: group.map(({ window }) => textWithIds(window.function, context).toUpperCase()).join(','),
    columnName: group.map(({ column }) => `\`${column}\``).join(','),
    windowSpec: group.map(({ window }) => specificationText(window, context).toUpperCase()).join(','),
  });
}

const specificationKey = (window: BoundWindow): string =>
  `${window.partition.map(expressionKey).join(',')} / ${window.order.map((order) => `${expressionKey(order.expression)} ${order.direction}`).join(',')}`;

function specificationText(window: BoundWindow, context: { readonly zone: string }): string {
  const print = printContext(context.zone);
  const pieces = [
    window.partition.length > 0
      ? `PARTITION BY ${window.partition.map((part) => expressionText(part, context)).join(', ')}`
      : '',
    window.order.length > 0 ? `ORDER BY ${window.order.map((order) => printOrder(order, print)).join(', ')}` : '',
    printFrame(window.frame, print),
  ];
  return `(${pieces.filter((piece) => piece !== '').join(' ')})`;
}

const textWithIds = (expression: BoundExpression, context: { readonly zone: string }): string =>
  expressionText(
    rewriteExpression(expression, (part) =>
      part.kind === 'attribute'
        ? { ...part, attribute: { ...part.attribute, name: attributeText(part.attribute) } }
        : undefined,
    ),
    context,
  );
