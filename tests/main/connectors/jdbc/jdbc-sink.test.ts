import { describe, expect, test } from 'vitest';
import { RelationalError, type RelationalResult } from '../../../../engine/api/relational-client.ts';
import type { SaveMode } from '../../../../engine/api/sink.ts';
import { structType, type StructType } from '../../../../engine/core/data-type.ts';
import type { Row } from '../../../../engine/core/spark-value.ts';
import { lazyOutput } from '../../../../engine/microbatch/lazy-output.ts';
import { parseTableSchema } from '../../../../engine/parser/parse-table-schema.ts';
import { JdbcDrivers } from '../../../../main/connectors/jdbc/jdbc-drivers.ts';
import { jdbcSink } from '../../../../main/connectors/jdbc/jdbc-sink.ts';
import { column, ScriptedServer } from './scripted-server.ts';

const noTable = new RelationalError(1146, '42S02', "Table 'spark.t' doesn't exist");
const there: RelationalResult = {
  kind: 'rows',
  columns: [column('id', { type: 'int', length: 11, nullable: false }), column('s')],
  rows: [],
};
const frame = parseTableSchema('id INT NOT NULL, s STRING');
const rows: readonly Row[] = [
  [1, 'a'],
  [2, null],
  [3, "it's"],
];

/** A server with the table, or without it until it is created. */
function server(has: boolean, refuses?: (statement: string) => RelationalError | undefined): ScriptedServer {
  let isThere = has;
  return new ScriptedServer((statement) => {
    const refusal = refuses?.(statement);
    if (refusal) throw refusal;
    if (statement.startsWith('CREATE')) isThere = true;
    if (!statement.startsWith('SELECT')) return undefined;
    if (!isThere) throw noTable;
    return there;
  });
}

type Given = {
  readonly schema?: StructType;
  readonly rows?: readonly Row[];
  readonly options?: Readonly<Record<string, string>>;
  readonly conf?: (key: string) => string | undefined;
};

async function save(to: ScriptedServer, mode: SaveMode, given: Given = {}): Promise<readonly string[]> {
  const schema = given.schema ?? frame;
  const mysql = { url: 'jdbc:mysql://localhost', driver: 'com.mysql.cj.jdbc.Driver', dbtable: 'spark.t' };
  const options = new Map(Object.entries({ ...mysql, ...given.options }).map(([k, v]) => [k.toLowerCase(), v]));
  const request = {
    format: 'jdbc',
    options: { get: (name: string) => options.get(name.toLowerCase()), entries: [] },
    path: undefined,
    partitionBy: [],
    schema,
  };
  const output = lazyOutput(schema, async () => {
    to.statements.push('the rows');
    return {
      ...lazyOutput(schema, () => Promise.reject(new Error('only blocks are due'))),
      blocks: async function* () {
        yield given.rows ?? rows;
      },
    };
  });
  const context = { parseSchema: parseTableSchema, conf: given.conf ?? (() => undefined) };
  await jdbcSink(to, new JdbcDrivers(), 'Europe/Madrid').writeBatch?.(request, mode, output, context as never);
  return to.statements;
}

const look = 'SELECT 1 FROM spark.t WHERE 1=0';
const columns = 'SELECT * FROM spark.t WHERE 1=0';
const create = 'CREATE TABLE spark.t (`id` INTEGER NOT NULL, `s` LONGTEXT ) ';
const insert = 'INSERT INTO spark.t (`id`,`s`) VALUES (?,?)';
const inserting = ['BEGIN', 'the rows', insert, 'COMMIT'];

