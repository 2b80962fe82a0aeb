import { expect, test } from 'vitest';
import type { Expression } from '../../../engine/plan/expression.ts';
import { printUnresolved } from '../../../engine/plan/print-unresolved.ts';
import { alias, call, col, int, text } from '../analysis/analysis-fixture.ts';

test.each<[Expression, string]>([
  [call('+', col('a'), int(1)), '(a + 1)'],
  [call('and', call('>', col('a'), int(1)), call('not', call('isnull', col('b')))), '((a > 1) AND (NOT (b IS NULL)))'],
  [call('==', col('Type'), text('BUY')), '(Type = BUY)'],
  [{ kind: 'cast', expr: col('a'), type_str: 'int' }, 'CAST(a AS INT)'],
  [call('when', call('>', col('a'), int(1)), text('y'), text('n')), 'CASE WHEN (a > 1) THEN y ELSE n END'],
  [alias(call('sum', col('a')), 'total'), 'sum(a) AS total'],
  [call('in', col('a'), int(1), int(2)), '(a IN (1, 2))'],
  [{ kind: 'sort_order', child: col('a'), direction: 'descending', null_ordering: 'nulls_last' }, 'a DESC NULLS LAST'],
])('a column without a frame reads %#', (expression, expected) =>
  expect(printUnresolved(expression, { mark: '' })).toBe(expected),
);

test('in a plan, names that are not bound carry a mark', () =>
  expect(printUnresolved(call('sum', col('a')), { mark: "'" })).toBe("'sum('a)"));
