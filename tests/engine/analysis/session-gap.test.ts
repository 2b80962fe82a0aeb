import { describe, expect, test } from 'vitest';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import { plansOfKind } from '../../../engine/plan/walk-plan.ts';
import { AnalysisFixture, call, col, expr, firstLine, int, select, text } from './analysis-fixture.ts';

const session = new AnalysisFixture();
const df = session.table('ts TIMESTAMP, k STRING');
const sessions = (gap: Expression): AnalyzedRelation =>
  session.analyze(select(df, call('session_window', col('ts'), gap)));
const gapOf = (gap: Expression): unknown => plansOfKind(sessions(gap), 'session_window')[0]?.gap;

describe('the gap of session_window()', () => {
  test('text is worked out once', () =>
    expect(gapOf(text('5 minutes'))).toMatchObject({ kind: 'literal', value: 300_000_000n }));
  test('text that is no interval is NULL: it removes the row', () =>
    expect(gapOf(text('cinco'))).toMatchObject({ kind: 'literal', value: null }));
  test('months and gaps read from a column are counted from the time of each row', () => {
    expect(gapOf(text('1 month'))).toMatchObject({ kind: 'call', name: '-' });
    expect(gapOf(col('k'))).toMatchObject({ kind: 'call', name: '-' });
  });
  test('text inside a CASE is worked out too', () =>
    expect(gapOf(expr("CASE WHEN k = 'a' THEN '1 minute' ELSE '1 hour' END"))).toMatchObject({
      kind: 'case',
      otherwise: { value: 3_600_000_000n },
    }));
  test.each([
    [int(5), 'IntegerType'],
    [expr('INTERVAL 5 MINUTES'), 'DayTimeIntervalType(2,2)'],
  ])('a gap of another type is refused', (gap, type) =>
    expect(firstLine(() => sessions(gap))).toBe(
      `Gap duration expression used in session window must be CalendarIntervalType, but got ${type}.`,
    ),
  );
});
