import { expect, test } from 'vitest';
import {
  dayTimeIntervalType,
  integerType,
  longType,
  stringType,
  timestampType,
} from '../../../engine/core/data-type.ts';
import { splitCondition } from '../../../engine/compile/join-conditions.ts';
import { evictionShiftUs } from '../../../engine/compile/join-time-bounds.ts';
import { pushFilters } from '../../../engine/compile/push-filters.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import type { AttributeId } from '../../../engine/plan/attribute.ts';
import type { BoundExpression } from '../../../engine/plan/bound-expression.ts';
import { planChildren } from '../../../engine/plan/plan-children.ts';
import * as plan from './plan-builder.ts';

const { attribute, ref, lit, call } = plan;
const k = attribute('k', stringType);
const t = attribute('t', timestampType);
const other = attribute('o', stringType);
const u = attribute('u', timestampType);
const left = plan.source(1, [k, t]);
const right = plan.source(2, [other, u]);
const isA = plan.test('==', ref(k), lit('a', stringType));

/** The kinds from the root down, with what each filter calls. */
const shape = (node: AnalyzedRelation): string => {
  const name = node.kind === 'filter' ? `filter ${names(node.condition)}` : node.kind;
  const below = planChildren(node).map(shape);
  return below.length === 0 ? name : `${name}(${below.join(', ')})`;
};
const names = (expression: BoundExpression): string => {
  if (expression.kind === 'attribute') return expression.attribute.name;
  return expression.kind === 'call' ? `${expression.name}[${expression.args.map(names).join(' ')}]` : expression.kind;
};

test('a filter goes through projects in the words of what lies below them', () => {
  const renamed = attribute('renamed', stringType);
  const projected = plan.project(left, { output: renamed, expression: ref(k) });
  const filtered = plan.filter(projected, plan.test('==', ref(renamed), lit('a', stringType)));
  expect(shape(pushFilters(filtered))).toBe('project(filter ==[k literal](source))');
});

test('a filter on the event time stays above its watermark, one on another column does not', () => {
  const marked = plan.watermark(left, 't', 0);
  expect(shape(pushFilters(plan.filter(marked, isA)))).toBe('watermark(filter ==[k literal](source))');
  const late = plan.test('>', ref(plan.column(marked, 't')), lit(0n, timestampType));
  expect(shape(pushFilters(plan.filter(marked, late)))).toBe('filter >[t literal](watermark(source))');
});

test('a filter on a key goes below its aggregate, one on a count stays', () => {
  const counted = plan.aggregate(left, [k], [plan.aggregateCall('count', longType, lit(1, integerType))]);
  expect(shape(pushFilters(plan.filter(counted, isA)))).toBe('aggregate(filter ==[k literal](source))');
  const many = plan.test('>', ref(plan.column(counted, 'count')), lit(1n, longType));
  expect(shape(pushFilters(plan.filter(counted, many)))).toBe('filter >[count literal](aggregate(source))');
});

test('an inner join asks both sides for keys that are not NULL; an outer join only the side that may vanish', () => {
  const equal = plan.test('==', ref(k), ref(other));
  const filteredSource = (column: string): string => `filter isnotnull[${column}](source)`;
  expect(shape(pushFilters(plan.join(left, right, 'inner', equal)))).toBe(
    `join(${filteredSource('k')}, ${filteredSource('o')})`,
  );
  expect(shape(pushFilters(plan.join(left, right, 'left_outer', equal)))).toBe(`join(source, ${filteredSource('o')})`);
  expect(shape(pushFilters(plan.join(left, right, 'full_outer', equal)))).toBe('join(source, source)');
});

test('a condition on the preserved side alone stays in the join', () => {
  const condition = plan.test('and', plan.test('==', ref(k), ref(other)), isA);
  const pushed = pushFilters(plan.join(left, right, 'left_outer', condition));
  expect(pushed.kind === 'join' && pushed.condition && names(pushed.condition)).toBe('and[==[k o] ==[k literal]]');
});

test('a union hands its filter to each side; a Python filter moves nowhere', () => {
  const both = plan.union(plan.project(left, plan.item(ref(k))), plan.project(right, plan.item(ref(other))));
  const [column] = both.output;
  if (!column) throw new Error('no column');
  expect(shape(pushFilters(plan.filter(both, plan.test('==', ref(column), lit('a', stringType)))))).toBe(
    'union(project(filter ==[k literal](source)), project(filter ==[o literal](source)))',
  );
  const python: BoundExpression = {
    kind: 'python',
    name: 'f',
    key: 'f',
    args: [ref(k)],
    deterministic: true,
    evalType: 100,
    type: { kind: 'boolean' },
    nullable: true,
  };
  const marked = plan.watermark(left, 't', 0);
  expect(shape(pushFilters(plan.filter(marked, python)))).toBe('filter python(watermark(source))');
});

const hour = lit(3_600_000_000n, dayTimeIntervalType);
const month = lit({ form: 'interval', months: 1, days: 0, micros: 0n }, { kind: 'calendar_interval' });
const ids = (...of: readonly { readonly id: AttributeId }[]): ReadonlySet<AttributeId> =>
  new Set(of.map(({ id }) => id));
const plus = (by: BoundExpression): BoundExpression => call('+', timestampType, ref(t), by);
const bounds: readonly (readonly [string, BoundExpression, number | undefined, number | undefined])[] = [
  ['u <= t + 1 hour', plan.test('<=', ref(u), plus(hour)), -3_600_001_000, undefined],
  ['u < t + 1 hour', plan.test('<', ref(u), plus(hour)), -3_600_000_000, undefined],
  ['t + 1 hour > u', plan.test('>', plus(hour), ref(u)), -3_600_000_000, undefined],
  ['u >= t', plan.test('>=', ref(u), ref(t)), undefined, -1000],
  ['u - 1 hour >= t', plan.test('>=', call('-', timestampType, ref(u), hour), ref(t)), undefined, 3_600_000_000 - 1000],
  ['u <= t + 1 month', plan.test('<=', ref(u), plus(month)), undefined, undefined],
  ['t > t', plan.test('>', ref(t), ref(t)), undefined, undefined],
];
test.each(bounds)('%s bounds one side', (_, condition, ofLeft, ofRight) => {
  expect(evictionShiftUs([condition], ids(t), ids(u))).toBe(ofLeft);
  expect(evictionShiftUs([condition], ids(u), ids(t))).toBe(ofRight);
});

test('of several bounds the smallest counts, as in Spark', () => {
  const parts = [plan.test('<=', ref(u), plus(hour)), plan.test('<', ref(u), ref(t))];
  expect(evictionShiftUs(parts, ids(t), ids(u))).toBe(-3_600_001_000);
});

test('a condition splits into equalities and what each side decides alone', () => {
  const condition = [
    plan.test('==', ref(other), ref(k)),
    isA,
    plan.test('<=>', ref(t), ref(u)),
    plan.test('isnull', ref(u)),
  ].reduce((all, next) => plan.test('and', all, next));
  const split = splitCondition(condition, ids(k, t), ids(other, u));
  expect(split.equalities.map(({ left: l, right: r, isNullSafe }) => [names(l), names(r), isNullSafe])).toEqual([
    ['k', 'o', false],
    ['t', 'u', true],
  ]);
  expect([split.left.map(names), split.right.map(names)]).toEqual([['==[k literal]'], ['isnull[u]']]);
});
