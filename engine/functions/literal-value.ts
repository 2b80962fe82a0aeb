import { mapValue, type SparkValue } from '../core/spark-value.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';

/** The value of an argument that is a literal, or an array or map written out of literals (the options of `from_json`); undefined where it is none. */
export function literalValue(expression: BoundExpression): SparkValue | undefined {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind !== 'call' || (expression.name !== 'map' && expression.name !== 'array')) return undefined;
  const values = expression.args.map(literalValue);
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  return expression.name === 'array'
    ? known
    : mapValue(known.flatMap((key, i) => (i % 2 === 0 ? [[key, known[i + 1] ?? null] as const] : [])));
}
