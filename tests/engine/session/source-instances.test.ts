import { expect, test } from 'vitest';
import { structType } from '../../../engine/core/data-type.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import { plansOfKind } from '../../../engine/plan/walk-plan.ts';
import { LoadedSources } from '../../../engine/session/loaded-sources.ts';
import { separateInstances } from '../../../engine/session/source-instances.ts';
import { AnalysisFixture, alias, col, select } from '../analysis/analysis-fixture.ts';
import type { JoinRelation } from '../../../engine/plan/relation.ts';

const session = new AnalysisFixture();
const d = session.stream('id STRING, jefe STRING');
const sources = (): LoadedSources => {
  const loaded = new LoadedSources([], () => {
    throw new Error('nothing is loaded here');
  });
  const stream = { schema: structType([]), description: 'in', open: () => Promise.reject(new Error('not opened')) };
  const add = (): unknown =>
    loaded.add((key) => ({ key, format: 'json', description: 'in', schema: stream.schema, isStreaming: true, stream }));
  add();
  return loaded;
};
const keysOf = (plan: AnalyzedRelation): number =>
  new Set(plansOfKind(plan, 'source').map((node) => node.sourceKey)).size;
const joined = (rest: Partial<JoinRelation>): AnalyzedRelation => {
  const plan = session.analyze({ kind: 'join', left: d, right: d, join_type: 'inner', ...rest });
  // The fixture counts its sources from 0, the session from 1.
  return JSON.parse(JSON.stringify(plan).replaceAll('"sourceKey":0', '"sourceKey":1')) as AnalyzedRelation;
};

test('a stream joined with itself is two sources', () =>
  expect(keysOf(separateInstances(joined({ using_columns: ['id'] }), sources()))).toBe(2));

test('joined with a copy whose columns have other names it is one', () => {
  const copy = select(d, alias(col('id'), 'id2'));
  expect(keysOf(separateInstances(joined({ right: copy }), sources()))).toBe(1);
});

test('the places that read one source become nodes of their own', () => {
  const plan = joined({ right: select(d, alias(col('id'), 'id2')) });
  const [first, second] = plansOfKind(separateInstances(plan, sources()), 'source');
  expect(first).not.toBe(second);
});
