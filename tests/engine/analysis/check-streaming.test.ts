import { describe, expect, test } from 'vitest';
import { checkBatch } from '../../../engine/analysis/check-batch.ts';
import { checkContinuous } from '../../../engine/analysis/check-continuous.ts';
import { checkStreaming } from '../../../engine/analysis/check-streaming.ts';
import type { OutputMode } from '../../../engine/analysis/output-mode.ts';
import type { JoinType, Relation } from '../../../engine/plan/relation.ts';
import { AnalysisFixture, alias, col, expr, firstLine, messageOf, select } from './analysis-fixture.ts';

const session = new AnalysisFixture();
const d = session.stream('ts TIMESTAMP, k STRING, v INT', 'in');
const marked = (input: Relation, column: string, delay = '10 minutes'): Relation & { readonly plan_id: number } =>
  session.frame({ kind: 'with_watermark', input, event_time: column, delay_threshold: delay });
const w = marked(d, 'ts');
const counts = (input: Relation, ...by: readonly string[]): Relation => ({
  kind: 'aggregate',
  input,
  group_type: 'groupby',
  grouping_expressions: by.map(expr),
  aggregate_expressions: [alias(expr('count(1)'), 'count')],
});
const agg = (input: Relation, by: readonly string[], ...calls: readonly string[]): Relation => ({
  kind: 'aggregate',
  input,
  group_type: 'groupby',
  grouping_expressions: by.map(expr),
  aggregate_expressions: calls.map(expr),
});
const sorted = (input: Relation, by: string): Relation => ({
  kind: 'sort',
  input,
  order: [{ kind: 'sort_order', child: col(by), direction: 'ascending', null_ordering: 'nulls_first' }],
});
const dedup = (input: Relation, keys: readonly string[], within = false): Relation => ({
  kind: 'deduplicate',
  input,
  column_names: keys,
  within_watermark: within,
});
const batch = session.table('k STRING');
const modes = ['append', 'update', 'complete'] as const;

function answer(relation: Relation, mode: OutputMode): string {
  const plan = session.analyze(relation);
  try {
    checkStreaming(plan, mode, session.context);
    return 'sí';
  } catch (error) {
    return error instanceof Error ? (error.message.split(';')[0]?.split('\n')[0] ?? '') : 'no error';
  }
}

const noWatermark =
  'Append output mode not supported when there are streaming aggregations on streaming DataFrames/DataSets without watermark';
const noAggregate =
  'Complete output mode not supported when there are no streaming aggregations on streaming DataFrames/Datasets';
const noSort =
  'Sorting is not supported on streaming DataFrames/Datasets, unless it is on aggregated DataFrame/Dataset in Complete output mode';
const noDistinct =
  'Distinct aggregations are not supported on streaming DataFrames/Datasets. Consider using approx_count_distinct() instead.';
const noLimit = 'Limits are not supported on streaming DataFrames/Datasets in Update output mode';
const noSession = 'Update output mode not supported for session window on streaming DataFrames/DataSets';
const chained = /^Detected pattern of possible 'correctness' issue due to global watermark\./;
const unmarked = 'dropDuplicatesWithinWatermark is not supported on streaming DataFrames/DataSets without watermark';
const never = (sentence: string): readonly [string, string, string] => [sentence, sentence, noAggregate];

const exactly = (sentence: string): RegExp => new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

