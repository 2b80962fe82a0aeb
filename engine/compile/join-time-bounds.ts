import type { AttributeId } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';

/** `+time − other time + constant`: what a comparison of times comes to. Coefficients by column, the constant in µs. */
type Linear = { readonly terms: ReadonlyMap<AttributeId, number>; readonly us: bigint };

const strictness: Readonly<Record<string, { readonly isReversed: boolean; readonly orEqual: boolean }>> = {
  '<': { isReversed: false, orEqual: false },
  '<=': { isReversed: false, orEqual: true },
  '>': { isReversed: true, orEqual: false },
  '>=': { isReversed: true, orEqual: true },
};

/**
 * How far behind the watermark a row of `own` can still find partners, from the conjuncts `a < b + interval` of a join condition: its row may go when its
 * time ≤ watermark + the answer (µs). `other` are the columns of the other side that carry a watermark. Undefined: nothing bounds it.
 * With several usable conjuncts Spark takes the smallest. A bound that includes equality keeps rows one millisecond longer.
 */
export function evictionShiftUs(
  parts: readonly BoundExpression[],
  own: ReadonlySet<AttributeId>,
  other: ReadonlySet<AttributeId>,
): number | undefined {
  const shifts = parts.flatMap((part) => {
    const shift = shiftOf(part, own, other);
    return shift === undefined ? [] : [shift];
  });
  return shifts.length === 0 ? undefined : Math.min(...shifts);
}

function shiftOf(
  part: BoundExpression,
  own: ReadonlySet<AttributeId>,
  other: ReadonlySet<AttributeId>,
): number | undefined {
  const comparison = part.kind === 'call' ? strictness[part.name] : undefined;
  if (part.kind !== 'call' || !comparison) return undefined;
  const [first, second] = comparison.isReversed ? [part.args[1], part.args[0]] : part.args;
  const [small, great] = [first && linear(first), second && linear(second)];
  if (!small || !great) return undefined;
  const difference = add(great, negated(small));
  const terms = [...difference.terms].filter(([, factor]) => factor !== 0);
  if (terms.length !== 2) return undefined;
  const isLowerBound = terms.every(([id, factor]) => (factor === 1 ? own.has(id) : factor === -1 && other.has(id)));
  if (!isLowerBound || terms[0]?.[1] === terms[1]?.[1]) return undefined;
  // own > other − constant, and the other side's next time is above the watermark.
  return Number(-difference.us) - (comparison.orEqual ? 1000 : 0);
}

function linear(expression: BoundExpression): Linear | undefined {
  switch (expression.kind) {
    case 'attribute':
      return { terms: new Map([[expression.attribute.id, 1]]), us: 0n };
    case 'literal': {
      const us = intervalUs(expression);
      return us === undefined ? undefined : { terms: new Map(), us };
    }
    case 'cast':
      return expression.type.kind === 'timestamp' || expression.type.kind === 'timestamp_ntz'
        ? linear(expression.child)
        : undefined;
    case 'call':
      return linearCall(expression.name, expression.args);
    default:
      return undefined;
  }
}

function linearCall(name: string, args: readonly BoundExpression[]): Linear | undefined {
  const parts = args.map(linear);
  const [a, b] = parts;
  if (!a) return undefined;
  if (args.length === 1) return name === 'negative' || name === '-' ? negated(a) : undefined;
  if (!b) return undefined;
  if (name === '+') return add(a, b);
  return name === '-' ? add(a, negated(b)) : undefined;
}

function add(a: Linear, b: Linear): Linear {
  const terms = new Map(a.terms);
  for (const [id, factor] of b.terms) terms.set(id, (terms.get(id) ?? 0) + factor);
  return { terms, us: a.us + b.us };
}

const negated = ({ terms, us }: Linear): Linear => ({
  terms: new Map([...terms].map(([id, factor]) => [id, -factor])),
  us: -us,
});

const dayUs = 86_400_000_000n;

/** A literal interval in µs; one with months has no fixed length and bounds nothing. */
function intervalUs({ value, type }: Extract<BoundExpression, { kind: 'literal' }>): bigint | undefined {
  if (value === null) return undefined;
  if (type.kind === 'day_time_interval') return BigInt(value as bigint);
  if (type.kind !== 'calendar_interval' || typeof value !== 'object' || !('form' in value) || value.form !== 'interval')
    return undefined;
  return value.months === 0 ? BigInt(value.days) * dayUs + value.micros : undefined;
}
