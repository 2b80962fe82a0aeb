import type { DataType } from '../../../../engine/core/data-type.ts';
import type { Row } from '../../../../engine/core/spark-value.ts';
import type { Sql } from '../../../../engine/core/sql-text.ts';
import type { Connection } from '../../../../engine/duckdb/connection.ts';
import { translateFailure } from '../compile/raised-error.ts';
import type { StoreState } from './store-state.ts';
import { applyOperations, type WriteOperation } from './write-operation.ts';

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
  /** Of the open transaction. */
  private written: WriteOperation[] = [];
  /** Of the statement that runs: written when it has succeeded. */
  private pending: WriteOperation[] = [];

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
    this.releaseLock();
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
  writing<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.exclusively(work, this.isAutocommit && !this.isExplicit, () => undefined);
  }

  /** The same for a statement that commits itself and what was open before; `committed` is called before the next writer comes in. */
  async writingAlone<Result>(work: () => Promise<Result>, committed: () => void): Promise<Result> {
    await this.commit();
    return this.exclusively(work, true, committed);
  }

  private async exclusively<Result>(
    work: () => Promise<Result>,
    isAlone: boolean,
    written: () => void,
  ): Promise<Result> {
    if (!this.holdsLock) {
      await this.state.lock.acquire();
      this.holdsLock = true;
    }
    this.pending = [];
    try {
      const result = await work();
      await this.writePending(isAlone);
      written();
      return result;
    } finally {
      // A statement that failed in a transaction leaves it open, with its lock if it has written.
      if (isAlone || !this.hasBegun) this.releaseLock();
    }
  }

  /** Reads while nobody writes. */
  async undisturbed<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.holdsLock) return work();
    await this.state.lock.acquire();
    try {
      return await work();
    } finally {
      this.state.lock.release();
    }
  }

  private releaseLock(): void {
    if (this.holdsLock) {
      this.state.changes += 1;
      this.state.lock.release();
    }
    this.holdsLock = false;
  }

  /** Inside `writing`: what the statement leaves behind, in this order, once it has succeeded. */
  write(...operations: readonly WriteOperation[]): void {
    this.pending.push(...operations);
  }

  private async writePending(isAlone: boolean): Promise<void> {
    const operations = this.pending;
    if (operations.length === 0) return;
    if (isAlone) {
      await this.applyAlone(operations);
      return;
    }
    if (!this.hasBegun) this.connection.begin();
    this.hasBegun = true;
    try {
      await applyOperations(this.connection, operations, false);
      this.written.push(...operations);
    } catch (error) {
      await this.repeatWritten();
      throw error;
    }
  }

  private async applyAlone(operations: readonly WriteOperation[]): Promise<void> {
    try {
      await applyOperations(this.connection, operations, true);
    } catch (error) {
      await this.connection.rollback();
      throw error;
    }
  }

  private async repeatWritten(): Promise<void> {
    await this.connection.rollback();
    this.connection.begin();
    if (this.written.length > 0) await applyOperations(this.connection, this.written, false);
  }
}
