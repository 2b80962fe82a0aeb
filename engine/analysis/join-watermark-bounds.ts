import { isNumeric } from '../core/data-type.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { Attribute, AttributeId } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { referencedAttributes } from '../plan/walk-expression.ts';

export type JoinSide = 'left' | 'right';

/**
 * When stored rows of one side of a stream-stream join may go. `key`: when the value of equality `index` is at or below the watermark (a window: its end).
 * `time`: when `attribute` ≤ watermark + `offsetMs`. Undefined: never.
 */
export type StateBound =
  | { readonly kind: 'key'; readonly index: number; readonly key: BoundExpression }
  | { readonly kind: 'time'; readonly attribute: Attribute; readonly offsetMs: number };
type StateBounds = { readonly left: StateBound | undefined; readonly right: StateBound | undefined };

type EquiKey = { readonly left: BoundExpression; readonly right: BoundExpression; readonly nullSafe: boolean };

/** The equalities between one expression of each side, in the order of the condition. */
function equiKeys(join: AnalyzedNode<'join'>): readonly EquiKey[] {
  const [leftIds, rightIds] = [idsOf(join.left.output), idsOf(join.right.output)];
  return conjuncts(join.condition).flatMap((part): readonly EquiKey[] => {
    if (part.kind !== 'call' || (part.name !== '==' && part.name !== '<=>')) return [];
    const [a, b] = part.args;
    if (!a || !b) return [];
    const nullSafe = part.name === '<=>';
    if (readsOnly(a, leftIds) && readsOnly(b, rightIds)) return [{ left: a, right: b, nullSafe }];
    return readsOnly(a, rightIds) && readsOnly(b, leftIds) ? [{ left: b, right: a, nullSafe }] : [];
  });
}

const idsOf = (attributes: readonly Attribute[]): ReadonlySet<AttributeId> =>
  new Set(attributes.map((attribute) => attribute.id));

function readsOnly(expression: BoundExpression, ids: ReadonlySet<AttributeId>): boolean {
  const read = referencedAttributes(expression);
  return read.length > 0 && read.every((attribute) => ids.has(attribute.id));
}

const conjuncts = (condition: BoundExpression | undefined): readonly BoundExpression[] => {
  if (!condition) return [];
  return condition.kind === 'call' && condition.name === 'and' ? condition.args.flatMap(conjuncts) : [condition];
};

const isTagged = (expression: BoundExpression): boolean =>
  expression.kind === 'attribute' && expression.attribute.watermarkDelayMs !== undefined;

/** Positions of the equalities where a plain column with a watermark stands on either side. Left columns count first. */
export function watermarkedKeys(join: AnalyzedNode<'join'>): readonly number[] {
  const keys = equiKeys(join);
  const on = (side: JoinSide): readonly number[] => keys.flatMap((key, index) => (isTagged(key[side]) ? [index] : []));
  return [...on('left'), ...on('right')];
}

/** Both sides' bounds, as Spark derives them once the query runs: a side without a watermark of its own has none from a range condition. */
export function stateWatermarkBounds(join: AnalyzedNode<'join'>): StateBounds {
  const [index] = watermarkedKeys(join);
  if (index !== undefined) {
    const key = equiKeys(join)[index];
    return key
      ? { left: { kind: 'key', index, key: key.left }, right: { kind: 'key', index, key: key.right } }
      : { left: undefined, right: undefined };
  }
  return { left: sideBound(join, 'left'), right: sideBound(join, 'right') };
}

function sideBound(join: AnalyzedNode<'join'>, side: JoinSide): StateBound | undefined {
  const attribute = join[side].output.find((candidate) => candidate.watermarkDelayMs !== undefined);
  const offsetMs = attribute && timeBound(join, side);
  return attribute && offsetMs !== undefined ? { kind: 'time', attribute, offsetMs } : undefined;
}

/**
 * Milliseconds to add to the watermark for the lowest time of `side` that a row still to come on the other side can match: the smallest over all usable range
 * conditions. Needs a watermark on the other side. Undefined: no condition bounds this side from below.
 */
