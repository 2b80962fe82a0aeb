import { rm } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import type { Relation } from '../../../engine/plan/relation.ts';
import { Engine } from '../../../engine/session/engine.ts';
import { diskFiles, temporaryFolder } from '../../support/disk-files.ts';
import { TestClock } from '../../support/test-clock.ts';

const folder = await temporaryFolder();
const noPython = (): never => {
  throw new Error('this test has no Python');
};
const engine = new Engine({
  clock: new TestClock(Date.UTC(2024, 0, 10)),
  filesFrom: () => diskFiles(folder),
  python: { callUdf: noPython, callForeachBatch: noPython, callForeach: noPython, callListener: noPython },
  print: () => {},
  emit: () => {},
  isWatched: () => false,
  sources: [],
  sinks: [],
  localZone: 'Europe/Madrid',
  temporaryFolder: folder,
  cores: 2,
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (command: Parameters<Engine['run']>[0]): ReturnType<Engine['run']> =>
  engine.run(command, { cell: null, line: 1, session: 'partitions', folder }, new AbortController().signal);
let planIds = 0;
const sql = (query: string): Relation => ({ kind: 'sql', query, plan_id: (planIds += 1) });
await run({ kind: 'conf_set', key: 'spark.sql.shuffle.partitions', value: '4' });

const column = (name: string) => ({ kind: 'unresolved_attribute', unparsed_identifier: name }) as const;
/** Ten rows a = 0…9, b = a mod 3, as `createDataFrame` sends them with two threads. */
const frame: Relation = {
  kind: 'local_relation',
  schema: {
    type: 'struct',
    fields: ['a', 'b'].map((name) => ({ name, type: 'integer', nullable: true, metadata: {} })),
  },
  rows: Array.from({ length: 10 }, (_, a) => [a, a % 3]),
  partition_sizes: [5, 5],
};
const filtered = (expression: string): Relation => ({
  kind: 'filter',
  input: frame,
  condition: { kind: 'expression_string', expression },
});
const none = filtered('a > 300');
const grouped = (input: Relation): Relation => ({
  kind: 'aggregate',
  input,
  group_type: 'groupby',
  grouping_expressions: [column('b')],
  aggregate_expressions: [{ kind: 'expression_string', expression: 'count(1)' }],
});
const few: Relation = { kind: 'limit', input: frame, limit: 4 };
const repartitioned = (partitions: number): Relation => ({
  kind: 'repartition_by_expression',
  input: frame,
  partition_exprs: [column('b')],
  num_partitions: partitions,
});
const range = (end: number): Relation => ({ kind: 'range', start: 0, end, step: 1, plan_id: (planIds += 1) });
const joined = (left: Relation, right: Relation, how: 'inner' | 'left_outer' | 'right_outer'): Relation => ({
  kind: 'join',
  left,
  right,
  join_type: how,
  using_columns: ['id'],
});

// What `df.rdd.glom().map(len).collect()` gave in Spark 3.5.7 with local[2] and four shuffle partitions.
test.each<[string, Relation, readonly number[]]>([
  ['a list', frame, [5, 5]],
  ['a range of one row', range(1), [0, 1]],
  ['an empty range', range(0), []],
  ['rows in SQL', sql('SELECT * FROM VALUES (1), (2), (3), (4), (5) t(a)'), [2, 3]],
  ['rows that a filter leaves', filtered('a > 3'), [1, 5]],
  ['rows that no filter leaves', none, [0, 0]],
  ['a filter that is false', filtered('false'), []],
  ['groups, which adaptive execution joins', grouped(frame), [3]],
  ['no groups', grouped(none), []],
  ['a limit', few, [4]],
  ['a limit of nothing', { kind: 'limit', input: frame, limit: 0 }, []],
  [
    'a union',
    { kind: 'set_op', left_input: frame, right_input: grouped(frame), set_op_type: 'union', is_all: true },
    [5, 5, 3],
  ],
  ['rows dealt out', { kind: 'repartition', input: frame, num_partitions: 3 }, [3, 4, 3]],
  ['rows by the hash of a column', repartitioned(4), [0, 0, 3, 7]],
  ['groups that stand together already', grouped(repartitioned(3)), [2, 1, 0]],
  [
    'neighbours put together',
    { kind: 'repartition', input: { ...range(20), num_partitions: 7 } as Relation, num_partitions: 3, shuffle: false },
    [5, 6, 9],
  ],
  ['a join with a small side', joined(range(10), range(4), 'inner'), [4, 0]],
  ['a join that keeps all of the left', joined(range(10), range(4), 'left_outer'), [5, 5]],
  ['a join that keeps all of the right', joined(range(10), range(4), 'right_outer'), [2, 2]],
])('the partitions of %s are those of Spark', async (_name, plan, sizes) => {
  expect(await run({ kind: 'partition_sizes', plan, with_sizes: true })).toEqual({ count: sizes.length, sizes });
});

test('a cached frame keeps the partitions of its shuffle', async () => {
  const plan = { ...grouped(frame), plan_id: (planIds += 1) } as Relation;
  await run({ kind: 'cache', plan, storage_level: 'MEMORY_AND_DISK' });
  expect(await run({ kind: 'partition_sizes', plan, with_sizes: true })).toEqual({ count: 4, sizes: [0, 0, 1, 2] });
});
