import { expect, test } from 'vitest';
import { constraintsOf, inferredConditions } from '../../../engine/compile/inferred-filters.ts';
import { pushFilters } from '../../../engine/compile/push-filters.ts';
import { stringType } from '../../../engine/core/data-type.ts';
import type { BoundExpression } from '../../../engine/plan/bound-expression.ts';
import { plansOfKind } from '../../../engine/plan/walk-plan.ts';
import * as plan from './plan-builder.ts';

const { attribute, ref, lit } = plan;
const [a, b, c] = [attribute('a', stringType), attribute('b', stringType), attribute('c', stringType)];
const equal = plan.test('==', ref(a), ref(b));
const isNotX = (of: typeof a): BoundExpression => plan.test('not', plan.test('==', ref(of), lit('x', stringType)));

test('what one of two equal columns satisfies, the other does', () =>
  expect(inferredConditions([equal, isNotX(a)])).toEqual([isNotX(b)]));

test('what is known already is not inferred again', () =>
  expect(inferredConditions([equal, isNotX(a), isNotX(b)])).toEqual([]));

test('a relation satisfies its filters, also under the new name of a column', () => {
  const filtered = plan.filter(plan.source(1, [a]), isNotX(a));
  const renamed = plan.project(filtered, { output: c, expression: ref(a) });
  expect(constraintsOf(renamed)).toEqual([isNotX(c)]);
});

test('a condition on the left key of a left join filters the right side, and only that one', () => {
  const condition = plan.test('and', equal, isNotX(a));
  const joined = plan.join(plan.source(1, [a]), plan.source(2, [b]), 'left_outer', condition);
  const filters = plansOfKind(pushFilters(joined), 'filter');
  expect(filters.map((filter) => filter.input.kind === 'source' && filter.input.sourceKey)).toEqual([2]);
  expect(JSON.stringify(filters[0]?.condition)).toContain('"x"');
});
