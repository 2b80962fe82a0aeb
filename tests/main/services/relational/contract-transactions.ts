import { describe, expect, test } from 'vitest';
import type { Bench } from './client-contract.ts';
import { failureOf, rowsOf, run } from './contract-steps.ts';

export function describeTransactions({ client, connect }: Bench): void {
  describe('transactions', () => {
    test('others see rows only after the commit', async () => {
      await run(client(), 'CREATE TABLE t (id INT PRIMARY KEY)');
      const other = await connect({ user: 'root', database: 'contrato' });
      await client().begin();
      await client().batch('INSERT INTO t VALUES (?)', [[1], [2]]);
      expect(await rowsOf(client(), 'SELECT COUNT(*) FROM t')).toEqual([[2n]]);
      expect(await rowsOf(other, 'SELECT COUNT(*) FROM t')).toEqual([[0n]]);
      await client().commit();
      expect(await rowsOf(other, 'SELECT COUNT(*) FROM t')).toEqual([[2n]]);
      await other.close();
    });

    test('a rollback undoes everything, a refused statement only itself', async () => {
      await run(
        client(),
        'CREATE TABLE t (id INT PRIMARY KEY, n INT)',
        'INSERT INTO t VALUES (1, 1)',
        'START TRANSACTION',
      );
      await run(client(), 'INSERT INTO t VALUES (2, 2)', 'UPDATE t SET n = 9 WHERE id = 1');
      expect(await failureOf(client().query('INSERT INTO t VALUES (3, 3), (2, 2)'))).toEqual([
        1062,
        '23000',
        "Duplicate entry '2' for key 'PRIMARY'",
      ]);
      expect((await failureOf(client().query('SELECT (SELECT id FROM t)')))[0]).toBe(1242);
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([
        [1, 9],
        [2, 2],
      ]);
      await run(client(), 'ROLLBACK');
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([[1, 1]]);
    });

    test('without autocommit a transaction is always open', async () => {
      await run(
        client(),
        'CREATE TABLE t (id INT)',
        'SET autocommit = 0',
        'INSERT INTO t VALUES (1)',
        'ROLLBACK',
        'INSERT INTO t VALUES (2)',
        'SET autocommit = 1',
      );
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([[2]]);
    });

    test('a definition commits what was open, and a closed connection rolls back', async () => {
      await run(client(), 'CREATE TABLE t (id INT)');
      const other = await connect({ user: 'root', database: 'contrato' });
      await other.begin();
      await run(other, 'INSERT INTO t VALUES (1)', 'CREATE TABLE u (id INT)');
      await other.begin();
      await run(other, 'INSERT INTO t VALUES (2)');
      await other.close();
      expect(await rowsOf(client(), 'SELECT * FROM t')).toEqual([[1]]);
    });

    test('a second writer waits for the first', async () => {
      await run(client(), 'CREATE TABLE t (id INT PRIMARY KEY, n INT)', 'INSERT INTO t VALUES (1, 0)');
      const other = await connect({ user: 'root', database: 'contrato' });
      await client().begin();
      await run(client(), 'UPDATE t SET n = n + 1');
      const waiting = other.query('UPDATE t SET n = n + 1');
      await run(client(), 'UPDATE t SET n = n + 10');
      await client().commit();
      await waiting;
      expect(await rowsOf(client(), 'SELECT n FROM t')).toEqual([[12]]);
      await other.close();
    });
  });
}