export function timeBound(join: AnalyzedNode<'join'>, side: JoinSide): number | undefined {
  const [own, other] = side === 'left' ? [join.left, join.right] : [join.right, join.left];
  if (!other.output.some((attribute) => attribute.watermarkDelayMs !== undefined)) return undefined;
  const bounds = conjuncts(join.condition).flatMap(
    (part) => boundOf(part, idsOf(own.output), idsOf(other.output)) ?? [],
  );
  return bounds.length > 0 ? Math.min(...bounds) : undefined;
}

/** `other + c < own` bounds own; with `<=` the bound itself can still match, so one millisecond less. */
function boundOf(
  part: BoundExpression,
  own: ReadonlySet<AttributeId>,
  other: ReadonlySet<AttributeId>,
): number | undefined {
  if (part.kind !== 'call') return undefined;
  const [a, b] = part.args;
  if (!a || !b) return undefined;
  switch (part.name) {
    case '<':
      return lowerBound(a, b, own, other);
    case '>':
      return lowerBound(b, a, own, other);
    case '<=':
      return lessOne(lowerBound(a, b, own, other));
    case '>=':
      return lessOne(lowerBound(b, a, own, other));
    default:
      return undefined;
  }
}

const lessOne = (value: number | undefined): number | undefined => (value === undefined ? undefined : value - 1);

/** From `smaller < larger`: the offset that `own` column exceeds, or undefined where it is not a lower bound. */
function lowerBound(
  smaller: BoundExpression,
  larger: BoundExpression,
  own: ReadonlySet<AttributeId>,
  other: ReadonlySet<AttributeId>,
): number | undefined {
  const [low, high] = [linear(smaller), linear(larger)];
  if (!low || !high) return undefined;
  const terms = combine(high, low, -1);
  const mine = [...terms.columns].filter(([id]) => own.has(id));
  const theirs = [...terms.columns].filter(([id]) => other.has(id));
  const [ownTerm] = mine;
  const [otherTerm] = theirs;
  if (mine.length !== 1 || theirs.length !== 1 || ownTerm?.[1] !== 1 || otherTerm?.[1] !== -1) return undefined;
  return Math.trunc(-terms.constantUs / 1000) + 0;
}

/** Sum of columns with coefficients plus a constant, times in microseconds. */
type Linear = { readonly columns: ReadonlyMap<AttributeId, number>; readonly constantUs: number };

function combine(a: Linear, b: Linear, factor: 1 | -1): Linear {
  const columns = new Map(a.columns);
  for (const [id, coefficient] of b.columns) {
    const sum = (columns.get(id) ?? 0) + factor * coefficient;
    if (sum === 0) columns.delete(id);
    else columns.set(id, sum);
  }
  return { columns, constantUs: a.constantUs + factor * b.constantUs };
}

const noColumns: ReadonlyMap<AttributeId, number> = new Map();

/** Months have no fixed length and are not usable. Casts of times to numbers count seconds. */
function linear(expression: BoundExpression): Linear | undefined {
  switch (expression.kind) {
    case 'attribute':
      return { columns: new Map([[expression.attribute.id, 1]]), constantUs: 0 };
    case 'literal':
      return constant(expression);
    case 'cast':
      return linear(expression.child);
    case 'call': {
      const [a, b] = expression.args;
      if (expression.name === 'negative' && a) return scaled(linear(a), -1);
      const [x, y] = [a && linear(a), b && linear(b)];
      if (!x || !y || (expression.name !== '+' && expression.name !== '-')) return undefined;
      return combine(x, y, expression.name === '+' ? 1 : -1);
    }
    default:
      return undefined;
  }
}

const scaled = (terms: Linear | undefined, factor: -1): Linear | undefined =>
  terms && combine({ columns: noColumns, constantUs: 0 }, terms, factor);

function constant(expression: Extract<BoundExpression, { kind: 'literal' }>): Linear | undefined {
  const { value, type } = expression;
  if (value === null) return undefined;
  if (type.kind === 'day_time_interval' || type.kind === 'timestamp' || type.kind === 'timestamp_ntz')
    return { columns: noColumns, constantUs: Number(value) };
  if (type.kind === 'calendar_interval' && typeof value === 'object' && 'form' in value && value.form === 'interval')
    return value.months === 0
      ? { columns: noColumns, constantUs: value.days * 86_400_000_000 + Number(value.micros) }
      : undefined;
  return isNumeric(type) && (typeof value === 'number' || typeof value === 'bigint')
    ? { columns: noColumns, constantUs: Number(value) * 1_000_000 }
    : undefined;
}
