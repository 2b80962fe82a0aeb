import type { StateSchema, StreamLimitStep } from '../compile/compiled-step.ts';
import type { BatchId } from '../core/ids.ts';
import { sql, sqlInteger, sqlName, type Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import type { StatefulBatch, StatefulOperator, StateMetrics } from './stateful-batch.ts';

/** `limit` on a stream: the first rows of the whole stream, counted over all batches. */
export class LimitState implements StatefulOperator<StreamLimitStep> {
  readonly operator: number;
  readonly name = 'globalLimit';
  private readonly table: Sql;
  private taken = 0;

  constructor(operator: number) {
    this.operator = operator;
    this.table = sqlName(`state_limit_${operator}`);
  }

  createState(): readonly Sql[] {
    return [sql`CREATE TABLE IF NOT EXISTS ${this.table} (taken BIGINT, batch BIGINT)`];
  }

  async load(_step: StreamLimitStep, connection: Connection): Promise<void> {
    this.taken = await connection.count(sql`SELECT CAST(coalesce(sum(taken), 0) AS BIGINT) FROM ${this.table}`);
  }

  undo(batchId: BatchId): readonly Sql[] {
    return [sql`DELETE FROM ${this.table} WHERE batch = ${sqlInteger(batchId)}`];
  }

  wantsNoDataBatch(): boolean {
    return false;
  }

  schemas(): readonly StateSchema[] {
    return [{ key: [], value: [{ name: 'limit', type: { kind: 'long' }, nullable: true }] }];
  }

  async run(step: StreamLimitStep, batch: StatefulBatch): Promise<StateMetrics> {
    const start = performance.now();
    const left = Math.max(0, step.count - this.taken);
    await batch.connection.run(
      sql`CREATE OR REPLACE TEMP TABLE ${step.table} AS SELECT * FROM (${step.input}) LIMIT ${sqlInteger(left)}`,
    );
    const rows = await batch.connection.count(sql`SELECT count(*) FROM ${step.table}`);
    if (rows > 0)
      await batch.connection.run(
        sql`INSERT INTO ${this.table} VALUES (${sqlInteger(rows)}, ${sqlInteger(batch.batchId)})`,
      );
    this.taken += rows;
    return {
      rowsTotal: this.taken > 0 ? 1 : 0,
      rowsUpdated: rows > 0 ? 1 : 0,
      rowsRemoved: 0,
      rowsDropped: 0,
      updatesMs: performance.now() - start,
      removalsMs: 0,
    };
  }
}
