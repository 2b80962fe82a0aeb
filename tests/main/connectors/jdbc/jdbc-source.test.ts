import { describe, expect, test } from 'vitest';
import { RelationalError } from '../../../../engine/api/relational-client.ts';
import type { BatchSource, WantedRows } from '../../../../engine/api/source.ts';
import { stringType } from '../../../../engine/core/data-type.ts';
import type { Row } from '../../../../engine/core/spark-value.ts';
import { simpleString } from '../../../../engine/core/type-names.ts';
import { parseTableSchema } from '../../../../engine/parser/parse-table-schema.ts';
import { JdbcDrivers } from '../../../../main/connectors/jdbc/jdbc-drivers.ts';
import { jdbcSource } from '../../../../main/connectors/jdbc/jdbc-source.ts';
import { column, ScriptedServer } from './scripted-server.ts';

const mysql = {
  url: 'jdbc:mysql://localhost',
  driver: 'com.mysql.cj.jdbc.Driver',
  dbtable: 'spark.usuarios',
  user: 'iabd',
  password: 'iabd',
};
const columns = [
  column('id', { type: 'bigint', unsigned: true }),
  column('nombre'),
  column('visto', { type: 'timestamp', length: 19 }),
];
const user = [1n, 'Ana', '2022-05-13 13:36:58'];
const users = (): ScriptedServer =>
  new ScriptedServer((statement) => {
    const [from, to] = statement.includes('SELECT `nombre`') ? [1, 2] : [0, 3];
    const rows = statement.includes('1=0') ? [] : [user.slice(from, to)];
    return { kind: 'rows', columns: columns.slice(from, to), rows };
  });

type Options = Readonly<Record<string, string>>;

async function load(server: ScriptedServer, given: Options, rest: object = {}): Promise<BatchSource> {
  const options = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const request = {
    format: 'jdbc',
    schema: undefined,
    options: { get: (name: string) => options.get(name.toLowerCase()), entries: [] },
    paths: [],
    ...rest,
  };
  const source = jdbcSource(server, new JdbcDrivers(), 'Europe/Madrid');
  const loaded = await source.loadBatch?.(request, { parseSchema: parseTableSchema } as never);
  if (!loaded) throw new Error('no batch read');
  return loaded;
}

async function rowsOf(source: BatchSource, wanted?: WantedRows): Promise<readonly Row[]> {
  const read = await source.read(wanted);
  const rows: Row[] = [];
  if (read.kind === 'rows') for await (const block of read.blocks) rows.push(...block);
  return rows;
}

describe('loading a table', () => {
  test('asks for its columns and none of its rows, as the user of the options', async () => {
    const server = users();
    const source = await load(server, { ...mysql, url: 'jdbc:mysql://nadie:x@db:3307/otra' });
    expect(simpleString(source.schema)).toBe('struct<id:decimal(20,0),nombre:string,visto:timestamp>');
    expect(server.statements).toEqual(['SELECT * FROM spark.usuarios WHERE 1=0']);
    expect(server.logins).toEqual([{ host: 'db', port: 3307, database: 'otra', user: 'iabd', password: 'iabd' }]);
  });

  test('a query stands in parentheses, with the words that go before it', async () => {
    const { dbtable: _, ...rest } = mysql;
    const server = users();
    await load(server, { ...rest, query: 'SELECT 1 AS id', prepareQuery: 'WITH t AS (SELECT 1)' });
    expect(server.statements[0]).toMatch(
      /^WITH t AS \(SELECT 1\) SELECT \* FROM \(SELECT 1 AS id\) SPARK_GEN_SUBQ_\d+ WHERE 1=0$/,
    );
  });

  test('other types may be asked for, and a type twice is refused', async () => {
    const source = await load(users(), { ...mysql, customSchema: 'ID INT, nombre CHAR(5), edad INT' });
    expect(simpleString(source.schema)).toBe('struct<id:int,nombre:string,visto:timestamp>');
    expect(await rowsOf(source)).toEqual([[1, 'Ana  ', expect.anything()]]);
    await expect(load(users(), { ...mysql, customSchema: 'id INT, ID INT' })).rejects.toThrow('`id` already exists');
  });

  test.each<[string, Options, string]>([
    ['no url', { url: undefined as never }, "requirement failed: Option 'url' is required."],
    ['table and query', { query: 'SELECT 1' }, "Both 'dbtable' and 'query' can not be specified at the same time."],
    ['another class', { driver: 'org.postgresql.Driver' }, 'org.postgresql.Driver'],
    [
      'another database',
      { url: 'jdbc:postgresql://h' },
      'could not open a JDBC connection. Check the URL: jdbc:postgresql://h',
    ],
    ['no number', { fetchsize: 'x' }, 'For input string: "x"'],
    ['neither true nor false', { pushDownLimit: 'x' }, 'For input string: "x"'],
    ['a negative time limit', { queryTimeout: '-1' }, 'Illegal value for setQueryTimeout().'],
    ['a zone that does not exist', { serverTimezone: 'Nada/Nada' }, 'Could not create connection to database server.'],
  ])('%s is refused', async (_name, change, message) => {
    const options = Object.entries({ ...mysql, ...change }).filter(([, value]) => value !== undefined);
    await expect(load(users(), Object.fromEntries(options))).rejects.toThrow(message);
  });

  test('a statement that takes longer than its limit is given up', async () => {
    const server = users();
    const slow = { ...(await server.relational({} as never)), query: () => new Promise<never>(() => undefined) };
    server.relational = async () => slow;
    await expect(load(server, { ...mysql, queryTimeout: '1' })).rejects.toThrow('Statement cancelled due to timeout');
  });
});