type Expected = readonly [string | RegExp, string | RegExp, string | RegExp];
const cases: readonly (readonly [string, Relation, Expected])[] = [
  ['no state', { kind: 'filter', input: d, condition: expr('v > 1') }, ['sí', 'sí', noAggregate]],
  ['global aggregate', agg(d, [], 'sum(v)'), [noWatermark, 'sí', 'sí']],
  ['window without watermark', counts(d, "window(ts, '5 minutes')"), [noWatermark, 'sí', 'sí']],
  ['window with watermark', counts(w, "window(ts, '5 minutes')", 'k'), ['sí', 'sí', 'sí']],
  ['the watermarked column itself', counts(w, 'ts'), ['sí', 'sí', 'sí']],
  ['watermark, another key', counts(w, 'k'), [noWatermark, 'sí', 'sí']],
  ['aggregate, then sort', sorted(counts(d, 'k'), 'count'), [noWatermark, noSort, 'sí']],
  ['sort, then aggregate', counts(sorted(d, 'v'), 'k'), [noWatermark, noSort, noSort]],
  ['sort', sorted(d, 'k'), never(noSort)],
  ['limit', { kind: 'limit', input: d, limit: 3 }, ['sí', noLimit, noAggregate]],
  [
    'aggregate, sort, limit',
    { kind: 'limit', input: sorted(counts(d, 'k'), 'count'), limit: 2 },
    [noWatermark, noSort, 'sí'],
  ],
  [
    'offset',
    { kind: 'offset', input: d, offset: 1 },
    never('Offset is not supported on streaming DataFrames/Datasets'),
  ],
  [
    'sample',
    { kind: 'sample', input: d, lower_bound: 0, upper_bound: 0.5 },
    never('Sampling is not supported on streaming DataFrames/Datasets'),
  ],
  ['count distinct', agg(d, ['k'], 'count(distinct v)'), [noWatermark, noDistinct, noDistinct]],
  ['approx_count_distinct', agg(d, ['k'], 'approx_count_distinct(v)'), [noWatermark, 'sí', 'sí']],
  ['dropDuplicates', dedup(d, ['k']), ['sí', 'sí', noAggregate]],
  ['distinct', { kind: 'deduplicate', input: d, all_columns_as_keys: true }, ['sí', 'sí', noAggregate]],
  ['within watermark', dedup(w, ['k'], true), ['sí', 'sí', noAggregate]],
  ['within watermark without one', dedup(d, ['k'], true), [unmarked, unmarked, noAggregate]],
  ['de-duplication, then windows', counts(dedup(w, ['k', 'ts']), "window(ts, '5 minutes')"), ['sí', 'sí', 'sí']],
  ['windows, then de-duplication', dedup(counts(w, "window(ts, '5 minutes')"), ['count']), ['sí', 'sí', 'sí']],
  ['two aggregates', counts(counts(d, 'k'), 'count'), [noWatermark, chained, chained]],
  [
    'a window of a window',
    counts(counts(w, "window(ts, '1 minute')"), "window(window, '5 minutes')"),
    ['sí', chained, chained],
  ],
  ['sessions', counts(w, "session_window(ts, '5 minutes')", 'k'), ['sí', noSession, 'sí']],
  [
    'rollup',
    {
      kind: 'aggregate',
      input: d,
      group_type: 'rollup',
      grouping_expressions: [col('k')],
      aggregate_expressions: [expr('count(1)')],
    },
    [noWatermark, 'sí', 'sí'],
  ],
  [
    'union with a batch frame',
    { kind: 'set_op', set_op_type: 'union', left_input: select(d, col('k')), right_input: batch },
    never('Union between streaming and batch DataFrames/Datasets is not supported'),
  ],
  [
    'intersect',
    { kind: 'set_op', set_op_type: 'intersect', left_input: select(d, col('k')), right_input: select(d, col('k')) },
    never('Intersect of streaming DataFrames/Datasets is not supported'),
  ],
  [
    'except',
    {
      kind: 'set_op',
      set_op_type: 'except',
      is_all: true,
      left_input: select(d, col('k')),
      right_input: select(d, col('k')),
    },
    never('Except on a streaming DataFrame/Dataset on the right is not supported'),
  ],
  [
    'row identifiers',
    select(d, expr('monotonically_increasing_id()')),
    never('Expression(s): monotonically_increasing_id() is not supported with streaming DataFrames/Datasets'),
  ],
];

describe('which query runs in which output mode', () => {
  test.each(cases)('%s', (_title, relation, expected) => {
    for (const [index, mode] of modes.entries()) {
      const wanted = expected[index] ?? 'sí';
      expect(answer(relation, mode)).toMatch(typeof wanted === 'string' ? exactly(wanted) : wanted);
    }
  });

  test('analytic functions are named in capitals with their columns', () => {
    const relation: Relation = {
      kind: 'with_columns',
      input: d,
      aliases: [alias(expr('row_number() over (partition by k order by ts)'), 'r')],
    };
    expect(messageOf(() => checkStreaming(session.analyze(relation), 'append', session.context))).toBe(
      '[NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING] Window function is not supported in ROW_NUMBER() (as column `r`) on streaming DataFrames/Datasets. Structured Streaming only supports time-window aggregation using the WINDOW function. (window specification: (PARTITION BY K ORDER BY TS ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))',
    );
  });

  test('the refusal prints the plan', () =>
    expect(
      messageOf(() => checkStreaming(session.analyze(sorted(d, 'k')), 'append', session.context)).replace(
        /#\d+L?/g,
        '#n',
      ),
    ).toBe(`${noSort};\nSort [k#n ASC NULLS FIRST], true\n+- StreamingRelation FileSource[in], [ts#n, k#n, v#n]\n`));

  test('the checks can be switched off', () => {
    const relaxed = {
      ...session.context,
      conf: (key: string) => (key === 'spark.sql.streaming.unsupportedOperationCheck' ? 'false' : undefined),
    };
    expect(() => checkStreaming(session.analyze(sorted(d, 'k')), 'append', relaxed)).not.toThrow();
  });
});

