import { simpleString } from '../core/type-names.ts';
import type { SparkValue } from '../core/spark-value.ts';
import type { BoundBound, BoundExpression, BoundFrame } from './bound-expression.ts';

const valueKey = (value: SparkValue): string =>
  JSON.stringify(value, (_name, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));

const boundKey = (bound: BoundBound): string => (bound.kind === 'offset' ? expressionKey(bound.value) : bound.kind);
const frameKey = (frame: BoundFrame): string =>
  frame.kind === 'unspecified' ? '' : `${frame.kind} ${boundKey(frame.lower)} ${boundKey(frame.upper)}`;
const list = (parts: readonly BoundExpression[]): string => parts.map(expressionKey).join(',');

/** Equal keys mean the same computation over the same columns, whatever the columns are called. */
export function expressionKey(expression: BoundExpression): string {
  switch (expression.kind) {
    case 'literal':
      return `${simpleString(expression.type)}:${valueKey(expression.value)}`;
    case 'attribute':
      return `#${expression.attribute.id}`;
    case 'call':
      return `${expression.name}(${list(expression.args)})`;
    case 'cast':
      return `cast(${expressionKey(expression.child)} ${simpleString(expression.type)} ${expression.mode})`;
    case 'case':
      return `case(${expression.branches.map((b) => `${expressionKey(b.when)}→${expressionKey(b.then)}`).join(',')};${expression.otherwise ? expressionKey(expression.otherwise) : ''})`;
    case 'field':
      return `${expressionKey(expression.child)}[${expression.index}]`;
    case 'lambda':
      return `lambda(${expression.parameters.map((p) => p.id).join(',')};${expressionKey(expression.body)})`;
    case 'lambda_variable':
      return `λ${expression.id}`;
    case 'aggregate':
      return `${expression.name}${expression.distinct ? ' distinct' : ''}${expression.ignoreNulls ? ' ignore nulls' : ''}(${list(expression.args)})${expression.filter ? ` filter ${expressionKey(expression.filter)}` : ''}`;
    case 'window':
      return `over(${expressionKey(expression.function)};${list(expression.partition)};${expression.order.map((o) => `${expressionKey(o.expression)} ${o.direction} ${o.nulls}`).join(',')};${frameKey(expression.frame)})`;
    case 'python':
      return `python ${expression.key}(${list(expression.args)})`;
  }
}
