import type { OutputMode } from '../api/sink.ts';
import type { AggregateStep, StateColumn } from '../compile/compiled-step.ts';
import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import { columnList } from './key-match.ts';

/** Least and greatest window start of the groups of a batch that enter the state, µs; null where there is no window or no group. */
export type WindowRange = { readonly least: bigint; readonly greatest: bigint } | null;

/** The batch's groups that may enter the state as far as their keys go. */
export const acceptedRows = (step: AggregateStep, batchTable: Sql): Sql =>
  step.accept === undefined ? batchTable : sql`(SELECT * FROM ${batchTable} WHERE ${step.accept})`;

/** Which of the batch's rows are stored; `lateUs` null: nothing is late. */
export function entryCondition(step: AggregateStep, lateUs: bigint | null): Sql {
  const conditions = [
    ...(step.accept === undefined ? [] : [step.accept]),
    ...(lateUs === null ? [] : [notClosed(lastClose(step), lateUs)]),
  ];
  return conditions.length > 0 ? sqlJoin(conditions, ' AND ') : sql`true`;
}

/** Keys of rows, each once, expanded to windows, without those closed at `cutUs` (nothing closes in complete mode). `isDistinct`: repeated keys do no harm, or there are none. */
export function distinctGroups(
  step: AggregateStep,
  from: Sql,
  cutUs: bigint,
  mode: OutputMode,
  isDistinct = false,
): Sql {
  if (step.keys.length === 0) return sql`SELECT 1 AS one FROM ${from} LIMIT 1`;
  const rows = step.panes === undefined ? from : step.panes.expand(from);
  const open =
    mode !== 'complete' && step.closesAtUs !== undefined ? sql` WHERE ${notClosed(step.closesAtUs, cutUs)}` : sql``;
  return sql`SELECT ${isDistinct ? sql`` : sql`DISTINCT `}${columnList(step.keys)} FROM ${asRelation(rows)}${open}`;
}

/** How many groups of the batch are late, for a SELECT list over its rows, which are distinct but for panes. */
export function lateGroups(step: AggregateStep, from: Sql, lateUs: bigint): Sql {
  if (step.closesAtUs === undefined) return sql`0::BIGINT`;
  const late = sqlInteger(lateUs);
  if (step.panes === undefined)
    return sql`count(*) FILTER (${step.accept === undefined ? sql`` : sql`${step.accept} AND `}${step.closesAtUs} <= ${late})`;
  const near = step.panes.expand(sql`(SELECT * FROM ${from} WHERE ${step.panes.firstEndUs} <= ${late})`);
  return countOf(
    sql`SELECT DISTINCT ${columnList(step.keys)} FROM ${asRelation(near)} WHERE ${step.closesAtUs} <= ${late}`,
  );
}

/** The two columns of `WindowRange` over rows with `marea_enters`. */
export const rangeOf = ({ window }: AggregateStep): Sql =>
  window === undefined
    ? sql`NULL::BIGINT, NULL::BIGINT`
    : sql`min(${window.start}) FILTER (marea_enters), max(${window.start}) FILTER (marea_enters)`;

const firstClose = (step: AggregateStep): Sql => step.panes?.firstEndUs ?? step.closesAtUs ?? sql`NULL::BIGINT`;

/** When the first of the entering groups closes, µs, over rows with `marea_enters`. */
export const firstCloseOf = (step: AggregateStep): Sql => sql`min(${firstClose(step)}) FILTER (marea_enters)`;

/** When the first stored group that is open at `cutUs` closes, µs. A pane that is in an open and in a closed window counts as closing at once. */
export const earliestClose = (step: AggregateStep, table: Sql, cutUs: bigint): Sql =>
  sql`(SELECT min(greatest(${firstClose(step)}, ${sqlInteger(cutUs + 1n)})) FROM ${table} WHERE ${lastClose(step)} > ${sqlInteger(cutUs)})`;

/** Condition on state rows that can share a group with the batch: the window column bounds the scan. */
export function nearRange(step: AggregateStep, range: WindowRange): Sql {
  if (step.window === undefined) return sql`true`;
  if (range === null) return sql`false`;
  const { start, windowUs } = step.window;
  const reach = step.panes === undefined ? 0n : BigInt(windowUs);
  return sql`${start} BETWEEN ${sqlInteger(range.least - reach)} AND ${sqlInteger(range.greatest + reach)}`;
}

/** Key columns that are never NULL. */
export const exactKeys = ({ window }: AggregateStep): readonly Sql[] => (window === undefined ? [] : [window.start]);

const lastClose = (step: AggregateStep): Sql => step.panes?.lastEndUs ?? step.closesAtUs ?? sql`NULL`;

/** A NULL time never closes. */
const notClosed = (closesAtUs: Sql, cutUs: bigint): Sql => sql`coalesce(${closesAtUs} > ${sqlInteger(cutUs)}, true)`;

/** State rows of which every group is closed at `cutUs`. */
export const goneBefore = (step: AggregateStep, cutUs: bigint): Sql => sql`${lastClose(step)} <= ${sqlInteger(cutUs)}`;

/** Columns of a state row behind an alias. */
export const qualified = (step: AggregateStep, alias: Sql): Sql =>
  sqlJoin(
    [
      ...[...step.keys, ...step.partials].map((column: StateColumn) => sql`${alias}.${column.name}`),
      sql`${alias}.batch`,
    ],
    ', ',
  );

/** `expand` answers a SELECT; tables and parenthesised SELECTs stand in FROM as they are. */
export const asRelation = (rows: Sql): Sql => (/^\s*(SELECT|WITH)\b/i.test(rows) ? sql`(${rows})` : rows);

export const countOf = (select: Sql): Sql => sql`(SELECT count(*) FROM (${select}))`;
