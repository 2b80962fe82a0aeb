import { assertNever } from '../core/assert-never.ts';
import { caseBranch } from './case-branch.ts';
import type {
  BoundAggregate,
  BoundBound,
  BoundCall,
  BoundExpression,
  BoundFrame,
  BoundOrder,
  BoundWindow,
} from './bound-expression.ts';

type Rewrite = (part: BoundExpression) => BoundExpression;

/** The same expression over rewritten direct parts; returns the very same object when nothing changed. */
function mapChildren(expression: BoundExpression, rewrite: Rewrite): BoundExpression {
  switch (expression.kind) {
    case 'literal':
    case 'attribute':
    case 'lambda_variable':
      return expression;
    case 'call':
    case 'python': {
      const args = mapList(expression.args, rewrite);
      return args === expression.args ? expression : { ...expression, args };
    }
    case 'cast':
    case 'field': {
      const child = rewrite(expression.child);
      return child === expression.child ? expression : { ...expression, child };
    }
    case 'lambda': {
      const body = rewrite(expression.body);
      return body === expression.body ? expression : { ...expression, body };
    }
    case 'case': {
      const branches = expression.branches.map(({ when, then }) => caseBranch(rewrite(when), rewrite(then)));
      return {
        ...expression,
        branches,
        ...(expression.otherwise ? { otherwise: rewrite(expression.otherwise) } : {}),
      };
    }
    case 'aggregate':
      return mapAggregate(expression, rewrite);
    case 'window':
      return mapWindow(expression, rewrite);
    default:
      return assertNever(expression, 'expression');
  }
}

/**
 * Top-down: what `rewrite` answers replaces the part; undefined means look inside.
 * Parts of a replacement are not visited again.
 */
export function rewriteExpression(
  expression: BoundExpression,
  rewrite: (part: BoundExpression) => BoundExpression | undefined,
): BoundExpression {
  return rewrite(expression) ?? mapChildren(expression, (child) => rewriteExpression(child, rewrite));
}

function mapList(list: readonly BoundExpression[], rewrite: Rewrite): readonly BoundExpression[] {
  const mapped = list.map(rewrite);
  return mapped.every((item, index) => item === list[index]) ? list : mapped;
}

function mapAggregate(aggregate: BoundAggregate, rewrite: Rewrite): BoundAggregate {
  const args = mapList(aggregate.args, rewrite);
  const filter = aggregate.filter ? rewrite(aggregate.filter) : undefined;
  if (args === aggregate.args && filter === aggregate.filter) return aggregate;
  return { ...aggregate, args, ...(filter ? { filter } : {}) };
}

/** The function under OVER is kept whole: only its arguments are rewritten, so that it stays a call or an aggregate. */
function mapWindow(window: BoundWindow, rewrite: Rewrite): BoundWindow {
  const inner = window.function;
  const mapped: BoundAggregate | BoundCall =
    inner.kind === 'aggregate' ? mapAggregate(inner, rewrite) : { ...inner, args: mapList(inner.args, rewrite) };
  return {
    ...window,
    function: mapped,
    partition: mapList(window.partition, rewrite),
    order: mapOrder(window.order, rewrite),
    frame: mapFrame(window.frame, rewrite),
  };
}

export const mapOrder = (order: readonly BoundOrder[], rewrite: Rewrite): readonly BoundOrder[] =>
  order.map((item) => ({ ...item, expression: rewrite(item.expression) }));

function mapFrame(frame: BoundFrame, rewrite: Rewrite): BoundFrame {
  if (frame.kind === 'unspecified') return frame;
  const bound = (item: BoundBound): BoundBound =>
    item.kind === 'offset' ? { kind: 'offset', value: rewrite(item.value) } : item;
  return { ...frame, lower: bound(frame.lower), upper: bound(frame.upper) };
}
