import type { OutputMode } from '../api/sink.ts';
import type { AggregateStep, StateColumn } from '../compile/compiled-step.ts';
import type { BatchId } from '../core/ids.ts';
import { sql, sqlInteger, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import { columnDefinitions, columnList, keyMatch } from './key-match.ts';
import { watermarkUs, type StatefulBatch, type StatefulOperator, type StateMetrics } from './stateful-batch.ts';

/** Rows of state from which a compaction pays, and how much it must have grown since the last one. */
const compactFrom = 20_000;
const compactGrowth = 2;

/**
 * Windowed and plain aggregation. The state is append-only partial rows; readers merge them.
 * Order in a batch: rows that the previous batch closed go; the batch's groups are counted against the state, then appended (late ones not); the output is
 * merged; what closes now stays stored until the next batch, so that this batch can be undone.
 */
export class AggregateState implements StatefulOperator<AggregateStep> {
  readonly operator: number;
  readonly name = 'stateStoreSave';
  private readonly table: Sql;
  private readonly batchTable: Sql;
  private groups = 0;
  private storedRows = 0;
  private compactedRows = 0;
  private forgottenMs = -1;

  constructor(operator: number) {
    this.operator = operator;
    this.table = aggregateTable({ operator });
    this.batchTable = aggregateBatchTable({ operator });
  }

  createState(step: AggregateStep): readonly Sql[] {
    const columns = [...columnDefinitions(step.keys), ...columnDefinitions(step.partials), sql`batch BIGINT`];
    return [sql`CREATE TABLE IF NOT EXISTS ${this.table} (${sqlJoin(columns, ', ')})`];
  }

  async load(step: AggregateStep, connection: Connection, evictedMs: number): Promise<void> {
    this.storedRows = await connection.count(sql`SELECT count(*) FROM ${this.table}`);
    this.groups = await connection.count(
      sql`SELECT count(*) FROM (${this.distinctGroups(step, this.table, watermarkUs(evictedMs), 'append')})`,
    );
    this.compactedRows = this.storedRows;
  }

  undo(batchId: BatchId): readonly Sql[] {
    return [sql`DELETE FROM ${this.table} WHERE batch = ${sqlInteger(batchId)}`];
  }

  wantsNoDataBatch(_step: AggregateStep, outputMode: OutputMode): boolean {
    return outputMode !== 'complete';
  }

  schemas(step: AggregateStep): readonly AggregateStep['schema'][] {
    return [step.schema];
  }

  async run(step: AggregateStep, batch: StatefulBatch): Promise<StateMetrics> {
    const { connection } = batch;
    const closes = batch.outputMode !== 'complete' && step.closesAtUs !== undefined;
    const updatesStart = performance.now();
    // Only when the watermark moved is there anything that the previous batch closed.
    const forget =
      closes && batch.evictedMs > this.forgottenMs
        ? sql`; DELETE FROM ${this.table} WHERE ${goneBefore(step, watermarkUs(batch.evictedMs))}`
        : sql``;
    this.forgottenMs = batch.evictedMs;
    await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${this.batchTable} AS ${step.batchRows}${forget}`);
    const counts = await this.countGroups(step, batch, closes);
    const stored = await connection.change(this.insertion(step, batch, closes));
    this.storedRows += stored;
    const updatesMs = performance.now() - updatesStart;
    await connection.run(
      sql`CREATE OR REPLACE TEMP TABLE ${step.table} AS ${step.result(sql`(${step.merge(sql`(${this.outputRows(step, batch)})`)})`)}`,
    );
    const removed = closes ? await this.countClosed(step, batch) : 0;
    this.groups += counts.added - removed;
    await this.compact(step, batch);
    return {
      rowsTotal: this.groups,
      rowsUpdated: counts.updated,
      rowsRemoved: removed,
      rowsDropped: counts.dropped,
      updatesMs,
      removalsMs: performance.now() - updatesStart - updatesMs,
    };
  }

  /** The batch's groups: how many touch the state, how many of these are new to it, and how many are late. */
  private async countGroups(
    step: AggregateStep,
    batch: StatefulBatch,
    closes: boolean,
  ): Promise<{ readonly updated: number; readonly added: number; readonly dropped: number }> {
    const late = watermarkUs(batch.lateMs);
    const from =
      step.accept === undefined ? this.batchTable : sql`(SELECT * FROM ${this.batchTable} WHERE ${step.accept})`;
    const mode = closes ? batch.outputMode : 'complete';
    const groups = this.distinctGroups(step, from, late, mode, step.panes === undefined);
    // An anti-join does not mind a group that is stored in several rows.
    const stored = this.distinctGroups(step, this.storedNear(step), late, mode, true);
    const dropped = closes ? this.lateGroups(step, from, late) : sql`SELECT 0`;
    const [row] = await batch.connection.rows(
      sql`WITH g AS MATERIALIZED (${groups}), s AS (${stored})
        SELECT (SELECT count(*) FROM g), (SELECT count(*) FROM g ANTI JOIN s ON ${keyMatch(sql`g`, sql`s`, step.keys, exactKeys(step))}), (${dropped})`,
      [{ kind: 'long' }, { kind: 'long' }, { kind: 'long' }],
    );
    return { updated: Number(row?.[0] ?? 0), added: Number(row?.[1] ?? 0), dropped: Number(row?.[2] ?? 0) };
  }

  /** State rows that can share a group with the batch: the window column bounds the scan. */
  private storedNear(step: AggregateStep): Sql {
    if (step.window === undefined) return this.table;
    const { start } = step.window;
    const reach = step.panes === undefined ? 0n : BigInt(step.window.windowUs);
    return sql`(SELECT * FROM ${this.table} WHERE ${start} >= (SELECT min(${start}) - ${sqlInteger(reach)} FROM ${this.batchTable}) AND ${start} <= (SELECT max(${start}) + ${sqlInteger(reach)} FROM ${this.batchTable}))`;
  }

  /** Keys of rows, each once, expanded to windows, without those closed at `cutUs` (nothing closes in complete mode). `isDistinct`: repeated keys do no harm, or there are none. */
  private distinctGroups(step: AggregateStep, from: Sql, cutUs: bigint, mode: OutputMode, isDistinct = false): Sql {
    if (step.keys.length === 0) return sql`SELECT 1 AS one FROM ${from} LIMIT 1`;
    const rows = step.panes === undefined ? from : step.panes.expand(from);
    const open =
      mode !== 'complete' && step.closesAtUs !== undefined ? sql` WHERE ${notClosed(step.closesAtUs, cutUs)}` : sql``;
    return sql`SELECT ${isDistinct ? sql`` : sql`DISTINCT `}${columnList(step.keys)} FROM ${asRelation(rows)}${open}`;
  }

  private lateGroups(step: AggregateStep, from: Sql, lateUs: bigint): Sql {
    if (step.closesAtUs === undefined) return sql`SELECT 0`;
    const near =
      step.panes === undefined
        ? from
        : step.panes.expand(sql`(SELECT * FROM ${from} WHERE ${step.panes.firstEndUs} <= ${sqlInteger(lateUs)})`);
    return sql`SELECT count(*) FROM (SELECT DISTINCT ${columnList(step.keys)} FROM ${asRelation(near)} WHERE ${step.closesAtUs} <= ${sqlInteger(lateUs)})`;
  }

  private insertion(step: AggregateStep, batch: StatefulBatch, closes: boolean): Sql {
    const conditions: Sql[] = [];
    if (step.accept !== undefined) conditions.push(step.accept);
    if (closes) conditions.push(notClosed(lastClose(step), watermarkUs(batch.lateMs)));
    const where = conditions.length > 0 ? sql` WHERE ${sqlJoin(conditions, ' AND ')}` : sql``;
    return sql`INSERT INTO ${this.table} SELECT ${columnList([...step.keys, ...step.partials])}, ${sqlInteger(batch.batchId)} FROM ${this.batchTable}${where}`;
  }

  /** State rows, expanded to windows, that the output of this batch is merged from. */
  private outputRows(step: AggregateStep, batch: StatefulBatch): Sql {
    const late = watermarkUs(batch.lateMs);
    const evict = watermarkUs(batch.evictMs);
    const columns = sql`${columnList([...step.keys, ...step.partials])}${step.keys.length + step.partials.length > 0 ? sql`, ` : sql``}batch`;
    if (batch.outputMode === 'complete') {
      const rows = step.panes === undefined ? this.table : step.panes.expand(this.table);
      return sql`SELECT ${columns} FROM ${asRelation(rows)}`;
    }
    if (batch.outputMode === 'append') {
      if (step.closesAtUs === undefined) return sql`SELECT ${columns} FROM ${this.table} WHERE false`;
      const closing = sql`${step.closesAtUs} <= ${sqlInteger(evict)} AND ${step.closesAtUs} > ${sqlInteger(watermarkUs(batch.evictedMs))}`;
      const rows =
        step.panes === undefined
          ? this.table
          : step.panes.expand(
              sql`(SELECT * FROM ${this.table} WHERE ${step.panes.firstEndUs} <= ${sqlInteger(evict)})`,
            );
      return sql`SELECT ${columns} FROM ${asRelation(rows)} WHERE ${closing}`;
    }
    return this.updatedRows(step, columns, late);
  }

  private updatedRows(step: AggregateStep, columns: Sql, lateUs: bigint): Sql {
    if (step.keys.length === 0) return sql`SELECT ${columns} FROM ${this.table}`;
    const from =
      step.accept === undefined ? this.batchTable : sql`(SELECT * FROM ${this.batchTable} WHERE ${step.accept})`;
    const touched = this.distinctGroups(step, from, lateUs, 'update');
    const rows = step.panes === undefined ? this.storedNear(step) : step.panes.expand(this.storedNear(step));
    return sql`SELECT ${qualified(step, sql`t`)} FROM (SELECT * FROM ${asRelation(rows)}) t SEMI JOIN (${touched}) u ON ${keyMatch(sql`t`, sql`u`, step.keys, exactKeys(step))}`;
  }

  private async countClosed(step: AggregateStep, batch: StatefulBatch): Promise<number> {
    if (step.closesAtUs === undefined || batch.evictMs <= Math.min(batch.evictedMs, batch.lateMs)) return 0;
    if (batch.outputMode === 'append') return batch.connection.count(sql`SELECT count(*) FROM ${step.table}`);
    const evict = watermarkUs(batch.evictMs);
    const rows =
      step.panes === undefined
        ? this.table
        : step.panes.expand(sql`(SELECT * FROM ${this.table} WHERE ${step.panes.firstEndUs} <= ${sqlInteger(evict)})`);
    return batch.connection.count(
      sql`SELECT count(*) FROM (SELECT DISTINCT ${columnList(step.keys)} FROM ${asRelation(rows)} WHERE ${step.closesAtUs} <= ${sqlInteger(evict)} AND ${step.closesAtUs} > ${sqlInteger(watermarkUs(batch.evictedMs))})`,
    );
  }

  /** Folds the rows of older batches into one for each group; the rows of this batch stay apart, or it could not be undone. */
  private async compact(step: AggregateStep, batch: StatefulBatch): Promise<void> {
    if (this.storedRows < Math.max(compactFrom, compactGrowth * this.compactedRows)) return;
    const current = sqlInteger(batch.batchId);
    const columns = columnList([...step.keys, ...step.partials]);
    const order = step.window === undefined ? sql`` : sql` ORDER BY ${step.window.start}`;
    await batch.connection
      .run(sql`CREATE OR REPLACE TEMP TABLE compacted AS SELECT ${columns}, ${current} - 1 AS batch FROM (${step.merge(sql`(SELECT * FROM ${this.table} WHERE batch < ${current})`)})${order};
      DELETE FROM ${this.table} WHERE batch < ${current};
      INSERT INTO ${this.table} SELECT * FROM compacted;
      DROP TABLE compacted`);
    this.storedRows = await batch.connection.count(sql`SELECT count(*) FROM ${this.table}`);
    this.compactedRows = this.storedRows;
  }
}

/** The batch's groups, from which carried statistics are read once the operator ran. */
export const aggregateBatchTable = (step: { readonly operator: number }): Sql => sqlName(`batch_rows_${step.operator}`);
/** The stored partial rows. */
export const aggregateTable = (step: { readonly operator: number }): Sql => sqlName(`state_agg_${step.operator}`);

const exactKeys = (step: AggregateStep): readonly Sql[] => (step.window === undefined ? [] : [step.window.start]);
const lastClose = (step: AggregateStep): Sql => step.panes?.lastEndUs ?? step.closesAtUs ?? sql`NULL`;
/** A NULL time never closes. */
const notClosed = (closesAtUs: Sql, cutUs: bigint): Sql => sql`coalesce(${closesAtUs} > ${sqlInteger(cutUs)}, true)`;
const goneBefore = (step: AggregateStep, cutUs: bigint): Sql => sql`${lastClose(step)} <= ${sqlInteger(cutUs)}`;
const qualified = (step: AggregateStep, alias: Sql): Sql =>
  sqlJoin(
    [
      ...[...step.keys, ...step.partials].map((column: StateColumn) => sql`${alias}.${column.name}`),
      sql`${alias}.batch`,
    ],
    ', ',
  );
/** `expand` answers a SELECT; tables and parenthesised SELECTs stand in FROM as they are. */
const asRelation = (rows: Sql): Sql => (/^\s*(SELECT|WITH)\b/i.test(rows) ? sql`(${rows})` : rows);
