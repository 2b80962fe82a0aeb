import type { Attribute, AttributeId } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { referencedAttributes } from '../plan/walk-expression.ts';

/** The parts of a condition joined by AND, in order. */
export const conjuncts = (condition: BoundExpression): readonly BoundExpression[] =>
  condition.kind === 'call' && condition.name === 'and' ? condition.args.flatMap(conjuncts) : [condition];

export const readsOnly = (expression: BoundExpression, columns: ReadonlySet<AttributeId>): boolean =>
  referencedAttributes(expression).every((attribute) => columns.has(attribute.id));

export const idsOf = (attributes: readonly Attribute[]): ReadonlySet<AttributeId> =>
  new Set(attributes.map((attribute) => attribute.id));

export type Equality = {
  readonly left: BoundExpression;
  readonly right: BoundExpression;
  readonly isNullSafe: boolean;
};

export type SplitCondition = {
  readonly equalities: readonly Equality[];
  /** Conjuncts that read one side only; constant ones belong to the left. */
  readonly left: readonly BoundExpression[];
  readonly right: readonly BoundExpression[];
  /** Everything that reads both sides, equalities included. */
  readonly both: readonly BoundExpression[];
};

export function splitCondition(
  condition: BoundExpression | undefined,
  left: ReadonlySet<AttributeId>,
  right: ReadonlySet<AttributeId>,
): SplitCondition {
  const parts = condition ? conjuncts(condition) : [];
  const ofLeft = parts.filter((part) => readsOnly(part, left));
  const ofRight = parts.filter((part) => !readsOnly(part, left) && readsOnly(part, right));
  const both = parts.filter((part) => !readsOnly(part, left) && !readsOnly(part, right));
  return { left: ofLeft, right: ofRight, both, equalities: both.flatMap((part) => equality(part, left, right)) };
}

const equalityNames: ReadonlySet<string> = new Set(['=', '==', '<=>']);

function equality(
  part: BoundExpression,
  left: ReadonlySet<AttributeId>,
  right: ReadonlySet<AttributeId>,
): readonly Equality[] {
  if (part.kind !== 'call' || !equalityNames.has(part.name)) return [];
  const [a, b] = part.args;
  if (!a || !b) return [];
  const isNullSafe = part.name === '<=>';
  if (readsOnly(a, left) && readsOnly(b, right)) return [{ left: a, right: b, isNullSafe }];
  return readsOnly(a, right) && readsOnly(b, left) ? [{ left: b, right: a, isNullSafe }] : [];
}
