import { booleanType, stringType } from '../core/data-type.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';

/**
 * A LIKE of a plain pattern as Spark's optimizer rewrites it (`'a%'` → starts with, `'%a'` → ends with, `'%a%'` → contains, `'a'` → equal), as the
 * conditions that a source can test. Undefined: not such a LIKE.
 */
export function simplifiedLike(condition: BoundExpression): readonly BoundExpression[] | undefined {
  if (condition.kind !== 'call' || condition.name !== 'like') return undefined;
  const [column, pattern, escape] = condition.args;
  if (column?.kind !== 'attribute' || pattern?.kind !== 'literal' || typeof pattern.value !== 'string')
    return undefined;
  const escapedBy = escape?.kind === 'literal' && typeof escape.value === 'string' ? escape.value : '\\';
  if (pattern.value.includes(escapedBy)) return undefined;
  const test = (name: string, text: string): BoundExpression => ({
    kind: 'call',
    name,
    args: [column, { kind: 'literal', value: text, type: stringType, nullable: false }],
    type: booleanType,
    nullable: column.nullable,
  });
  const [, head = '', middle, tail = ''] = /^([^_%]*)(%[^_%]+%$|%)?([^_%]*)$/s.exec(pattern.value) ?? [];
  if (middle === undefined) return /[_%]/.test(pattern.value) ? undefined : [test('==', pattern.value)];
  if (middle !== '%') return head === '' ? [test('contains', middle.slice(1, -1))] : undefined;
  const parts = [...(head === '' ? [] : [test('startswith', head)]), ...(tail === '' ? [] : [test('endswith', tail)])];
  return parts.length === 0 ? undefined : parts;
}
