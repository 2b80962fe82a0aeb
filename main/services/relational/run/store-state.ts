import type { Clock } from '../../../../engine/core/clock.ts';
import { longType } from '../../../../engine/core/data-type.ts';
import { sql } from '../../../../engine/core/sql-text.ts';
import type { Connection } from '../../../../engine/duckdb/connection.ts';
import type { Catalog, Table } from '../catalog/catalog.ts';
import { rowNumberName, storedColumnName, storedTableName } from '../compile/compile-from.ts';
import type { WriteLock } from './write-lock.ts';

/** What the connections of one store share. */
export class StoreState {
  readonly clock: Clock;
  readonly lock: WriteLock;
  readonly openedAt: number;
  /** Changed only by whoever holds the lock, together with what DuckDB holds. */
  catalog: Catalog;
  /** Counts up whenever somebody who may have written is done. */
  changes = 0;
  private readonly counters: Map<number, bigint>;
  private readonly loadedCounters = new Set<number>();
  private readonly rowNumbers = new Map<number, bigint>();

  constructor(clock: Clock, lock: WriteLock, catalog: Catalog, counters: Map<number, bigint>) {
    this.clock = clock;
    this.lock = lock;
    this.openedAt = clock.now();
    this.catalog = catalog;
    this.counters = counters;
  }

  /** The next number of the table's column that counts itself, once `loadCounter` has seen to it; what a rollback gave back is not used again, as in InnoDB. */
  nextNumber = (table: Table): bigint => this.counters.get(table.id) ?? 1n;

  /** The counter is written only when rows go; otherwise the largest number in the table says where it stands. */
  async loadCounter(table: Table, connection: Connection): Promise<void> {
    const column = table.columns.find((each) => each.isAutoIncrement);
    if (column === undefined || this.loadedCounters.has(table.id)) return;
    const name = storedColumnName(column);
    const largest = sql`SELECT CAST(coalesce(max(${name}), 0) AS UBIGINT) FROM ${storedTableName(table)} WHERE ${name} > 0`;
    const [last] = await connection.one(largest, [longType]);
    const next = (last as bigint) + 1n;
    if (next > this.nextNumber(table)) this.counters.set(table.id, next);
    this.loadedCounters.add(table.id);
  }

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
