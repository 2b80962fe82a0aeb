import { expect, test } from 'vitest';
import { distinctsAsAggregates } from '../../../engine/compile/distinct-as-aggregate.ts';
import { integerType } from '../../../engine/core/data-type.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import * as plan from './plan-builder.ts';
import { compileFor } from './run-plan.ts';

const a = plan.attribute('a', integerType);
const b = plan.attribute('b', integerType);
const stream = plan.source(1, [a]);
const without = (right: AnalyzedRelation): AnalyzedRelation => ({
  kind: 'except',
  left: stream,
  right,
  isAll: true,
  output: stream.output,
  isStreaming: true,
  planIds: [],
});

test('a stream less a static frame fails when the query runs, as in Spark', () =>
  expect(() => compileFor(without(plan.localRows([b], [[1]])), { outputMode: 'append' })).toThrow(
    'java.util.NoSuchElementException: None.get',
  ));

test('less nothing it runs', () =>
  expect(compileFor(without(plan.localRows([b], [])), { outputMode: 'append' }).output).toEqual([a]));

test("SQL's DISTINCT on a stream is an aggregate without calls; distinct() stays a de-duplication", () => {
  const dedup = plan.deduplicate(stream, a);
  expect(distinctsAsAggregates(dedup)).toBe(dedup);
  const distinct = distinctsAsAggregates({ ...dedup, isDistinct: true } as AnalyzedRelation);
  expect(distinct).toMatchObject({ kind: 'aggregate', calls: [], output: [a] });
});
