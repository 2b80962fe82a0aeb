import type { DeduplicateStep, StateSchema } from '../compile/compiled-step.ts';
import type { BatchId } from '../core/ids.ts';
import { sql, sqlInteger, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import { columnList } from './key-match.ts';
import { watermarkUs, type StatefulBatch, type StatefulOperator, type StateMetrics } from './stateful-batch.ts';

/**
 * `dropDuplicates` in its three forms: keys kept for ever, keys that die with their own event time, keys that live for the delay threshold.
 * Order in a batch: keys that died in the previous batch go; late rows go; of the rest the first for each key that the state does not hold goes out.
 */
export class DeduplicateState implements StatefulOperator<DeduplicateStep> {
  readonly operator: number;
  readonly name: string;
  private readonly table: Sql;
  private readonly rows: Sql;
  private keys = 0;

  constructor(operator: number, withinWatermark: boolean) {
    this.operator = operator;
    this.name = withinWatermark ? 'dedupeWithinWatermark' : 'dedupe';
    this.table = sqlName(`state_dedup_${operator}`);
    this.rows = sqlName(`dedup_rows_${operator}`);
  }

  createState(step: DeduplicateStep): readonly Sql[] {
    // The time first: DuckDB then skips row groups when it evicts.
    // Keys by position: attribute ids differ from one start to the next.
    const columns = [
      sql`dies_us BIGINT`,
      ...step.keys.map((key, index) => sql`${storedKey(index)} ${key.storage}`),
      sql`batch BIGINT`,
    ];
    return [sql`CREATE TABLE IF NOT EXISTS ${this.table} (${sqlJoin(columns, ', ')})`];
  }

  async load(_step: DeduplicateStep, connection: Connection, evictedMs: number): Promise<void> {
    this.keys = await connection.count(sql`SELECT count(*) FROM ${this.table} WHERE ${alive(evictedMs)}`);
  }

  undo(batchId: BatchId): readonly Sql[] {
    return [sql`DELETE FROM ${this.table} WHERE batch = ${sqlInteger(batchId)}`];
  }

  wantsNoDataBatch(): boolean {
    return true;
  }

  schemas(step: DeduplicateStep): readonly StateSchema[] {
    return [step.schema];
  }

  async run(step: DeduplicateStep, batch: StatefulBatch): Promise<StateMetrics> {
    const { connection } = batch;
    const start = performance.now();
    if (step.expires !== 'never')
      await connection.run(sql`DELETE FROM ${this.table} WHERE dies_us <= ${sqlInteger(watermarkUs(batch.evictedMs))}`);
    const late =
      step.eventTimeUs === undefined
        ? sql`false`
        : sql`coalesce(${step.eventTimeUs} <= ${sqlInteger(watermarkUs(batch.lateMs))}, false)`;
    await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${this.rows} AS ${step.input}`);
    const first =
      step.keys.length === 0
        ? sql`SELECT * FROM (SELECT *, rowid AS arrival FROM ${this.rows} WHERE NOT ${late}) n WHERE NOT EXISTS (SELECT 1 FROM ${this.table}) ORDER BY arrival LIMIT 1`
        : sql`SELECT * FROM (SELECT *, rowid AS arrival FROM ${this.rows} WHERE NOT ${late} QUALIFY row_number() OVER (PARTITION BY ${columnList(step.keys)} ORDER BY rowid) = 1) n ANTI JOIN ${this.table} s ON ${sameKey(step)}`;
    await connection.run(
      sql`CREATE OR REPLACE TEMP TABLE ${step.table} AS SELECT ${columnList(step.columns)} FROM (${first}) ORDER BY arrival`,
    );
    const added = await connection.change(
      sql`INSERT INTO ${this.table} SELECT ${this.diesUs(step)}, ${columnList(step.keys)}${step.keys.length > 0 ? sql`, ` : sql``}${sqlInteger(batch.batchId)} FROM ${step.table}`,
    );
    const [counts] = await connection.rows(
      sql`SELECT (SELECT count(*) FROM ${this.rows}), (SELECT count(*) FROM ${this.rows} WHERE ${late}), (${this.dead(step, batch)})`,
      [{ kind: 'long' }, { kind: 'long' }, { kind: 'long' }],
    );
    const [total, dropped, removed] = (counts ?? []).map(Number);
    this.keys += added - (removed ?? 0);
    return {
      rowsTotal: this.keys,
      rowsUpdated: added,
      rowsRemoved: removed ?? 0,
      rowsDropped: dropped ?? 0,
      updatesMs: performance.now() - start,
      removalsMs: 0,
      custom: { numDroppedDuplicateRows: (total ?? 0) - (dropped ?? 0) - added },
    };
  }

  private diesUs(step: DeduplicateStep): Sql {
    if (step.expires === 'never' || step.eventTimeUs === undefined) return sql`NULL`;
    if (step.expires === 'key') return step.eventTimeUs;
    // A NULL event time counts as 1970, as everywhere in Spark's statistics.
    return sql`coalesce(${step.eventTimeUs}, 0) + ${sqlInteger(step.delayUs)}`;
  }

  /** Keys that die in this batch. */
  private dead(step: DeduplicateStep, batch: StatefulBatch): Sql {
    if (step.expires === 'never') return sql`SELECT 0`;
    return sql`SELECT count(*) FROM ${this.table} WHERE dies_us <= ${sqlInteger(watermarkUs(batch.evictMs))}`;
  }
}

const storedKey = (index: number): Sql => sqlName(`k${index}`);
const sameKey = (step: DeduplicateStep): Sql =>
  sqlJoin(
    step.keys.map((key, index) => sql`n.${key.name} IS NOT DISTINCT FROM s.${storedKey(index)}`),
    ' AND ',
  );
const alive = (evictedMs: number): Sql => sql`coalesce(dies_us > ${sqlInteger(watermarkUs(evictedMs))}, true)`;
