import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { ColumnForm } from './column-form.ts';
import { alignedStart } from './compile-time-window.ts';

type Pane = Extract<ColumnForm, { kind: 'pane' }>;

/** One row for each window that holds a pane; the key column `pane` then has the window's start, all other columns stay. */
export function expandPanes(from: Sql, pane: Sql, form: Pane): Sql {
  const count = Math.ceil(form.windowUs / form.slideUs);
  const starts = Array.from({ length: count }, (_, i) => sql`marea_start - ${sqlInteger(i * form.slideUs)}`);
  const last = sql`(SELECT *, ${alignedStart(pane, form.slideUs, form.startUs)} AS marea_start FROM ${from})`;
  const windows = sql`(SELECT *, unnest([${sqlJoin(starts, ', ')}]) AS marea_window FROM ${last})`;
  return sql`(SELECT * EXCLUDE (marea_start, marea_window) REPLACE (marea_window AS ${pane}) FROM ${windows} WHERE marea_window + ${sqlInteger(form.windowUs)} > ${pane})`;
}

/** End of the last window that holds the pane: all its windows are closed when the watermark has passed it. */
export const lastWindowEnd = (pane: Sql, form: Pane): Sql =>
  sql`(${alignedStart(pane, form.slideUs, form.startUs)} + ${sqlInteger(form.windowUs)})`;

/** End of the first window that holds the pane: the least end behind the pane's start. */
export function firstWindowEnd(pane: Sql, form: Pane): Sql {
  const phase = (form.startUs + form.windowUs) % form.slideUs;
  return sql`(${alignedStart(pane, form.slideUs, phase)} + ${sqlInteger(form.slideUs)})`;
}
