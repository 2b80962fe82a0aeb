import { rm } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { CommandResults, WriteOperation } from '../../../engine/plan/command.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { Engine } from '../../../engine/session/engine.ts';
import { diskFiles, temporaryFolder } from '../../support/disk-files.ts';
import { TestClock } from '../../support/test-clock.ts';

const folder = await temporaryFolder();
const files = diskFiles(folder);
const noPython = (): never => {
  throw new Error('this test has no Python');
};
const engine = new Engine({
  clock: new TestClock(Date.UTC(2024, 0, 10)),
  filesFrom: () => files,
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
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (command: Parameters<Engine['run']>[0]): ReturnType<Engine['run']> =>
  engine.run(command, { cell: null, line: 1, session: 's0', folder }, new AbortController().signal);
let planIds = 0;
const sql = async (query: string): Promise<Relation> => {
  const plan: Relation = { kind: 'sql', query, plan_id: (planIds += 1) };
  await run({ kind: 'analyze_plan', plan });
  return plan;
};
const rows = async (query: string): Promise<CommandResults['collect']['rows']> =>
  ((await run({ kind: 'collect', plan: await sql(query), method: 'collect' })) as CommandResults['collect']).rows;
const save = async (
  query: string,
  table: string,
  rest: Partial<WriteOperation> & { readonly save_method?: 'save_as_table' | 'insert_into' } = {},
): Promise<unknown> => {
  const { save_method = 'save_as_table', ...write } = rest;
  const input = await sql(query);
  return run({ kind: 'write_operation', input, table: { table_name: table, save_method }, options: {}, ...write });
};
const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing',
    (error: Error) => error.message.split('\n')[0] ?? '',
  );

describe('saveAsTable', () => {
  test('makes a managed table in the warehouse, read by name with or without its database', async () => {
    await save("SELECT 1 AS a, 'x' AS b", 'Ventas');
    expect(await rows('SELECT b FROM default.ventas')).toEqual([['x']]);
    expect((await files.list(`${folder}/spark-warehouse/ventas`))?.some(({ name }) => name === '_SUCCESS')).toBe(true);
  });

  test('refuses a name that is taken, unless the mode says what to do', async () => {
    expect(await refusal(save('SELECT 1 AS a', 'ventas'))).toContain('[TABLE_OR_VIEW_ALREADY_EXISTS]');
    await save("SELECT 'y' AS b, 2 AS a", 'ventas', { mode: 'append' });
    await save('SELECT 9 AS z', 'ventas', { mode: 'ignore' });
    expect(await rows('SELECT a, b FROM ventas ORDER BY a')).toEqual([
      [1, 'x'],
      [2, 'y'],
    ]);
    await save('SELECT 3 AS z', 'ventas', { mode: 'overwrite' });
    expect(await rows('SELECT * FROM ventas')).toEqual([[3]]);
  });

  test('appending another format, width or partitioning is refused', async () => {
    await save('SELECT 1 AS a', 'uno');
    const append = (rest: Partial<WriteOperation>, query = 'SELECT 1 AS a'): Promise<string> =>
      refusal(save(query, 'uno', { mode: 'append', ...rest }));
    expect(await append({ source: 'json' })).toBe(
      "The format of the existing table spark_catalog.default.uno is `ParquetDataSourceV2`. It doesn't match the specified format `JsonDataSourceV2`.",
    );
    expect(await append({}, 'SELECT 1 AS a, 2 AS b')).toContain('The column number of the existing table');
    expect(await append({ partitioning_columns: ['a'] })).toContain('Specified partitioning does not match');
  });

  test('partition columns go last', async () => {
    await save('SELECT 1 AS a, 2 AS b', 'partida', { partitioning_columns: ['a'], source: 'json' });
    expect(await rows('SELECT * FROM partida')).toEqual([[2, 1]]);
  });

  test('a folder with files in it keeps its name', async () => {
    await files.makeFolder(`${folder}/spark-warehouse/llena`);
    await files.writeAtomic(`${folder}/spark-warehouse/llena/a.txt`, 'a');
    expect(await refusal(save('SELECT 1 AS a', 'llena'))).toContain('[LOCATION_ALREADY_EXISTS]');
  });

  test('a plan cannot replace the table it reads', async () => {
    await save('SELECT 1 AS a', 'propia');
    expect(await refusal(save('SELECT * FROM propia', 'propia', { mode: 'overwrite' }))).toContain(
      '[UNSUPPORTED_OVERWRITE.TABLE]',
    );
  });

  test('another database does not exist', async () =>
    expect(await refusal(save('SELECT 1 AS a', 'otra.t'))).toContain('[SCHEMA_NOT_FOUND] The schema `otra`'));
});

describe('insertInto', () => {
  test('goes by position and sees a frame of the table that is already there', async () => {
    await save('SELECT 1 AS a', 'cuenta');
    const frame = await sql('SELECT * FROM cuenta');
    await save('SELECT 2 AS otra', 'cuenta', { save_method: 'insert_into' });
    expect((await run({ kind: 'count', plan: frame })) as CommandResults['count']).toEqual({ count: 2 });
    await save('SELECT 5 AS otra', 'cuenta', { save_method: 'insert_into', mode: 'overwrite' });
    expect(await rows('SELECT * FROM cuenta')).toEqual([[5]]);
  });

  test('needs a table', async () =>
    expect(await refusal(save('SELECT 1 AS a', 'ninguna', { save_method: 'insert_into' }))).toContain(
      '[TABLE_OR_VIEW_NOT_FOUND] The table or view `ninguna`',
    ));
});

describe('SQL text', () => {
  test('makes, fills, overwrites and drops tables', async () => {
    await sql('CREATE TABLE hecha (k STRING, n INT) USING json');
    await sql("INSERT INTO hecha VALUES ('a', 1)");
    await sql('INSERT INTO hecha (n) VALUES (2)');
    expect(await rows('SELECT * FROM hecha ORDER BY n')).toEqual([
      ['a', 1],
      [null, 2],
    ]);
    await sql('CREATE TABLE copia USING csv AS SELECT n FROM hecha');
    expect(await rows('SELECT count(*) FROM copia')).toEqual([[2]]);
    await sql("INSERT OVERWRITE hecha SELECT 'z', 9");
    expect(await rows('SELECT * FROM hecha')).toEqual([['z', 9]]);
    await sql('DROP TABLE hecha');
    expect(await files.stat(`${folder}/spark-warehouse/hecha`)).toBe(null);
    expect(await refusal(sql('DROP TABLE hecha'))).toContain('`spark_catalog`.`default`.`hecha`');
  });

  test('without USING it would be a Hive table', async () =>
    expect(await refusal(sql('CREATE TABLE h (a INT)'))).toContain('[NOT_SUPPORTED_COMMAND_WITHOUT_HIVE_SUPPORT]'));
});

describe('the catalogue', () => {
  test('lists tables, then temporary views, in order', async () => {
    await sql('CREATE TEMP VIEW Vista AS SELECT 1');
    const { tables } = (await run({ kind: 'list_tables' })) as CommandResults['list_tables'];
    expect(tables.at(-1)).toEqual({ name: 'Vista', is_temporary: true });
    expect(tables[0]).toEqual({ name: 'copia', is_temporary: false, type: 'MANAGED' });
    expect(await run({ kind: 'table_exists', name: 'default.copia' })).toEqual({ exists: true });
  });
});

test('a write of two columns with one name, or by a column that is not there, is refused before it begins', async () => {
  const write = async (query: string, rest: Partial<WriteOperation>): Promise<string> =>
    refusal(
      run({ kind: 'write_operation', input: await sql(query), source: 'json', path: 'salida', options: {}, ...rest }),
    );
  expect(await write('SELECT 1 AS a, 2 AS A', {})).toContain('[COLUMN_ALREADY_EXISTS] The column `a` already exists.');
  expect(await write('SELECT 1 AS a', { partitioning_columns: ['z'] })).toBe(
    'Partition column `z` not found in schema struct<a:int>.',
  );
});
