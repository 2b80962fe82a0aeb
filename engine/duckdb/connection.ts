import { DuckDBDataChunk, type DuckDBConnection, type DuckDBMaterializedResult } from '@duckdb/node-api';
import type { DataType } from '../core/data-type.ts';
import type { Row, SparkValue } from '../core/spark-value.ts';
import type { Sql } from '../core/sql-text.ts';
import { sql } from '../core/sql-text.ts';
import { decodeChunk } from './decode-vector.ts';
import { duckdbType } from './duckdb-type.ts';
import { encodeValue } from './encode-value.ts';
import { translateError } from './translate-error.ts';

/** Rows that one data chunk holds; also the largest block that `blocks` yields. */
export const blockSize = 2048;

export type DescribedColumn = { readonly name: string; readonly duckdbType: string };

/**
 * One connection to a database. Statements run one after the other in the order of the calls, whoever calls.
 * Always text, never a prepared statement: DuckDB 1.5 keeps table statistics in prepared plans and then answers wrong rows.
 * A failed statement inside a transaction leaves nothing to do but `rollback`.
 */
export class Connection {
  private readonly connection: DuckDBConnection;
  private last: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  private begins = false;

  constructor(connection: DuckDBConnection) {
    this.connection = connection;
  }

  /** Runs one or several statements separated by `;`. */
  async run(text: Sql): Promise<void> {
    await this.execute(text);
  }

  /** All rows, decoded; `types` one for each column. */
  async rows(text: Sql, types: readonly DataType[]): Promise<Row[]> {
    const result = await this.execute(text);
    const rows: Row[] = [];
    for (let index = 0; index < result.chunkCount; index += 1)
      for (const row of decodeChunk(result.getChunk(index), types)) rows.push(row);
    return rows;
  }

  /** All rows in blocks of at most `blockSize`. DuckDB holds the result, so other statements may run between two blocks. */
  async *blocks(text: Sql, types: readonly DataType[]): AsyncIterable<readonly Row[]> {
    const result = await this.execute(text);
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      yield decodeChunk(chunk, types);
    }
  }

  /** The only row of a statement that has exactly one. */
  async one(text: Sql, types: readonly DataType[]): Promise<Row> {
    const rows = await this.rows(text, types);
    if (rows.length !== 1 || rows[0] === undefined) throw new Error(`${rows.length} rows where one was due: ${text}`);
    return rows[0];
  }

  /** The single BIGINT (or integer) of a one-row statement, as a number. */
  async count(text: Sql): Promise<number> {
    const [value] = await this.one(text, [{ kind: 'long' }]);
    return Number(value);
  }

  /** Column names and DuckDB types of a SELECT, without running it. */
  async describe(select: Sql): Promise<readonly DescribedColumn[]> {
    const texts: readonly DataType[] = Array.from({ length: 6 }, () => ({ kind: 'string' }));
    const rows = await this.rows(sql`DESCRIBE ${select}`, texts);
    return rows.map(([name, type]) => ({ name: name as string, duckdbType: type as string }));
  }

  /** Rows that an INSERT, UPDATE or DELETE touched. */
  async change(text: Sql): Promise<number> {
    return (await this.execute(text)).rowsChanged;
  }

  /** Appends decoded rows to a table of the current catalogue or of the temporary one (`isTemporary`), in blocks. */
  async appendRows(
    table: string,
    types: readonly DataType[],
    blocks: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
    isTemporary = false,
  ): Promise<number> {
    let count = 0;
    if (this.begins) await this.run(sql`SELECT 1`);
    for await (const block of blocks) {
      count += block.length;
      await this.exclusively(async () => this.appendBlock(table, types, block, isTemporary));
    }
    return count;
  }

  /** The transaction begins with the next statement: one trip to DuckDB's thread less. */
  begin(): void {
    this.begins = true;
  }

  commit = (): Promise<void> => this.run(sql`COMMIT`);

  async rollback(): Promise<void> {
    if (this.begins) this.begins = false;
    else await this.run(sql`ROLLBACK`);
  }

  /** Stops the running statement within about a millisecond; it rejects with `InterruptedStatement`. */
  interrupt(): void {
    if (!this.isClosed) this.connection.interrupt();
  }

  /** Waits for the running statement, then lets go. Harmless when repeated. */
  async close(): Promise<void> {
    await this.last.catch(() => undefined);
    if (this.isClosed) return;
    this.isClosed = true;
    this.connection.closeSync();
  }

  private execute(text: Sql): Promise<DuckDBMaterializedResult> {
    const whole = this.begins ? sql`BEGIN TRANSACTION; ${text}` : text;
    this.begins = false;
    return this.exclusively(() => this.connection.run(whole));
  }

  private exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(async () => {
      if (this.isClosed) throw new Error('the connection is closed');
      try {
        return await work();
      } catch (error) {
        throw translateError(error);
      }
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async appendBlock(
    table: string,
    types: readonly DataType[],
    rows: readonly Row[],
    isTemporary: boolean,
  ): Promise<void> {
    const appender = await this.connection.createAppender(
      table,
      isTemporary ? 'main' : null,
      isTemporary ? 'temp' : null,
    );
    const columnTypes = types.map(duckdbType);
    for (let start = 0; start < rows.length; start += blockSize) {
      const slice = rows.slice(start, start + blockSize);
      const chunk = DuckDBDataChunk.create(columnTypes, slice.length);
      types.forEach((type, column) => {
        chunk.setColumnValues(
          column,
          slice.map((row) => encodeValue(row[column] ?? (null as SparkValue), type)),
        );
      });
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  }
}
