import type { Clock } from '../../../../engine/core/clock.ts';
import { sql } from '../../../../engine/core/sql-text.ts';
import type { Connection } from '../../../../engine/duckdb/connection.ts';
import type { Catalog, Table } from '../catalog/catalog.ts';
import { rowNumberName, storedTableName } from '../compile/compile-from.ts';
import type { WriteLock } from './write-lock.ts';

/** What the connections of one store share. */
export class StoreState {
  readonly clock: Clock;
  readonly lock: WriteLock;
  readonly openedAt: number;
  /** Changed only by whoever holds the lock, together with what DuckDB holds. */
  catalog: Catalog;
  private readonly counters: Map<number, bigint>;
  private readonly rowNumbers = new Map<number, bigint>();

  constructor(clock: Clock, lock: WriteLock, catalog: Catalog, counters: Map<number, bigint>) {
    this.clock = clock;
    this.lock = lock;
    this.openedAt = clock.now();
    this.catalog = catalog;
    this.counters = counters;
  }

  /** The next number of the table's column that counts itself; numbers that a rollback gave back are not used again, as in InnoDB. */
  nextNumber = (table: Table): bigint => this.counters.get(table.id) ?? 1n;

  setNextNumber(table: Table, next: bigint): void {
    this.counters.set(table.id, next);
  }

  /** The first of `count` row numbers that no row of the table has. */
  async takeRowNumbers(table: Table, count: number, connection: Connection): Promise<bigint> {
    const known = this.rowNumbers.get(table.id);
    const first = known ?? BigInt(await connection.count(lastNumber(table))) + 1n;
    this.rowNumbers.set(table.id, first + BigInt(count));
    return first;
  }
}

const lastNumber = (table: Table) =>
  sql`SELECT CAST(coalesce(max(${rowNumberName}), 0) AS BIGINT) FROM ${storedTableName(table)}`;
