import type { JoinSide } from '../compile/compiled-step.ts';
import { sql, sqlInteger, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import { columnList } from './key-match.ts';
import { watermarkUs } from './stateful-batch.ts';

/** The tables of one side of a stream-stream join: stored rows, this batch's rows, and which stored rows have found a partner. */
export type JoinTables = { readonly stored: Sql; readonly fresh: Sql; readonly matched: Sql };

export const joinTables = (operator: number, side: 'l' | 'r'): JoinTables => ({
  stored: sqlName(`state_join_${operator}_${side}`),
  fresh: sqlName(`join_rows_${operator}_${side}`),
  matched: sqlName(`state_join_${operator}_${side}_matched`),
});

export const createSide = (side: JoinSide, tables: JoinTables): readonly Sql[] => [
  sql`CREATE TABLE IF NOT EXISTS ${tables.stored} (${sqlJoin([sql`seq BIGINT`, ...side.columns.map((column, index) => sql`${storedColumn(index)} ${column.storage}`), sql`batch BIGINT`], ', ')})`,
  sql`CREATE TABLE IF NOT EXISTS ${tables.matched} (seq BIGINT, batch BIGINT)`,
];

/** Stored columns go by position: attribute ids differ from one start to the next. */
const storedColumn = (index: number): Sql => sqlName(`v${index}`);

/** The stored rows under the names that the step's texts use. */
export const storedRows = (side: JoinSide, tables: JoinTables): Sql =>
  sql`(SELECT ${sqlJoin([sql`seq`, ...side.columns.map((column, index) => sql`${storedColumn(index)} AS ${column.name}`)], ', ')} FROM ${tables.stored})`;

/** Rows of a side that state no longer holds at a watermark; false where nothing bounds them. */
export function evicted(side: JoinSide, watermarkMs: number): Sql {
  if (side.evict === undefined) return sql`false`;
  return sql`coalesce(${side.evict.us} <= ${sqlInteger(watermarkUs(watermarkMs) + BigInt(side.evict.shiftUs))}, false)`;
}

/** Forgets what the previous batch evicted. Marks go first: they are found through the rows. */
export const dropEvicted = (side: JoinSide, tables: JoinTables, evictedMs: number): readonly Sql[] => {
  if (side.evict === undefined) return [];
  const gone = sql`SELECT seq FROM ${storedRows(side, tables)} WHERE ${evicted(side, evictedMs)}`;
  return [
    sql`DELETE FROM ${tables.matched} WHERE seq IN (${gone})`,
    sql`DELETE FROM ${tables.stored} WHERE seq IN (${gone})`,
  ];
};

/**
 * The batch's rows of a side: numbered from `nextSeq`, late ones left out. `storable`: passes the conditions on this side alone.
 * `stays`: goes into the state (a preserved side keeps even rows that are closed already, for their padding).
 */
export function freshRows(
  side: JoinSide,
  tables: JoinTables,
  nextSeq: number,
  lateMs: number,
  evictMs: number,
  isPreserved: boolean,
): Sql {
  const late =
    side.eventTimeUs === undefined
      ? sql`false`
      : sql`coalesce(${side.eventTimeUs} <= ${sqlInteger(watermarkUs(lateMs))}, false)`;
  const storable = side.storable === undefined ? sql`true` : sql`coalesce(${side.storable}, false)`;
  const stays = isPreserved ? storable : sql`${storable} AND NOT ${evicted(side, evictMs)}`;
  return sql`CREATE OR REPLACE TEMP TABLE ${tables.fresh} AS SELECT row_number() OVER () + ${sqlInteger(nextSeq - 1)} AS seq, ${columnList(side.columns)}, ${late} AS is_late, NOT ${late} AND ${storable} AS storable, NOT ${late} AND ${stays} AS stays FROM (${side.input})`;
}

export const storeFresh = (side: JoinSide, tables: JoinTables, batch: Sql, except: Sql): Sql =>
  sql`INSERT INTO ${tables.stored} SELECT seq, ${columnList(side.columns)}, ${batch} FROM ${tables.fresh} WHERE stays${except}`;
