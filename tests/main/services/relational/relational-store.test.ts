import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../engine/core/clock.ts';
import { RelationalStore } from '../../../../main/services/relational/relational-store.ts';
import { TestClock } from '../../../support/test-clock.ts';
import { describeRelationalClient } from './client-contract.ts';
import { failureOf, rowsOf, run } from './contract-steps.ts';

const nobody = { host: 'localhost', port: 3306, database: undefined, user: undefined, password: undefined };
const learner = { ...nobody, database: 'spark', user: 'iabd', password: 'iabd' };

describeRelationalClient('the embedded store', async () => {
  const own = mkdtempSync(join(tmpdir(), 'marea-relational-'));
  const store = await RelationalStore.open({ folder: own, clock: systemClock });
  return {
    connect: (login) => store.connect({ ...nobody, ...login }),
    close: async () => {
      await store.close();
      rmSync(own, { recursive: true, force: true });
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'marea-relational-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const openStore = (clock = systemClock): Promise<RelationalStore> => RelationalStore.open({ folder, clock });

describe('a new store', () => {
  test('holds the course’s table, and keeps what learners did to it', async () => {
    const store = await openStore();
    const client = await store.connect(learner);
    expect(await rowsOf(client, 'SELECT * FROM usuarios')).toEqual([
      [1n, 'Aitor Medrano', '2022-05-13 13:36:58'],
      [2n, 'Pedro Casas', '2022-05-14 13:46:58'],
      [3n, 'Laura García', '2022-05-15 13:56:58'],
      [4n, 'Mª Josep Vidal', '2022-05-16 14:06:58'],
    ]);
    await run(client, 'DELETE FROM usuarios WHERE id = 4', "UPDATE usuarios SET nombre = 'Ana' WHERE id = 1");
    await store.close();
    const again = await openStore();
    const later = await again.connect(learner);
    await run(later, "INSERT INTO usuarios (nombre, ultimoLogin) VALUES ('Beto', '2022-06-01')");
    expect(await rowsOf(later, 'SELECT id, nombre FROM usuarios')).toEqual([
      [1n, 'Ana'],
      [2n, 'Pedro Casas'],
      [3n, 'Laura García'],
      [5n, 'Beto'],
    ]);
    await again.close();
  });

  test('the whole script of the course can be pasted into one that was emptied', async () => {
    const store = await openStore();
    const root = await store.connect({ ...nobody, user: 'root' });
    await run(root, 'DROP DATABASE spark');
    await run(
      root,
      'CREATE DATABASE `spark` /*!40100 DEFAULT CHARACTER SET utf8mb4 */',
      'CREATE TABLE spark.usuarios (id INT)',
    );
    expect(await failureOf(root.query('CREATE DATABASE `spark` /*!40100 DEFAULT CHARACTER SET utf8mb4 */'))).toEqual([
      1007,
      'HY000',
      "Can't create database 'spark'; database exists",
    ]);
    await store.close();
    const again = await openStore();
    const client = await again.connect(learner);
    expect(await rowsOf(client, 'SELECT * FROM usuarios')).toEqual([]);
    await again.close();
  });
});

test('a reset brings the course’s database back, and open connections go on', async () => {
  const store = await openStore();
  const client = await store.connect(learner);
  await run(client, 'DROP TABLE usuarios', 'CREATE TABLE otra (a INT)', 'CREATE DATABASE mia');
  await client.begin();
  await run(client, 'INSERT INTO otra VALUES (1)');
  await store.reset();
  expect(await rowsOf(client, 'SHOW TABLES')).toEqual([['usuarios']]);
  expect(await rowsOf(client, 'SELECT COUNT(*) FROM usuarios')).toEqual([[4n]]);
  expect(await rowsOf(client, 'SHOW DATABASES')).toEqual([['information_schema'], ['spark']]);
  const { bytes, connections } = store.status();
  expect(bytes).toBeGreaterThan(0);
  expect(connections).toBe(1);
  await store.close();
});

test('a table that is dropped and made again is there or not for those who read it meanwhile', async () => {
  const store = await openStore();
  const [writer, reader] = [await store.connect(learner), await store.connect(learner)];
  const seen = new Set<string>();
  const writing = (async () => {
    for (let n = 0; n < 40; n += 1) {
      await run(writer, 'DROP TABLE IF EXISTS t', 'CREATE TABLE t AS SELECT 7 AS x');
    }
  })();
  let isWritten = false;
  void writing.then(() => (isWritten = true));
  while (!isWritten) {
    // A name that is refused never leaves this thread: without this the writer would not get its turn.
    await rowsOf(reader, 'SELECT 1');
    seen.add(JSON.stringify(await rowsOf(reader, 'SELECT x FROM t').catch((error: Error) => error.message)));
  }
  await writing;
  expect(seen).toEqual(new Set(['[[7]]', JSON.stringify("Table 'spark.t' doesn't exist")]));
  await store.close();
});

test('NOW() is the time of the clock that the store was given', async () => {
  const clock = new TestClock(new Date(2022, 4, 13, 13, 36, 58, 250).getTime());
  const store = await openStore(clock);
  const client = await store.connect(learner);
  expect(await rowsOf(client, 'SELECT NOW(), NOW(3), CURDATE()')).toEqual([
    ['2022-05-13 13:36:58', '2022-05-13 13:36:58.250', '2022-05-13'],
  ]);
  clock.advance(60_000);
  expect(await rowsOf(client, 'SELECT NOW()')).toEqual([['2022-05-13 13:37:58']]);
  await store.close();
});

test('a writer that waits 50 seconds for another is told so', async () => {
  const clock = new TestClock(0);
  const store = await openStore(clock);
  const [one, two] = [await store.connect(learner), await store.connect(learner)];
  await one.begin();
  await run(one, 'DELETE FROM usuarios WHERE id = 1');
  const waiting = failureOf(two.query('DELETE FROM usuarios WHERE id = 2'));
  // The wait has begun once a statement that follows it in the queue of the event loop has run.
  await rowsOf(one, 'SELECT 1');
  clock.advance(50_000);
  expect(await waiting).toEqual([1205, 'HY000', 'Lock wait timeout exceeded; try restarting transaction']);
  await one.rollback();
  expect(await rowsOf(two, 'SELECT COUNT(*) FROM usuarios')).toEqual([[4n]]);
  await store.close();
});

test('what MariaDB has and the store has not is refused by name', async () => {
  const store = await openStore();
  const client = await store.connect(learner);
  for (const [text, what] of [
    ['CREATE VIEW v AS SELECT 1', 'CREATE VIEW'],
    ['CALL p()', 'CALL'],
    ['CREATE TABLE t (a BIGINT UNSIGNED, FOREIGN KEY (a) REFERENCES usuarios (id))', 'FOREIGN KEY'],
    ['CREATE TABLE t (a INT CHECK (a > 0))', 'CHECK'],
    ['EXPLAIN SELECT 1', 'EXPLAIN SELECT'],
    ['SELECT RAND(3)', 'RAND(N)'],
    [
      'SELECT a.id FROM usuarios a LEFT JOIN usuarios b ON a.id = b.id OR a.id IN (SELECT MAX(id) FROM usuarios)',
      'Cannot perform non-inner join on subquery!',
    ],
  ] as const) {
    expect(await failureOf(client.query(text))).toEqual([
      1235,
      '42000',
      `This version of MariaDB doesn't yet support '${what}'`,
    ]);
  }
  await store.close();
});
