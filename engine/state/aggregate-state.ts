import type { OutputMode } from '../api/sink.ts';
import type { AggregateStep } from '../compile/compiled-step.ts';
import type { BatchId } from '../core/ids.ts';
import { doubleType, longType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import {
  acceptedRows,
  asRelation,
  countOf,
  distinctGroups,
  earliestClose,
  entryCondition,
  exactKeys,
  firstCloseOf,
  goneBefore,
  lateGroups,
  nearRange,
  qualified,
  rangeOf,
  type WindowRange,
} from './aggregate-rows.ts';
import { columnDefinitions, columnList, keyMatch } from './key-match.ts';
import { watermarkUs, type StatefulBatch, type StatefulOperator, type StateMetrics } from './stateful-batch.ts';

/** Rows of state from which a compaction pays, and how much it must have grown since the last one. */
const compactFrom = 20_000;
const compactGrowth = 2;
/** A DELETE costs a batch of 100 rows a tenth of its time. */
const batchesPerForgetting = 16;

/** The batch's groups that enter the state, the rows they take there, and the late ones. */
type BatchCounts = {
  readonly groups: number;
  readonly stored: number;
  readonly late: number;
  readonly range: WindowRange;
  readonly firstCloseUs: bigint | null;
  readonly carried: NonNullable<StateMetrics['carried']>;
};

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
  /** When the first open group closes, µs; null: no group that will. */
  private earliestCloseUs: bigint | null = 0n;
  private forgottenMs = -1;
  private forgottenBatch = Number.NEGATIVE_INFINITY;

  constructor(operator: number) {
    this.operator = operator;
    this.table = aggregateTable({ operator });
    this.batchTable = sqlName(`batch_rows_${operator}`);
  }

  createState(step: AggregateStep): readonly Sql[] {
    const columns = [...columnDefinitions(step.keys), ...columnDefinitions(step.partials), sql`batch BIGINT`];
    return [sql`CREATE TABLE IF NOT EXISTS ${this.table} (${sqlJoin(columns, ', ')})`];
  }

  async load(step: AggregateStep, connection: Connection, evictedMs: number, outputMode: OutputMode): Promise<void> {
    this.storedRows = await connection.count(sql`SELECT count(*) FROM ${this.table}`);
    this.groups = await connection.count(
      sql`SELECT count(*) FROM (${distinctGroups(step, this.table, watermarkUs(evictedMs), outputMode)})`,
    );
    this.compactedRows = this.storedRows;
    this.earliestCloseUs = 0n;
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
    const closes = batch.outputMode !== 'complete' && step.closesAtUs !== undefined;
    const updatesStart = performance.now();
    const counts = await this.takeIn(step, batch, closes);
    const near = nearRange(step, counts.range);
    this.storedRows += counts.stored;
    this.earliestCloseUs = least(this.earliestCloseUs, counts.firstCloseUs);
    const output = step.result(sql`(${step.merge(sql`(${this.outputRows(step, batch, near)})`)})`);
    const change = sql`${this.insertion(step, batch, closes)}; CREATE OR REPLACE TEMP TABLE ${step.table} AS ${output}`;
    const { added, closed } = await this.change(change, step, batch, closes, counts.groups === 0 ? null : near);
    const updatesMs = performance.now() - updatesStart;
    this.groups += added - closed;
    await this.compact(step, batch);
    return {
      rowsTotal: this.groups,
      rowsUpdated: counts.groups,
      rowsRemoved: closed,
      rowsDropped: counts.late,
      updatesMs,
      removalsMs: performance.now() - updatesStart - updatesMs,
      carried: counts.carried,
    };
  }

  /** Rows that earlier batches closed go now and then: until then every reader passes over them. */
  private forget(step: AggregateStep, batch: StatefulBatch, closes: boolean): Sql {
    if (!closes || batch.evictedMs <= this.forgottenMs || batch.batchId < this.forgottenBatch + batchesPerForgetting)
      return sql``;
    this.forgottenMs = batch.evictedMs;
    this.forgottenBatch = batch.batchId;
    return sql`; DELETE FROM ${this.table} WHERE ${goneBefore(step, watermarkUs(batch.evictedMs))}`;
  }

  /** Makes the batch's groups and looks at them once. Statements that need nothing of each other's answers travel together: a trip costs 0.2 ms. */
  private async takeIn(step: AggregateStep, batch: StatefulBatch, closes: boolean): Promise<BatchCounts> {
    const late = watermarkUs(batch.lateMs);
    const from = acceptedRows(step, this.batchTable);
    const mode = closes ? batch.outputMode : 'complete';
    const groups = step.panes === undefined ? sql`NULL::BIGINT` : countOf(distinctGroups(step, from, late, mode));
    const { watermark, sourceRows } = step.carried;
    const [row = []] = await batch.connection.rows(
      sql`CREATE OR REPLACE TEMP TABLE ${this.batchTable} AS ${step.batchRows}${this.forget(step, batch, closes)};
        SELECT ${groups}, count(*) FILTER (marea_enters), ${closes ? lateGroups(step, from, late) : sql`0::BIGINT`}, ${rangeOf(step)}, ${firstCloseOf(step)}, ${watermark?.statistics ?? noStatistics}, ${sourceRows?.rowCount ?? sql`0::BIGINT`} FROM (SELECT *, ${entryCondition(step, closes ? late : null)} AS marea_enters FROM ${this.batchTable})`,
      [...Array.from({ length: 8 }, () => longType), doubleType, longType, longType],
    );
    const [groupCount, stored, lateCount, first, last, firstClose, maxUs, minUs, avgMs, rows, sources] = row;
    return {
      groups: Number(groupCount ?? stored ?? 0),
      stored: Number(stored ?? 0),
      late: Number(lateCount ?? 0),
      range: typeof first === 'bigint' && typeof last === 'bigint' ? { least: first, greatest: last } : null,
      firstCloseUs: typeof firstClose === 'bigint' ? firstClose : null,
      carried: {
        eventTimes: {
          maxMs: millisDown(maxUs),
          minMs: millisDown(minUs),
          avgMs: Number(avgMs ?? 0),
          rows: Number(rows ?? 0),
        },
        sourceRows: Number(sources ?? 0),
      },
    };
  }

  /** Makes the change, then counts the groups that are new to the state and those that this batch closes. `near` null: none entered. */
  private async change(
    change: Sql,
    step: AggregateStep,
    batch: StatefulBatch,
    closes: boolean,
    near: Sql | null,
  ): Promise<{ readonly added: number; readonly closed: number }> {
    const added = near === null ? null : this.addedGroups(step, batch, closes, near);
    const evict = watermarkUs(batch.evictMs);
    const isDue = this.earliestCloseUs !== null && this.earliestCloseUs <= evict;
    const closed = closes && isDue ? this.closedGroups(step, batch) : null;
    const earliest = closed === null ? sql`NULL::BIGINT` : earliestClose(step, this.table, evict);
    const [row = []] = await batch.connection.rows(
      sql`${change}; SELECT (${added ?? sql`SELECT 0`}), (${closed ?? sql`SELECT 0`}), ${earliest}`,
      [longType, longType, longType],
    );
    if (closed !== null) this.earliestCloseUs = row[2] as bigint | null;
    return { added: Number(row[0] ?? 0), closed: Number(row[1] ?? 0) };
  }

  private addedGroups(step: AggregateStep, batch: StatefulBatch, closes: boolean, near: Sql): Sql {
    const late = watermarkUs(batch.lateMs);
    const mode = closes ? batch.outputMode : 'complete';
    const groups = distinctGroups(step, acceptedRows(step, this.batchTable), late, mode, step.panes === undefined);
    // An anti-join does not mind a group that is stored in several rows.
    const before = sql`(SELECT * FROM ${this.table} WHERE batch < ${sqlInteger(batch.batchId)} AND ${near})`;
    const stored = distinctGroups(step, before, late, mode, true);
    return sql`SELECT count(*) FROM (${groups}) g ANTI JOIN (${stored}) s ON ${keyMatch(sql`g`, sql`s`, step.keys, exactKeys(step))}`;
  }

  private insertion(step: AggregateStep, batch: StatefulBatch, closes: boolean): Sql {
    const enters = entryCondition(step, closes ? watermarkUs(batch.lateMs) : null);
    return sql`INSERT INTO ${this.table} SELECT ${columnList([...step.keys, ...step.partials])}, ${sqlInteger(batch.batchId)} FROM ${this.batchTable} WHERE ${enters}`;
  }

  /** State rows, expanded to windows, that the output of this batch is merged from. */
  private outputRows(step: AggregateStep, batch: StatefulBatch, near: Sql): Sql {
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
    return this.updatedRows(step, columns, late, near);
  }

  private updatedRows(step: AggregateStep, columns: Sql, lateUs: bigint, near: Sql): Sql {
    if (step.keys.length === 0) return sql`SELECT ${columns} FROM ${this.table}`;
    // A semi-join does not mind groups that come twice; without panes they do not.
    const touched = distinctGroups(step, acceptedRows(step, this.batchTable), lateUs, 'update', true);
    const stored = sql`(SELECT * FROM ${this.table} WHERE ${near})`;
    const rows = step.panes === undefined ? stored : step.panes.expand(stored);
    return sql`SELECT ${qualified(step, sql`t`)} FROM (SELECT * FROM ${asRelation(rows)}) t SEMI JOIN (${touched}) u ON ${keyMatch(sql`t`, sql`u`, step.keys, exactKeys(step))}`;
  }

  /** Null: nothing can have closed. */
  private closedGroups(step: AggregateStep, batch: StatefulBatch): Sql | null {
    if (step.closesAtUs === undefined || batch.evictMs <= Math.min(batch.evictedMs, batch.lateMs)) return null;
    if (batch.outputMode === 'append') return sql`SELECT count(*) FROM ${step.table}`;
    const evict = watermarkUs(batch.evictMs);
    const rows =
      step.panes === undefined
        ? this.table
        : step.panes.expand(sql`(SELECT * FROM ${this.table} WHERE ${step.panes.firstEndUs} <= ${sqlInteger(evict)})`);
    return sql`SELECT count(*) FROM (SELECT DISTINCT ${columnList(step.keys)} FROM ${asRelation(rows)} WHERE ${step.closesAtUs} <= ${sqlInteger(evict)} AND ${step.closesAtUs} > ${sqlInteger(watermarkUs(batch.evictedMs))})`;
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

/** The stored partial rows. */
export const aggregateTable = (step: { readonly operator: number }): Sql => sqlName(`state_agg_${step.operator}`);

const noStatistics = sql`NULL::BIGINT, NULL::BIGINT, NULL::DOUBLE, 0::BIGINT`;

const least = (a: bigint | null, b: bigint | null): bigint | null => (a === null || (b !== null && b < a) ? b : a);

/** Whole milliseconds of µs, rounded down also before 1970. */
const millisDown = (us: unknown): number => (typeof us === 'bigint' ? Math.floor(Number(us) / 1000) : 0);