describe('what a save asks of the server', () => {
  test.each<[SaveMode, boolean, Given['options'], readonly string[]]>([
    ['append', false, {}, [look, create, ...inserting, columns]],
    ['append', true, {}, [look, columns, ...inserting, columns]],
    ['error_if_exists', false, {}, [look, create, ...inserting, columns]],
    ['ignore', true, {}, [look, columns]],
    ['overwrite', false, {}, [look, create, ...inserting, columns]],
    ['overwrite', true, {}, [look, 'DROP TABLE spark.t', create, ...inserting, columns]],
    ['overwrite', true, { truncate: 'true' }, [look, 'TRUNCATE TABLE spark.t', columns, ...inserting, columns]],
  ])('%s, table there: %s, %j', async (mode, isThere, options, statements) => {
    expect(await save(server(isThere), mode, { options: options ?? {} })).toEqual(statements);
  });

  test('a table that is there is refused by default', async () => {
    await expect(save(server(true), 'error_if_exists')).rejects.toThrow(
      "Table or view 'spark.t' already exists. SaveMode: ErrorIfExists.",
    );
  });

  test('rows go in batches, and without a transaction where none is wanted', async () => {
    const to = server(true);
    expect(await save(to, 'append', { options: { batchsize: '2', isolationLevel: 'NONE' } })).toEqual([
      look,
      columns,
      'the rows',
      insert,
      insert,
      columns,
    ]);
    expect(to.inserted).toEqual(rows);
  });

  test('columns are found by name, with regard to case only where the session says so', async () => {
    const schema = parseTableSchema('S STRING, ID INT');
    const to = server(true);
    expect(await save(to, 'append', { schema, rows: [['a', 1]] })).toContain(
      'INSERT INTO spark.t (`s`,`id`) VALUES (?,?)',
    );
    await expect(
      save(server(true), 'append', { schema, conf: (key) => (key === 'spark.sql.caseSensitive' ? 'true' : undefined) }),
    ).rejects.toThrow('Column S not found in schema Some(StructType(StructField(id,IntegerType,false)');
  });

  test('the text of a created table follows the options', async () => {
    const options = { createTableColumnTypes: 'S CHAR(3)', createTableOptions: 'ENGINE=InnoDB', tableComment: 'mía' };
    const statements = await save(server(false), 'append', { options });
    expect(statements.slice(1, 3)).toEqual([
      'CREATE TABLE spark.t (`id` INTEGER NOT NULL, `s` char(3) ) ENGINE=InnoDB',
      "ALTER TABLE spark.t COMMENT = 'mía'",
    ]);
    await expect(save(server(false), 'append', { options: { createTableColumnTypes: 'edad INT' } })).rejects.toThrow(
      'createTableColumnTypes option column edad not found in schema struct<id:int,s:string>.',
    );
  });
});

describe('a save that fails', () => {
  test('a row that the server refuses ends the task, and nothing of the transaction stays', async () => {
    const duplicate = new RelationalError(1062, '23000', "Duplicate entry '2' for key 'PRIMARY'");
    const to = server(true, (statement) => (statement.startsWith('INSERT') ? duplicate : undefined));
    await expect(save(to, 'append')).rejects.toThrow(
      "java.sql.BatchUpdateException: Duplicate entry '2' for key 'PRIMARY'",
    );
    expect(to.statements.at(-1)).toBe('ROLLBACK');
  });

  test('with truncate the table is empty before its columns are looked at', async () => {
    const to = server(true);
    const schema = parseTableSchema('id INT, z INT');
    await expect(save(to, 'overwrite', { schema, options: { truncate: 'true' } })).rejects.toThrow(
      'Column z not found',
    );
    expect(to.statements).toEqual([look, 'TRUNCATE TABLE spark.t', columns]);
  });

  test('a type that JDBC lacks is noticed when the old table is gone', async () => {
    const to = server(true);
    await expect(save(to, 'overwrite', { schema: parseTableSchema('a ARRAY<INT>') })).rejects.toThrow(
      "Can't get JDBC type for array<int>.",
    );
    expect(to.statements).toEqual([look, 'DROP TABLE spark.t']);
  });

  test.each<[string, Given, string]>([
    ['an interval', { schema: parseTableSchema('i INTERVAL DAY') }, 'Cannot save interval data type'],
    [
      'a number that is none',
      { schema: parseTableSchema('id DOUBLE'), rows: [[Number.NaN]] },
      "'NaN' is not a valid numeric",
    ],
    [
      'no partition',
      { options: { numPartitions: '0' } },
      'Invalid value `0` for parameter `numPartitions` in table writing',
    ],
    ['an empty batch', { options: { batchsize: '0' } }, 'Invalid value `0` for parameter `batchsize`.'],
  ])('%s', async (_name, given, message) => {
    await expect(save(server(true), 'append', given)).rejects.toThrow(message);
  });
});

test('an old MariaDB gets no fractions of a second, in the zone that the properties say', async () => {
  const schema = structType(parseTableSchema('s TIMESTAMP').fields);
  const written = async (version: string): Promise<unknown> => {
    const to = server(true);
    to.serverVersion = version;
    await save(to, 'append', { schema, rows: [[1_652_443_018_500_000n]], options: { connectionTimeZone: 'UTC' } });
    return to.inserted[0];
  };
  expect(await written('10.11.6-MariaDB')).toEqual(['2022-05-13 11:56:58']);
  expect(await written('11.4.2-MariaDB')).toEqual(['2022-05-13 11:56:58.5']);
});
