import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RelationalAddress, RelationalClient } from '../../../../engine/api/relational-client.ts';
import { describeChanges } from './contract-changes.ts';
import { describeDefinitions } from './contract-definitions.ts';
import { describeMetadata } from './contract-metadata.ts';
import { describeQueries } from './contract-queries.ts';
import { describeTransactions } from './contract-transactions.ts';
import { failureOf } from './contract-steps.ts';

export type Connect = (login: Partial<RelationalAddress>) => Promise<RelationalClient>;

/** What a test gets: a connection as `root` in a database that is empty and the test's own. */
export type Bench = { readonly client: () => RelationalClient; readonly connect: Connect };

/**
 * What every client of a relational server promises; run on the embedded store and on a real MariaDB.
 * `open` answers how to log in; `close` ends what it opened.
 */
export function describeRelationalClient(
  name: string,
  open: () => Promise<{ readonly connect: Connect; readonly close: () => Promise<void> }>,
): void {
  describe(`${name} keeps the contract of a relational client`, () => {
    let server: { readonly connect: Connect; readonly close: () => Promise<void> };
    let client: RelationalClient;
    const bench: Bench = { client: () => client, connect: (login) => server.connect(login) };

    beforeAll(async () => {
      server = await open();
    }, 60_000);
    afterAll(() => server.close());
    beforeEach(async () => {
      client = await server.connect({ user: 'root', database: 'spark' });
      await client.query('CREATE DATABASE contrato');
      await client.query('USE contrato');
    });
    afterEach(async () => {
      await client.query('ROLLBACK');
      await client.query('DROP DATABASE contrato');
      await client.close();
    });

    describeLogin(bench);
    describeMetadata(bench);
    describeQueries(bench);
    describeChanges(bench);
    describeDefinitions(bench);
    describeTransactions(bench);
  });
}

function describeLogin({ client, connect }: Bench): void {
  test('a wrong password, an unknown user and an unknown database are refused', async () => {
    expect(await failureOf(connect({ user: 'iabd', password: 'mala' }))).toEqual([
      1045,
      '28000',
      "Access denied for user 'iabd'@'localhost' (using password: YES)",
    ]);
    expect(await failureOf(connect({ user: 'iabd' }))).toEqual([
      1045,
      '28000',
      "Access denied for user 'iabd'@'localhost' (using password: NO)",
    ]);
    expect(await failureOf(connect({ user: 'nadie', password: 'x' }))).toEqual([
      1045,
      '28000',
      "Access denied for user 'nadie'@'localhost' (using password: YES)",
    ]);
    expect(await failureOf(connect({ user: 'iabd', password: 'iabd', database: 'nohay' }))).toEqual([
      1044,
      '42000',
      "Access denied for user 'iabd'@'localhost' to database 'nohay'",
    ]);
    expect(await failureOf(connect({ user: 'root', database: 'nohay' }))).toEqual([
      1049,
      '42000',
      "Unknown database 'nohay'",
    ]);
  });

  test('the greeting names a MariaDB 10.11', () => {
    expect(client().serverVersion).toMatch(/^10\.11\.\d+-MariaDB/);
  });

  test('without a database a table needs its database in front', async () => {
    const other = await connect({ user: 'iabd', password: 'iabd' });
    expect(await failureOf(other.query('SELECT * FROM usuarios'))).toEqual([1046, '3D000', 'No database selected']);
    expect(await failureOf(other.query('CREATE TABLE t (a INT)'))).toEqual([1046, '3D000', 'No database selected']);
    await other.close();
  });
}
