import { expect, test } from 'vitest';
import type { SourceFilter } from '../../../engine/api/source-filter.ts';
import { booleanType, integerType, stringType } from '../../../engine/core/data-type.ts';
import type { BoundExpression } from '../../../engine/plan/bound-expression.ts';
import { sourceFilterOf } from '../../../engine/session/source-filter-of.ts';
import * as plan from '../compile/plan-builder.ts';

const [id, name, other] = [
  plan.attribute('id', integerType),
  plan.attribute('name', stringType),
  plan.attribute('other', stringType),
];
const columns = new Map([
  [id.id, 'id'],
  [name.id, 'name'],
  [other.id, 'other'],
]);
const text = (value: string | null): BoundExpression => plan.lit(value, stringType);
const number = (value: number | null): BoundExpression => plan.lit(value, integerType);
const isAna: SourceFilter = { kind: 'compare', operator: '=', column: 'name', type: stringType, value: 'ana' };
const equalsAna = plan.test('==', plan.ref(name), text('ana'));
const isLess: SourceFilter = { kind: 'compare', operator: '<', column: 'id', type: integerType, value: 9 };

test.each<[string, BoundExpression, SourceFilter | undefined]>([
  ['a constant on the left turns the operator round', plan.test('>', number(9), plan.ref(id)), isLess],
  [
    'a null-safe comparison with NULL',
    plan.test('<=>', plan.ref(name), text(null)),
    { kind: 'is_null', column: 'name' },
  ],
  ['a comparison with NULL, which never holds', plan.test('==', plan.ref(name), text(null)), undefined],
  ['unequal', plan.test('!=', plan.ref(name), text('ana')), { kind: 'not', filter: isAna }],
  [
    'a list, NULL and all',
    plan.test('in', plan.ref(id), number(1), number(null)),
    { kind: 'in', column: 'id', type: integerType, values: [1, null] },
  ],
  ['a list with a column', plan.test('in', plan.ref(name), text('a'), plan.ref(other)), undefined],
  ['two columns', plan.test('==', plan.ref(name), plan.ref(other)), undefined],
  ['a function of a column', plan.test('==', plan.call('upper', stringType, plan.ref(name)), text('ANA')), undefined],
  ['a LIKE that is a comparison', plan.test('like', plan.ref(name), text('ana')), isAna],
  [
    'a LIKE that is a beginning',
    plan.test('not', plan.test('like', plan.ref(name), text('a%'))),
    { kind: 'not', filter: { kind: 'text', test: 'starts_with', column: 'name', text: 'a' } },
  ],
  ['any other LIKE', plan.test('like', plan.ref(name), text('a_b')), undefined],
  ['not null', plan.test('isnotnull', plan.ref(name)), { kind: 'is_not_null', column: 'name' }],
  [
    'both of an OR',
    plan.test('or', equalsAna, plan.test('<', plan.ref(id), number(9))),
    { kind: 'or', left: isAna, right: isLess },
  ],
  ['an OR with what never holds', plan.test('or', equalsAna, plan.lit(false, booleanType)), isAna],
])('%s', (_name, condition, filter) => expect(sourceFilterOf(condition, columns)).toEqual(filter));
