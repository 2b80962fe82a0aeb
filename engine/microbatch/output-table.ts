import type { DataType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';
import { sql, sqlInteger, sqlName, type Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import { makeTable } from './plain-step.ts';

/** The temporary table with the rows of the batch. */
const tableName = sqlName('batch_output');

/**
 * The rows that a sink gets. They are evaluated once: into a table when somebody wants more than a look, or into memory when they are few and somebody
 * wants all of them, which spares a small batch the table.
 */
export class OutputTable {
  private readonly connection: Connection;
  private readonly select: Sql;
  private readonly types: readonly DataType[];
  private readonly mayBeFew: boolean;
  private made: Promise<void> | undefined;
  private inMemory: readonly Row[] | undefined;

  /** `mayBeFew`: worth a look before the table is made. */
  constructor(connection: Connection, select: Sql, types: readonly DataType[], mayBeFew: boolean) {
    this.connection = connection;
    this.mayBeFew = mayBeFew;
    this.select = select;
    this.types = types;
  }

  /** All rows, if they are at most `limit`; else undefined, and they are in the table. */
  async few(limit: number): Promise<readonly Row[] | undefined> {
    if (this.inMemory) return this.inMemory.length <= limit ? this.inMemory : undefined;
    if (!this.mayBeFew) return undefined;
    const from = this.made ? await this.table() : sql`(${this.select})`;
    const rows = await this.read(from, limit + 1);
    if (rows.length > limit) return undefined;
    if (!this.made) this.inMemory = rows;
    return rows;
  }

  /** The first `limit` rows. */
  async rows(limit: number): Promise<readonly Row[]> {
    return this.inMemory?.slice(0, limit) ?? this.read(await this.table(), limit);
  }

  async count(): Promise<number> {
    return this.inMemory?.length ?? this.connection.count(sql`SELECT count(*) FROM ${await this.table()}`);
  }

  /** The table's name; it is there when this resolves. */
  async table(): Promise<Sql> {
    this.made ??= makeTable(this.connection, tableName, this.select);
    await this.made;
    return tableName;
  }

  private read(from: Sql, limit: number): Promise<readonly Row[]> {
    return this.connection.rows(sql`SELECT * FROM ${from} LIMIT ${sqlInteger(limit)}`, this.types);
  }
}
