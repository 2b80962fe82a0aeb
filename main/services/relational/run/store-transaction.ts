import type { Row } from '../../../../engine/core/spark-value.ts';
import type { DataType } from '../../../../engine/core/data-type.ts';
import type { Sql } from '../../../../engine/core/sql-text.ts';
import type { Connection } from '../../../../engine/duckdb/connection.ts';
import { translateFailure } from '../compile/raised-error.ts';
import type { StoreState } from './store-state.ts';
import { applyOperation, type WriteOperation } from './write-operation.ts';

/**
 * The transaction of one connection. DuckDB's begins with the first write, under the store's lock: until then every SELECT sees what others have committed.
 * DuckDB gives up a transaction when a statement in it fails, MariaDB does not: what was written before is then written again.
 */
export class StoreTransaction {
  readonly connection: Connection;
  private readonly state: StoreState;
  private isAutocommit = true;
  private isExplicit = false;
  private holdsLock = false;
  private hasBegun = false;
  private written: WriteOperation[] = [];

  constructor(connection: Connection, state: StoreState) {
    this.connection = connection;
    this.state = state;
  }

  get autocommit(): boolean {
    return this.isAutocommit;
  }

  async setAutocommit(on: boolean): Promise<void> {
    if (on && !this.isAutocommit) await this.commit();
    this.isAutocommit = on;
  }

  /** START TRANSACTION: commits the one that is open. */
  async begin(): Promise<void> {
    await this.commit();
    this.isExplicit = true;
  }

  async commit(): Promise<void> {
    if (this.hasBegun) await this.connection.commit();
    this.end();
  }

  async rollback(): Promise<void> {
    if (this.hasBegun) await this.connection.rollback();
    this.end();
  }

  private end(): void {
    this.isExplicit = false;
    this.hasBegun = false;
    this.written = [];
    if (this.holdsLock) this.state.lock.release();
    this.holdsLock = false;
  }

  async rows(text: Sql, types: readonly DataType[]): Promise<Row[]> {
    try {
      return await this.connection.rows(text, types);
    } catch (error) {
      if (this.hasBegun) await this.repeatWritten();
      throw translateFailure(error);
    }
  }

  /** Runs one statement that writes, alone among all connections; nothing of it stays when it fails. */
  async writing<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.holdsLock) {
      await this.state.lock.acquire();
      this.holdsLock = true;
    }
    const before = this.written.length;
    try {
      const result = await work();
      if (this.isAutocommit && !this.isExplicit) await this.commit();
      return result;
    } catch (error) {
      await this.undoTo(before);
      throw error;
    }
  }

  private async undoTo(count: number): Promise<void> {
    if (this.isAutocommit && !this.isExplicit) {
      await this.rollback();
      return;
    }
    if (this.written.length === count) return;
    this.written.length = count;
    await this.repeatWritten();
  }

  private async repeatWritten(): Promise<void> {
    await this.connection.rollback();
    await this.connection.begin();
    for (const operation of this.written) await applyOperation(this.connection, operation);
  }

  /** Inside `writing`. */
  async write(...operations: readonly WriteOperation[]): Promise<void> {
    if (!this.hasBegun) {
      await this.connection.begin();
      this.hasBegun = true;
    }
    for (const operation of operations) {
      await applyOperation(this.connection, operation);
      this.written.push(operation);
    }
  }
}
