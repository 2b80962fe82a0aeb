import { expect, test } from 'vitest';
import { RelationalError, type RelationalClient } from '../../../../engine/api/relational-client.ts';
import { relationalCalls } from '../../../../main/connectors/calls/relational-calls.ts';

const signal = new AbortController().signal;
const login = { host: 'localhost', port: 3306, user: 'iabd', password: 'iabd', database: null };

/** A client that keeps what it was told, in order. */
function recordingClient(told: string[]): RelationalClient {
  const tell = (text: string) => async () => void told.push(text);
  return {
    serverVersion: '10.11.6-MariaDB',
    query: async (statement) => {
      told.push(statement);
      if (statement.includes('nohay')) throw new RelationalError(1146, '42S02', "Table 'spark.nohay' doesn't exist");
      return { kind: 'done', affectedRows: 1, insertId: 2n ** 60n, warnings: 0, info: '' };
    },
    batch: () => Promise.reject(new Error('not asked')),
    begin: tell('(begin)'),
    commit: tell('(commit)'),
    rollback: tell('(rollback)'),
    close: tell('(close)'),
  };
}

async function connected(): Promise<{
  readonly told: string[];
  readonly ask: (operation: string, input?: object) => Promise<unknown>;
  readonly close: () => Promise<void>;
}> {
  const told: string[] = [];
  const calls = relationalCalls({ relational: async () => recordingClient(told) });
  const { connection } = (await calls.call('relational.connect', login, signal)) as { connection: string };
  return {
    told,
    ask: (operation, input = {}) => calls.call(`relational.${operation}`, { connection, ...input }, signal),
    close: () => calls.close(),
  };
}

test('without autocommit the first statement on a table opens a transaction, and commit ends it', async () => {
  const { told, ask } = await connected();
  await ask('execute', { statement: 'SELECT 1', autocommit: false });
  await ask('execute', { statement: 'INSERT INTO t VALUES (1)', autocommit: false });
  await ask('execute', { statement: 'SELECT * FROM t', autocommit: false });
  expect(await ask('commit')).toEqual({ inTransaction: false });
  await ask('execute', { statement: 'DELETE FROM t', autocommit: false });
  expect(await ask('rollback')).toEqual({ inTransaction: false });
  expect(told).toEqual([
    'SELECT 1',
    '(begin)',
    'INSERT INTO t VALUES (1)',
    'SELECT * FROM t',
    '(commit)',
    '(begin)',
    'DELETE FROM t',
    '(rollback)',
  ]);
});

test('a definition commits what was open, and opens nothing', async () => {
  const { told, ask } = await connected();
  await ask('execute', { statement: 'INSERT INTO t VALUES (1)', autocommit: false });
  expect(await ask('execute', { statement: '/* nueva */ CREATE TABLE u (a INT)', autocommit: false })).toMatchObject({
    inTransaction: false,
  });
  expect(told).toEqual(['(begin)', 'INSERT INTO t VALUES (1)', '(commit)', '/* nueva */ CREATE TABLE u (a INT)']);
});

test('transactions may be written as statements, and autocommit needs none', async () => {
  const { told, ask } = await connected();
  await ask('execute', { statement: 'UPDATE t SET a = 1', autocommit: true });
  expect(await ask('execute', { statement: 'START TRANSACTION;', autocommit: true })).toMatchObject({
    inTransaction: true,
  });
  await ask('execute', { statement: 'ROLLBACK', autocommit: true });
  expect(told).toEqual(['UPDATE t SET a = 1', '(begin)', '(rollback)']);
});

test('values travel as JSON: 64-bit integers as text, bytes as base64', async () => {
  const calls = relationalCalls({
    relational: async () => ({
      ...recordingClient([]),
      query: async () => ({ kind: 'rows', columns: [], rows: [[1, 2n ** 63n, 'x', null, Uint8Array.of(1, 2)]] }),
    }),
  });
  const { connection } = (await calls.call('relational.connect', login, signal)) as { connection: string };
  const input = { connection, statement: 'SELECT 1', autocommit: true };
  expect(await calls.call('relational.execute', input, signal)).toMatchObject({
    kind: 'rows',
    rows: [[1, '9223372036854775808', 'x', null, 'AQI=']],
  });
});

test("the server's errors are answers, and so is a server that is not there", async () => {
  const { ask } = await connected();
  expect(await ask('execute', { statement: 'SELECT * FROM nohay', autocommit: true })).toEqual({
    error: { errno: 1146, sqlState: '42S02', message: "Table 'spark.nohay' doesn't exist" },
  });
  const refusing = relationalCalls({
    relational: () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })),
  });
  expect(await refusing.call('relational.connect', login, signal)).toEqual({
    error: {
      errno: 2003,
      sqlState: null,
      message: "Can't connect to MySQL server on 'localhost:3306' (Errno 111: Connection refused)",
    },
  });
});

test('closing ends every connection, and a closed one answers no more', async () => {
  const { told, ask, close } = await connected();
  await close();
  expect(told).toEqual(['(close)']);
  expect(await ask('execute', { statement: 'SELECT 1', autocommit: true })).toMatchObject({ error: { errno: 2055 } });
});

test('input of another shape is refused, and an interrupt ends the wait', async () => {
  const { ask } = await connected();
  await expect(ask('execute', { statement: 5, autocommit: true })).rejects.toThrow('statement');
  const stop = new AbortController();
  const slow = relationalCalls({ relational: () => new Promise(() => undefined) });
  const waiting = slow.call('relational.connect', login, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