describe('joins with streams', () => {
  const left = session.stream('a STRING, ta TIMESTAMP', 'izq');
  const right = session.stream('b STRING, tb TIMESTAMP', 'der');
  const fixed = session.table('b STRING, n INT');
  const [lm, rm] = [marked(left, 'ta', '1 hour'), marked(right, 'tb', '2 hours')];
  const range = 'a = b AND tb >= ta AND tb <= ta + interval 1 hour';
  const join = (l: Relation, r: Relation, type: JoinType, on: string): Relation => ({
    kind: 'join',
    left: l,
    right: r,
    join_type: type,
    join_condition: expr(on),
  });
  const F = (type: string): string =>
    `Stream-stream ${type} join between two streaming DataFrame/Datasets is not supported without a watermark in the join keys, or a watermark on the nullable side and an appropriate range condition`;
  test.each([
    [
      'stream right static',
      join(left, fixed, 'right_outer', 'a = b'),
      'RightOuter join with a streaming DataFrame/Dataset on the left and a static DataFrame/DataSet on the right not supported',
    ],
    [
      'stream full static',
      join(left, fixed, 'full_outer', 'a = b'),
      'FullOuter joins with streaming DataFrames/Datasets on the left and a static DataFrame/Dataset on the right is not supported',
    ],
    ['stream left static', join(left, fixed, 'left_outer', 'a = b'), 'sí'],
    [
      'static left stream',
      join(fixed, left, 'left_outer', 'a = b'),
      'LeftOuter join with a streaming DataFrame/Dataset on the right and a static DataFrame/Dataset on the left is not supported',
    ],
    [
      'static semi stream',
      join(fixed, left, 'left_semi', 'a = b'),
      'LeftSemi join with a streaming DataFrame/Dataset on the right and a static DataFrame/Dataset on the left is not supported',
    ],
    [
      'static anti stream',
      join(fixed, left, 'left_anti', 'a = b'),
      'LeftAnti joins with a streaming DataFrame/Dataset on the right are not supported',
    ],
    ['inner without watermarks', join(left, right, 'inner', 'a = b'), 'sí'],
    ['left without watermarks', join(left, right, 'left_outer', 'a = b'), F('LeftOuter')],
    ['left, both watermarks and a range', join(lm, rm, 'left_outer', range), 'sí'],
    ['left, watermark on the left only', join(lm, right, 'left_outer', range), F('LeftOuter')],
    ['left, watermark on the right only', join(left, rm, 'left_outer', range), 'sí'],
    ['right, watermark on the right only', join(left, rm, 'right_outer', range), F('RightOuter')],
    ['full, watermark on one side', join(lm, right, 'full_outer', range), 'sí'],
    ['full, watermarks without a range', join(lm, rm, 'full_outer', 'a = b'), F('FullOuter')],
    ['a watermark among the keys', join(lm, rm, 'left_outer', 'a = b AND ta = tb'), 'sí'],
  ])('%s', (_title, relation, expected) => expect(answer(relation, 'append')).toBe(expected));
  test('between two streams only append works', () => {
    expect(answer(join(lm, rm, 'inner', range), 'update')).toBe(
      'Join between two streaming DataFrames/Datasets is not supported in Update output mode, only in Append output mode',
    );
    expect(answer(join(lm, rm, 'inner', range), 'complete')).toBe(noAggregate);
    expect(answer(join(left, fixed, 'inner', 'a = b'), 'update')).toBe('sí');
  });
  test('windows after a join keep their watermark', () =>
    expect(answer(counts(join(lm, rm, 'inner', range), "window(ta, '1 minute')"), 'append')).toBe('sí'));
});

test('chained aggregations in append also start when only one stateful operator is allowed', () => {
  const one = new AnalysisFixture();
  one.confs.set('spark.sql.streaming.statefulOperator.allowMultiple', 'false');
  const stream = one.stream('ts TIMESTAMP', 'in');
  const by = (input: Relation, grouping: string): Relation => counts(input, grouping);
  const windowed = by(
    { kind: 'with_watermark', input: stream, event_time: 'ts', delay_threshold: '5 minutes' },
    "window(ts, '1 minute')",
  );
  const chained = one.analyze(by(windowed, "window(window, '5 minutes')"));
  expect(() => checkStreaming(chained, 'append', one.context)).not.toThrow();
});

test('in update mode only the last aggregation may not be by session', () => {
  const bySession = counts(w, "session_window(ts, '5 minutes')");
  const update = (relation: Relation): string =>
    firstLine(() => checkStreaming(session.analyze(relation), 'update', session.context));
  expect(update(bySession)).toContain('Update output mode not supported for session window');
  expect(update(counts(bySession, "window(session_window, '1 hour')"))).toContain('Detected pattern of possible');
});

test('continuous processing reads no files and groups nothing', () => {
  const refused = (relation: Relation): string =>
    firstLine(() => checkContinuous(session.analyze(relation), session.context));
  expect(refused(d)).toBe('Continuous processing does not support StreamingRelation operations.;');
});

describe('a frame computed at once', () => {
  test('may not read a stream', () =>
    expect(messageOf(() => checkBatch(session.analyze(counts(d, 'k')), session.context))).toBe(
      'Queries with streaming sources must be executed with writeStream.start();\nFileSource[in]\n',
    ));
  test('may not drop duplicates within a watermark', () =>
    expect(firstLine(() => checkBatch(session.analyze(dedup(batch, ['k'], true)), session.context))).toBe(
      'dropDuplicatesWithinWatermark is not supported with batch DataFrames/DataSets;',
    ));
});

test('window() over text keeps no watermark', () =>
  expect(answer(counts(w, "window(string(ts), '1 minute')"), 'append')).toBe(noWatermark));
test('session_window() is a call like any other', () =>
  expect(answer(counts(w, 'k', "session_window(ts, '5 minutes')"), 'append')).toBe('sí'));
