import { expect, test } from 'vitest';
import { mapPlanAttributes } from '../../../engine/plan/rewrite-plan.ts';
import { newAttributeId, type AttributeId } from '../../../engine/plan/attribute.ts';
import { planExpressions, walkPlan } from '../../../engine/plan/walk-plan.ts';
import { referencedAttributes } from '../../../engine/plan/walk-expression.ts';
import { AnalysisFixture, alias, expr } from '../analysis/analysis-fixture.ts';

const session = new AnalysisFixture();
const table = session.table('a INT, b STRING');
const plan = session.analyze({
  kind: 'filter',
  input: {
    kind: 'aggregate',
    input: table,
    group_type: 'groupby',
    grouping_expressions: [expr('b')],
    aggregate_expressions: [alias(expr('sum(a)'), 's')],
  },
  condition: expr('s > 1'),
});

test('a new id reaches definitions, outputs and references alike, so that every reference still finds its column', () => {
  const ids = new Map<AttributeId, AttributeId>();
  const fresh = mapPlanAttributes(plan, (attribute) => {
    const id = ids.get(attribute.id) ?? newAttributeId();
    ids.set(attribute.id, id);
    return { ...attribute, id };
  });
  const old = new Set(ids.keys());
  walkPlan(fresh, (node) => {
    for (const attribute of [...node.output, ...planExpressions(node).flatMap(referencedAttributes)])
      expect(old.has(attribute.id)).toBe(false);
  });
});

test('a plan that nothing changes stays the same object', () => {
  const source = session.analyze(table);
  expect(mapPlanAttributes(source, (attribute) => attribute)).toBe(source);
});
