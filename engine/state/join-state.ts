import type { OutputMode } from '../api/sink.ts';
import type { JoinStep, StateSchema } from '../compile/compiled-step.ts';
import type { BatchId } from '../core/ids.ts';
import { sql, sqlInteger, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import {
  createSide,
  dropEvicted,
  evicted,
  freshRows,
  joinTables,
  storedRows,
  storeFresh,
  type JoinTables,
} from './join-side.ts';
import type { StatefulBatch, StatefulOperator, StateMetrics } from './stateful-batch.ts';

/**
 * Stream-stream join with two stored sides. Order in a batch, Spark's: what the previous batch evicted goes; left rows meet the stored right rows and are stored; right
 * rows meet the stored left rows, this batch's included, and are stored; then unmatched rows that the watermark closes go out padded.
 */
export class JoinState implements StatefulOperator<JoinStep> {
  readonly operator: number;
  readonly name = 'symmetricHashJoin';
  private readonly left: JoinTables;
  private readonly right: JoinTables;
  private readonly pairs: Sql;
  private nextSeq = 1;
  private stored = 0;

  constructor(operator: number) {
    this.operator = operator;
    this.left = joinTables(operator, 'l');
    this.right = joinTables(operator, 'r');
    this.pairs = sqlName(`join_pairs_${operator}`);
  }

  createState(step: JoinStep): readonly Sql[] {
    return [...createSide(step.left, this.left), ...createSide(step.right, this.right)];
  }

  async load(step: JoinStep, connection: Connection, evictedMs: number): Promise<void> {
    const seq = (tables: JoinTables): Sql => sql`SELECT max(seq) AS seq FROM ${tables.stored}`;
    this.nextSeq =
      1 +
      (await connection.count(sql`SELECT coalesce(max(seq), 0) FROM (${seq(this.left)} UNION ALL ${seq(this.right)})`));
    this.stored = await connection.count(
      sql`SELECT (SELECT count(*) FROM ${storedRows(step.left, this.left)} WHERE NOT ${evicted(step.left, evictedMs)}) + (SELECT count(*) FROM ${storedRows(step.right, this.right)} WHERE NOT ${evicted(step.right, evictedMs)})`,
    );
  }

  undo(batchId: BatchId): readonly Sql[] {
    return [this.left, this.right].flatMap((tables) =>
      [tables.stored, tables.matched].map((table) => sql`DELETE FROM ${table} WHERE batch = ${sqlInteger(batchId)}`),
    );
  }

  wantsNoDataBatch(step: JoinStep, _outputMode: OutputMode): boolean {
    return step.left.evict !== undefined || step.right.evict !== undefined;
  }

  schemas(step: JoinStep): readonly StateSchema[] {
    return [step.schema.left, step.schema.right];
  }

  async run(step: JoinStep, batch: StatefulBatch): Promise<StateMetrics> {
    const { connection } = batch;
    const start = performance.now();
    const keepsLeft = step.joinType === 'left_outer' || step.joinType === 'full_outer';
    const keepsRight = step.joinType === 'right_outer' || step.joinType === 'full_outer';
    await connection.run(
      sqlJoin(
        [
          ...dropEvicted(step.left, this.left, batch.evictedMs),
          ...dropEvicted(step.right, this.right, batch.evictedMs),
          freshRows(step.left, this.left, this.nextSeq, batch.lateMs, batch.evictMs, keepsLeft),
        ],
        ';\n',
      ),
    );
    this.nextSeq += await connection.count(sql`SELECT count(*) FROM ${this.left.fresh}`);
    await connection.run(freshRows(step.right, this.right, this.nextSeq, batch.lateMs, batch.evictMs, keepsRight));
    this.nextSeq += await connection.count(sql`SELECT count(*) FROM ${this.right.fresh}`);
    const added = await this.meet(step, batch);
    await connection.run(
      sql`CREATE OR REPLACE TEMP TABLE ${step.table} AS ${this.output(step, batch, keepsLeft, keepsRight)}`,
    );
    const [left, right, dropped] = await this.counts(step, batch);
    this.stored += added - left - right;
    return {
      rowsTotal: this.stored,
      rowsUpdated: added,
      // Spark counts only rows removed in silence: a preserved side's rows leave through the output.
      rowsRemoved: (keepsLeft ? 0 : left) + (keepsRight ? 0 : right),
      rowsDropped: dropped,
      updatesMs: performance.now() - start,
      removalsMs: 0,
    };
  }

  /** Makes the pairs of the batch and stores its rows; answers how many rows were stored. */
  private async meet(step: JoinStep, batch: StatefulBatch): Promise<number> {
    const { connection } = batch;
    const current = sqlInteger(batch.batchId);
    const isSemi = step.joinType === 'left_semi';
    const items = sql`${sqlJoin(step.output, ', ')}${step.output.length > 0 ? sql`, ` : sql``}l.seq AS l_seq, r.seq AS r_seq`;
    const leftDriven = sql`SELECT 1 AS phase, ${items} FROM (SELECT * FROM ${this.left.fresh} WHERE storable) l JOIN ${storedRows(step.right, this.right)} r ON ${step.condition}`;
    await connection.run(sql`CREATE OR REPLACE TEMP TABLE ${this.pairs} AS ${leftDriven}`);
    const matchedAtOnce = isSemi ? sql` AND seq NOT IN (SELECT l_seq FROM ${this.pairs})` : sql``;
    const addedLeft = await connection.change(storeFresh(step.left, this.left, current, matchedAtOnce));
    const unmatched = isSemi ? sql` WHERE seq NOT IN (SELECT seq FROM ${this.left.matched})` : sql``;
    await connection.run(
      sql`INSERT INTO ${this.pairs} SELECT 2 AS phase, ${items} FROM (SELECT * FROM ${storedRows(step.left, this.left)}${unmatched}) l JOIN (SELECT * FROM ${this.right.fresh} WHERE storable) r ON ${step.condition}`,
    );
    const addedRight = await connection.change(storeFresh(step.right, this.right, current, sql``));
    if (step.joinType !== 'inner')
      await connection.run(sql`INSERT INTO ${this.left.matched} SELECT DISTINCT l_seq, ${current} FROM ${this.pairs};
        INSERT INTO ${this.right.matched} SELECT DISTINCT r_seq, ${current} FROM ${this.pairs}`);
    return addedLeft + addedRight;
  }

  private output(step: JoinStep, batch: StatefulBatch, keepsLeft: boolean, keepsRight: boolean): Sql {
    const order = sql` ORDER BY phase`;
    if (step.joinType === 'left_semi')
      return sql`SELECT * EXCLUDE (phase, l_seq, r_seq) FROM (SELECT * FROM ${this.pairs} QUALIFY row_number() OVER (PARTITION BY l_seq ORDER BY phase, r_seq) = 1)${order}`;
    const parts = [sql`SELECT * EXCLUDE (l_seq, r_seq) FROM ${this.pairs}`];
    if (keepsLeft)
      parts.push(
        ...padded(
          'l',
          step.leftOnly,
          this.left,
          sql`${storedRows(step.left, this.left)} WHERE ${evicted(step.left, batch.evictMs)}`,
        ),
      );
    if (keepsRight)
      parts.push(
        ...padded(
          'r',
          step.rightOnly,
          this.right,
          sql`${storedRows(step.right, this.right)} WHERE ${evicted(step.right, batch.evictMs)}`,
        ),
      );
    return sql`SELECT * EXCLUDE (phase) FROM (${sqlJoin(parts, ' UNION ALL ')})${order}`;
  }

  /** Rows that this batch evicts on each side, and late rows. */
  private async counts(step: JoinStep, batch: StatefulBatch): Promise<readonly [number, number, number]> {
    const closed = (side: JoinStep['left'], tables: JoinTables): Sql =>
      sql`(SELECT count(*) FROM ${storedRows(side, tables)} WHERE ${evicted(side, batch.evictMs)})`;
    const late = (tables: JoinTables): Sql => sql`(SELECT count(*) FROM ${tables.fresh} WHERE is_late)`;
    const [row] = await batch.connection.rows(
      sql`SELECT ${closed(step.left, this.left)}, ${closed(step.right, this.right)}, ${late(this.left)} + ${late(this.right)}`,
      [{ kind: 'long' }, { kind: 'long' }, { kind: 'long' }],
    );
    return [Number(row?.[0] ?? 0), Number(row?.[1] ?? 0), Number(row?.[2] ?? 0)];
  }
}

/** Rows of a preserved side that go out alone: those that can match nothing, at once; those that the watermark closes without a partner. */
function padded(alias: 'l' | 'r', items: readonly Sql[], tables: JoinTables, closed: Sql): readonly Sql[] {
  const name = sqlName(alias);
  return [
    sql`SELECT 0 AS phase, ${sqlJoin(items, ', ')} FROM (SELECT * FROM ${tables.fresh} WHERE NOT is_late AND NOT storable) ${name}`,
    sql`SELECT 3 AS phase, ${sqlJoin(items, ', ')} FROM (SELECT * FROM ${closed} AND seq NOT IN (SELECT seq FROM ${tables.matched})) ${name}`,
  ];
}
