import { rm } from 'node:fs/promises';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { CommandResults } from '../../../engine/plan/command.ts';
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
  cores: 1,
});
let sessions = 0;
let planIds = 0;

beforeEach(() => {
  sessions += 1;
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (command: Parameters<Engine['run']>[0]): ReturnType<Engine['run']> =>
  engine.run(command, { cell: null, line: 1, session: `s${sessions}`, folder }, new AbortController().signal);

/** `spark.sql(text)`: analyzed at once, as Python does. */
async function sql(text: string): Promise<Relation> {
  planIds += 1;
  const plan: Relation = { kind: 'sql', query: text, plan_id: planIds };
  await run({ kind: 'analyze_plan', plan });
  return plan;
}

async function rowsOf(plan: Relation): Promise<CommandResults['collect']['rows']> {
  return ((await run({ kind: 'collect', plan, method: 'collect' })) as CommandResults['collect']).rows;
}

const rows = async (text: string): ReturnType<typeof rowsOf> => rowsOf(await sql(text));

async function columnsOf(plan: Relation): Promise<readonly string[]> {
  const { schema } = (await run({ kind: 'analyze_plan', plan })) as CommandResults['analyze_plan'];
  const fields = typeof schema === 'object' && 'fields' in schema ? (schema.fields as readonly { name: string }[]) : [];
  return fields.map(({ name }) => name);
}

async function failure(text: string): Promise<string> {
  try {
    await sql(text);
  } catch (error) {
    if (error instanceof SparkError) return error.message;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

test('a view is made when the statement is given, and its statement has no columns', async () => {
  const made = await sql("create temp view v (p, q) as select 1 a, 'x' b");
  expect(await columnsOf(made)).toEqual([]);
  expect(await rowsOf(made)).toEqual([]);
  expect(await rows('select q, p + 1 from v')).toEqual([['x', 2]]);
});

test('a view of the same name is refused unless it replaces', async () => {
  await sql('create temp view v as select 1 a');
  expect(await failure('create temp view v as select 2 a')).toBe(
    '[TEMP_TABLE_OR_VIEW_ALREADY_EXISTS] Cannot create the temporary view `v` because it already exists.\nChoose a different name, drop or replace the existing view,  or add the IF NOT EXISTS clause to tolerate pre-existing views.',
  );
  await sql('create or replace temp view v as select 2 a');
  expect(await rows('select * from v')).toEqual([[2]]);
});

test('a view with more names than columns is refused', async () => {
  expect(await failure('create temp view w (a, b) as select 1')).toBe(
    '[CREATE_VIEW_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS] Cannot create view `w`, the reason is not enough data columns:\nView columns: `a`, `b`.\nData columns: `1`.',
  );
});

test('a statement runs once, however often its frame is used', async () => {
  await sql('create temp view v as select 1 a');
  const shown = await sql('show tables');
  await sql('drop view v');
  expect(await rowsOf(shown)).toEqual([['', 'v', true]]);
  expect(await rows('show tables')).toEqual([]);
});

test('SHOW TABLES lists names in order, those that a pattern allows', async () => {
  await sql('create temp view ventas as select 1 a');
  await sql('create temp view bolsa as select 1 a');
  await sql('create global temp view g as select 1 a');
  expect(await rows('show tables')).toEqual([
    ['', 'bolsa', true],
    ['', 'ventas', true],
  ]);
  expect(await rows("show tables like 'v*|x'")).toEqual([['', 'ventas', true]]);
  expect(await rows("show tables in global_temp like 'g'")).toEqual([['global_temp', 'g', true]]);
  expect(await rows('select * from global_temp.g')).toEqual([[1]]);
  expect(await failure('show tables in otra')).toContain('[SCHEMA_NOT_FOUND] The schema `otra` cannot be found.');
  expect(await rows('show databases')).toEqual([['default']]);
});

test('a dropped view is gone, and dropping it again is an error unless IF EXISTS', async () => {
  await sql('create temp view v as select 1 a');
  await sql('drop view v');
  expect(await failure('drop view v')).toContain(
    '[TABLE_OR_VIEW_NOT_FOUND] The table or view `spark_catalog`.`default`.`v` cannot be found.',
  );
  expect(await rows('drop view if exists v')).toEqual([]);
});

test('DESCRIBE shows the columns of a view and of a query', async () => {
  await sql("create temp view v as select 1 a, array('x') b");
  const described = await sql('describe v');
  expect(await columnsOf(described)).toEqual(['col_name', 'data_type', 'comment']);
  expect(await rowsOf(described)).toEqual([
    ['a', 'int', null],
    ['b', 'array<string>', null],
  ]);
  expect(await rows('describe query select 1L n')).toEqual([['n', 'bigint', null]]);
  expect(await failure('describe nada')).toContain('The table or view `nada` cannot be found.');
});

test('SET changes a setting, shows one or lists all; RESET takes it back', async () => {
  expect(await rows('set spark.sql.shuffle.partitions=3')).toEqual([['spark.sql.shuffle.partitions', '3']]);
  expect(await rows('set spark.sql.shuffle.partitions')).toEqual([['spark.sql.shuffle.partitions', '3']]);
  expect(await rows('set')).toContainEqual(['spark.sql.shuffle.partitions', '3']);
  expect(await rows('set no.such.key')).toEqual([['no.such.key', '<undefined>']]);
  await sql('reset spark.sql.shuffle.partitions');
  expect(await rows('set spark.sql.shuffle.partitions')).toEqual([['spark.sql.shuffle.partitions', '200']]);
});

test('RESET goes back to what the builder of the session set', async () => {
  await run({ kind: 'create_session', confs: { 'spark.sql.shuffle.partitions': '5' } });
  await sql('set spark.sql.shuffle.partitions=3');
  await sql("set time zone 'UTC'");
  await sql('reset');
  expect(await rows('set spark.sql.shuffle.partitions')).toEqual([['spark.sql.shuffle.partitions', '5']]);
  expect(await rows('set spark.sql.session.timeZone')).toEqual([['spark.sql.session.timeZone', 'Europe/Madrid']]);
});

test('a cached view keeps its rows until it is uncached', async () => {
  await sql('create temp view v as select rand() a');
  const [[first]] = (await rows('cache table v'), await rows('select a from v')) as [[number]];
  expect(await rows('select a from v')).toEqual([[first]]);
  await sql('uncache table v');
  expect(await rows('select a from v')).not.toEqual([[first]]);
  expect(await rows('uncache table if exists nada')).toEqual([]);
  expect(await failure('uncache table nada')).toContain('The table or view `nada` cannot be found.');
});

test('columns of LATERAL VIEW belong to its table', async () => {
  const from = 'from (select 1 a) t lateral view outer explode(array(5, 6)) u as c';
  expect(await rows(`select t.a, u.c ${from}`)).toEqual([
    [1, 5],
    [1, 6],
  ]);
  expect(await rows(`select u.* ${from}`)).toEqual([[5], [6]]);
  expect(await rows('select col from (select 1 a) t lateral view explode(array(7)) u')).toEqual([[7]]);
  expect(await failure(`select t.c ${from}`)).toContain('Did you mean one of the following? [`t`.`a`, `u`.`c`].');
  expect(await failure("select 1 from (select 1 a) t lateral view upper('a') u as c")).toContain(
    '`upper` is expected to be a generator. However, its class is org.apache.spark.sql.catalyst.expressions.Upper',
  );
});

test.each([['alter table t add columns (b int)', 'ALTER TABLE in SQL']])(
  '%s is refused by name',
  async (text, feature) => {
    expect(await failure(text)).toContain(`Marea does not have ${feature}.`);
  },
);
