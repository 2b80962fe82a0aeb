import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RelationalAddress, RelationalClient } from '../../../engine/api/relational-client.ts';
import type { Clock } from '../../../engine/core/clock.ts';
import { sql } from '../../../engine/core/sql-text.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { requireAccess } from './catalog/catalog.ts';
import { macros } from './compile/macros.ts';
import { dateScalars } from './functions/date-format.ts';
import { RelationalSession } from './relational-session.ts';
import { accessDenied } from './relational-errors.ts';
import { readCatalog, readCounters, storageTables } from './run/catalog-storage.ts';
import { StoreState } from './run/store-state.ts';
import { WriteLock } from './run/write-lock.ts';
import { seedStatements } from './seed.ts';

export type RelationalStoreOptions = {
  /** Absolute; made if it is not there. Holds the one file of the store. */
  readonly folder: string;
  readonly clock: Clock;
};

/** `bytes`: of the file and its log on disk. */
export type RelationalStatus = { readonly bytes: number; readonly connections: number };

/** MariaDB sorts by a constant and leaves the rows as they are; DuckDB refuses, lest somebody meant a column. */
const settings = [sql`SET GLOBAL order_by_non_integer_literal = true`];

/** Users and their passwords: the course's, and `root` without one. */
const users: ReadonlyMap<string, string> = new Map([
  ['iabd', 'iabd'],
  ['root', ''],
]);

/** The embedded relational store: MariaDB's dialect over one DuckDB file. */
export class RelationalStore {
  private readonly path: string;
  private readonly database: Database;
  private readonly state: StoreState;
  private readonly sessions = new Set<RelationalSession>();
  private lastConnectionId = 0;

  private constructor(path: string, database: Database, state: StoreState) {
    this.path = path;
    this.database = database;
    this.state = state;
  }

  /** Opens the store of a folder, with the course's database `spark` in it if it is new. */
  static async open({ folder, clock }: RelationalStoreOptions): Promise<RelationalStore> {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'relational.duckdb');
    const database = await openDatabase({
      path,
      threads: 1,
      memoryLimit: '512MB',
      temporaryFolder: join(folder, 'spill'),
      scalars: dateScalars,
    });
    const connection = await database.connect();
    for (const statement of [...settings, ...storageTables, ...macros]) await connection.run(statement);
    const catalog = await readCatalog(connection);
    const state = new StoreState(clock, new WriteLock(clock), catalog, await readCounters(connection));
    await connection.close();
    const store = new RelationalStore(path, database, state);
    await store.seed();
    return store;
  }

  /** Logs in. Rejects with MariaDB's errors: 1045 for a wrong user or password, 1044 and 1049 for a database that is not there. */
  async connect(address: RelationalAddress): Promise<RelationalClient> {
    const user = address.user ?? '';
    const password = address.password ?? '';
    if (users.get(user) !== password) throw accessDenied(user, password !== '');
    const { database } = address;
    if (database !== undefined) requireAccess(this.state.catalog, database, user);
    return this.newSession(user, database);
  }

  /** Back to the course's database as it was at first; open connections go on, their transactions are rolled back. */
  async reset(): Promise<void> {
    await Promise.all(Array.from(this.sessions, (session) => session.rollback()));
    const session = await this.newSession('root', undefined);
    for (const { name } of this.state.catalog.databases)
      await session.query(`DROP DATABASE \`${name.replaceAll('`', '``')}\``);
    await session.close();
    await this.seed();
  }

  status(): RelationalStatus {
    const bytes = ['', '.wal'].map((end) => statSync(`${this.path}${end}`, { throwIfNoEntry: false })?.size ?? 0);
    return { bytes: bytes.reduce((sum, size) => sum + size, 0), connections: this.sessions.size };
  }

  /** Rolls back what is open, and closes the file. */
  async close(): Promise<void> {
    // All at once: one may wait for the lock of another.
    await Promise.all(Array.from(this.sessions, (session) => session.close()));
    await this.database.close();
  }

  private async newSession(user: string, database: string | undefined): Promise<RelationalSession> {
    this.lastConnectionId += 1;
    const session: RelationalSession = new RelationalSession(await this.database.connect(), this.state, {
      user,
      database,
      connectionId: this.lastConnectionId,
      connections: () => this.sessions.size,
      closed: () => this.sessions.delete(session),
    });
    this.sessions.add(session);
    return session;
  }

  /** Only a store without any database is new: one whose `spark` a learner dropped stays without it. */
  private async seed(): Promise<void> {
    if (this.state.catalog.databases.length > 0) return;
    const session = await this.newSession('root', undefined);
    for (const statement of seedStatements) await session.query(statement);
    await session.close();
  }
}