describe('reading a table', () => {
  test('filters go before the condition of each part', async () => {
    const server = users();
    const parts = { partitionColumn: 'id', lowerBound: '0', upperBound: '4', numPartitions: '2' };
    const source = await load(server, { ...mysql, ...parts });
    const filter = { kind: 'compare', operator: '=', column: 'nombre', type: stringType, value: 'ana' } as const;
    expect(source.takes?.(filter)).toBe(true);
    expect(await rowsOf(source, { filters: [filter], columns: new Set(['nombre']) })).toEqual([
      [null, 'Ana', null],
      [null, 'Ana', null],
    ]);
    expect(server.statements.slice(1)).toEqual([
      "SELECT `nombre` FROM spark.usuarios  WHERE ((`nombre` = 'ana')) AND (`id` < 2 or `id` is null)",
      "SELECT `nombre` FROM spark.usuarios  WHERE ((`nombre` = 'ana')) AND (`id` >= 2)",
    ]);
    expect(await source.partitionSizes?.()).toEqual([1, 1]);
  });

  test('pushDownPredicate=false keeps all filters in Spark', async () => {
    const source = await load(users(), { ...mysql, pushDownPredicate: 'false' });
    expect(source.takes?.({ kind: 'is_null', column: 'id' })).toBe(false);
  });

  test('every read asks the server anew, after the statement that prepares the session', async () => {
    const server = users();
    const source = await load(server, { ...mysql, sessionInitStatement: 'SET @x = 1' }, { predicates: ['id = 1'] });
    await rowsOf(source);
    await rowsOf(source);
    expect(server.statements.slice(1, 3)).toEqual([
      'SET @x = 1',
      'SELECT `id`,`nombre`,`visto` FROM spark.usuarios  WHERE id = 1',
    ]);
    expect(server.statements).toHaveLength(5);
  });

  test('what the server refuses fails the task', async () => {
    const server = new ScriptedServer((statement) => {
      if (statement.includes('1=0')) return { kind: 'rows', columns, rows: [] };
      throw new RelationalError(1054, '42S22', "Unknown column 'x' in 'WHERE'");
    });
    const source = await load(server, mysql);
    await expect(rowsOf(source)).rejects.toThrow(
      "(localhost executor driver): java.sql.SQLSyntaxErrorException: Unknown column 'x' in 'WHERE'",
    );
  });

  test('a server that has gone is a broken link', async () => {
    const server = users();
    const source = await load(server, mysql);
    server.relational = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    await expect(rowsOf(source)).rejects.toThrow(
      'com.mysql.cj.jdbc.exceptions.CommunicationsException: Communications link failure',
    );
  });
});
