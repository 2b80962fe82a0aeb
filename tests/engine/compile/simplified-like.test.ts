import { expect, test } from 'vitest';
import { simplifiedLike } from '../../../engine/compile/simplified-like.ts';
import { stringType } from '../../../engine/core/data-type.ts';
import * as plan from './plan-builder.ts';

const k = plan.ref(plan.attribute('k', stringType));
const like = (pattern: string): string | undefined =>
  simplifiedLike(plan.test('like', k, plan.lit(pattern, stringType)))
    ?.map(
      (part) =>
        part.kind === 'call' &&
        `${part.name} ${JSON.stringify(part.args[1]?.kind === 'literal' && part.args[1].value)}`,
    )
    .join(', ');

test.each([
  ['a%', 'startswith "a"'],
  ['%a', 'endswith "a"'],
  ['%a%', 'contains "a"'],
  ['ab', '== "ab"'],
  ['a%b', 'startswith "a", endswith "b"'],
  ['a_', undefined],
  ['%', undefined],
  ['a\\%', undefined],
  ['a%b%', undefined],
])('LIKE %s is %s for the source', (pattern, expected) => expect(like(pattern)).toBe(expected));
