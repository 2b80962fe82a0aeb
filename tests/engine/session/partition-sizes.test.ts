import { expect, test } from 'vitest';
import { partitionSizes } from '../../../engine/session/partition-sizes.ts';

const source = { kind: 'source', sourceKey: 1 };
const engineWith = (batch: object | undefined) =>
  ({
    sources: { byKey: () => (batch === undefined ? { isStreaming: true } : { isStreaming: false, batch }) },
  }) as never;
const sizes = { partitionSizes: async () => [3, 0, 2] };

test.each([
  ['a source that knows its partitions', source, sizes, { sizes: [3, 0, 2] }],
  [
    'columns of one',
    { kind: 'project', input: { kind: 'subquery_alias', input: source } },
    sizes,
    { sizes: [3, 0, 2] },
  ],
  ['a source that does not know', source, {}, null],
  ['a stream', source, undefined, null],
  ['rows that were filtered', { kind: 'filter', input: source }, sizes, null],
])('the partitions of %s', async (_name, plan, batch, answer) => {
  expect(await partitionSizes(plan as never, engineWith(batch))).toEqual(answer);
});
