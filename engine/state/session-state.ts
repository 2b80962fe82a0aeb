import type { OutputMode } from '../api/sink.ts';
import type { SessionStep, StateSchema } from '../compile/compiled-step.ts';
import type { BatchId } from '../core/ids.ts';
import { sql, sqlInteger, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import { columnDefinitions, columnList, keyMatch } from './key-match.ts';
import { watermarkUs, type StatefulBatch, type StatefulOperator, type StateMetrics } from './stateful-batch.ts';

/**
 * Session windows. A batch's sessions are merged with the stored ones of the same keys, which they replace. A replaced row is only marked (`died` = the batch)
 * and goes with the next batch, so that one batch can be undone.
 */
export class SessionState implements StatefulOperator<SessionStep> {
  readonly operator: number;
  readonly name = 'defaultName';
  private readonly table: Sql;
  private readonly batchTable: Sql;
  private readonly merged: Sql;
  private sessions = 0;

  constructor(operator: number) {
    this.operator = operator;
    this.table = sqlName(`state_session_${operator}`);
    this.batchTable = sqlName(`batch_rows_${operator}`);
    this.merged = sqlName(`merged_sessions_${operator}`);
  }

  createState(step: SessionStep): readonly Sql[] {
    const columns = [
      ...columnDefinitions(step.keys),
      sql`w_start BIGINT`,
      sql`w_end BIGINT`,
      ...columnDefinitions(step.partials),
      sql`batch BIGINT`,
      sql`died BIGINT`,
    ];
    return [sql`CREATE TABLE IF NOT EXISTS ${this.table} (${sqlJoin(columns, ', ')})`];
  }

  async load(step: SessionStep, connection: Connection, evictedMs: number, outputMode: OutputMode): Promise<void> {
    const open = closesIn(step, outputMode) ? sql` AND w_end > ${sqlInteger(watermarkUs(evictedMs))}` : sql``;
    this.sessions = await connection.count(sql`SELECT count(*) FROM ${this.table} WHERE died IS NULL${open}`);
  }

  undo(batchId: BatchId): readonly Sql[] {
    const batch = sqlInteger(batchId);
    return [
      sql`DELETE FROM ${this.table} WHERE batch = ${batch}`,
      sql`UPDATE ${this.table} SET died = NULL WHERE died = ${batch}`,
    ];
  }

  wantsNoDataBatch(_step: SessionStep, outputMode: OutputMode): boolean {
    return outputMode !== 'complete';
  }

  schemas(step: SessionStep): readonly StateSchema[] {
    return [step.schema];
  }

  async run(step: SessionStep, batch: StatefulBatch): Promise<StateMetrics> {
    const { connection } = batch;
    const start = performance.now();
    const closes = closesIn(step, batch.outputMode);
    const forgotten = closes
      ? sql`died IS NOT NULL OR w_end <= ${sqlInteger(watermarkUs(batch.evictedMs))}`
      : sql`died IS NOT NULL`;
    await connection.run(sql`DELETE FROM ${this.table} WHERE ${forgotten};
      CREATE OR REPLACE TEMP TABLE ${this.batchTable} AS ${step.batchRows}`);
    const dropped = step.hasWatermark
      ? await connection.change(
          sql`DELETE FROM ${this.batchTable} WHERE w_end <= ${sqlInteger(watermarkUs(batch.lateMs))}`,
        )
      : 0;
    const { gone, added, written } = await this.merge(step, batch);
    await connection.run(
      sql`CREATE OR REPLACE TEMP TABLE ${step.table} AS ${step.result(sql`(${this.outputRows(step, batch, closes)})`)}`,
    );
    const closed = closes ? await connection.count(sql`SELECT count(*) FROM ${step.table}`) : 0;
    this.sessions += added - gone - closed;
    return {
      rowsTotal: this.sessions,
      rowsUpdated: written,
      rowsRemoved: gone + closed,
      rowsDropped: dropped,
      updatesMs: performance.now() - start,
      removalsMs: 0,
    };
  }

  /** Replaces the stored sessions of the batch's keys with the merged ones. Spark keeps sessions by key and start: only a start that is gone counts as removed. */
  private async merge(
    step: SessionStep,
    batch: StatefulBatch,
  ): Promise<{ readonly gone: number; readonly added: number; readonly written: number }> {
    const { connection } = batch;
    const current = sqlInteger(batch.batchId);
    const columns = sql`${columnList(step.keys)}, w_start, w_end${step.partials.length > 0 ? sql`, ` : sql``}${columnList(step.partials)}`;
    const same = sql`SEMI JOIN (SELECT DISTINCT ${columnList(step.keys)} FROM ${this.batchTable}) k ON ${keyMatch(sql`s`, sql`k`, step.keys)}`;
    await connection.run(
      sql`CREATE OR REPLACE TEMP TABLE ${this.merged} AS ${step.merge(sql`(SELECT ${columns}, ${current} AS batch FROM ${this.batchTable} UNION ALL SELECT ${columns}, batch FROM ${this.table} s ${same} WHERE died IS NULL)`)}`,
    );
    const replaced = await connection.change(
      sql`UPDATE ${this.table} SET died = ${current} WHERE died IS NULL AND rowid IN (SELECT s.rowid FROM ${this.table} s ${same})`,
    );
    const sameStart = sql`${keyMatch(sql`m`, sql`s`, step.keys)} AND m.w_start = s.w_start`;
    const kept = await connection.count(
      sql`SELECT count(*) FROM ${this.merged} m SEMI JOIN (SELECT * FROM ${this.table} WHERE died = ${current}) s ON ${sameStart}`,
    );
    const written = await connection.change(
      sql`INSERT INTO ${this.table} SELECT ${columns}, ${current}, NULL FROM ${this.merged}`,
    );
    return { gone: replaced - kept, added: written - kept, written };
  }

  private outputRows(step: SessionStep, batch: StatefulBatch, closes: boolean): Sql {
    if (batch.outputMode === 'append' && !closes) return sql`SELECT * FROM ${this.table} WHERE false`;
    const closing = closes ? sql` AND w_end <= ${sqlInteger(watermarkUs(batch.evictMs))}` : sql``;
    return sql`SELECT * EXCLUDE (died) FROM ${this.table} WHERE died IS NULL${closing}`;
  }
}

/** In complete mode every session stays. */
const closesIn = (step: SessionStep, outputMode: OutputMode): boolean => step.hasWatermark && outputMode !== 'complete';
