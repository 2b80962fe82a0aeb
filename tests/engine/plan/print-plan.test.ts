import { expect, test } from 'vitest';
import { printContext } from '../../../engine/analysis/function-text.ts';
import { printPlan } from '../../../engine/plan/print-plan.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { AnalysisFixture, alias, col, expr, select } from '../analysis/analysis-fixture.ts';

const session = new AnalysisFixture();
const stream = session.stream('ts TIMESTAMP, k STRING, v BIGINT', 'in');
const shown = (relation: Relation): string =>
  printPlan(session.analyze(relation), printContext('UTC')).replace(/#\d+/g, '#n');

test('one node a line, inputs below, long columns marked with L', () => {
  const marked: Relation = { kind: 'with_watermark', input: stream, event_time: 'ts', delay_threshold: '10 minutes' };
  const counted: Relation = {
    kind: 'aggregate',
    input: marked,
    group_type: 'groupby',
    grouping_expressions: [col('k')],
    aggregate_expressions: [alias(expr('sum(v)'), 'total')],
  };
  expect(shown({ kind: 'filter', input: counted, condition: expr('total > 1') })).toBe(
    [
      'Filter (total#nL > cast(1 as bigint))',
      '+- Aggregate [k#n], [k#n, sum(v#nL) AS total#nL]',
      '   +- EventTimeWatermark ts#n-T600000ms, 10 minutes',
      '      +- StreamingRelation FileSource[in], [ts#n, k#n, v#nL]',
      '',
    ].join('\n'),
  );
});

test('both sides of a join hang from it', () => {
  const joined: Relation = {
    kind: 'join',
    left: { kind: 'subquery_alias', input: stream, alias: 'a' },
    right: { kind: 'range', start: 0, end: 3, step: 1 },
    join_type: 'left_outer',
    join_condition: expr('v = id'),
  };
  expect(shown(select(joined, col('a.k')))).toBe(
    [
      'Project [k#n]',
      '+- Join LeftOuter, (v#nL = id#nL)',
      '   :- SubqueryAlias a',
      '   :  +- StreamingRelation FileSource[in], [ts#n, k#n, v#nL]',
      '   +- Range (0, 3, step=1, splits=Some(1))',
      '',
    ].join('\n'),
  );
});
