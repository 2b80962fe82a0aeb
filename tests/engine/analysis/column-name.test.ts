import { describe, expect, test } from 'vitest';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { AnalysisFixture, alias, call, col, expr, namesOf, select, text } from './analysis-fixture.ts';

const session = new AnalysisFixture();
const df = session.table('ts TIMESTAMP, k STRING, s STRUCT<x: INT>');
session.view('t', df);
const field = (child: Expression, name: string): Expression => ({
  kind: 'unresolved_extract_value',
  child,
  extraction: text(name),
});
const start = field(call('window', col('ts'), text('1 day')), 'start');
const selected = (expression: Expression): string => namesOf(session.analyze(select(df, expression)))[0] ?? '';
const grouped = (by: Expression, calls: readonly Expression[] = []): readonly string[] =>
  namesOf(
    session.analyze({
      kind: 'aggregate',
      input: df,
      group_type: 'groupby',
      grouping_expressions: [by],
      aggregate_expressions: calls,
    } satisfies Relation),
  );

describe('names of columns without alias', () => {
  test.each([
    ['an alias inside stays in the name', call('upper', alias(col('k'), 'b')), 'upper(k AS b)'],
    ['a field of an expression follows a dot', call('abs', field(col('s'), 'x')), 'abs(s.x)'],
    ['window() of Python names its column', start, 'window AS window.start'],
    ['window() in SQL text does not', expr("window(ts, '1 day').start"), 'window.start'],
  ])('%s', (_title, expression, name) => expect(selected(expression)).toBe(name));

  test('groupBy and agg name what was written, before it is resolved', () => {
    expect(grouped(field(col('s'), 'x'))).toEqual(['s[x]']);
    expect(grouped(start)).toEqual(['window(ts, 86400000000, 86400000000, 0) AS window[start]']);
    expect(grouped(col('k'), [call('max', field(col('s'), 'x'))])).toEqual(['k', 'max(s[x])']);
  });

  test('but text is named once it is resolved', () =>
    expect(grouped(col('k'), [expr("max(window(ts, '1 day').start)")])).toEqual(['k', 'max(window.start)']));
});
