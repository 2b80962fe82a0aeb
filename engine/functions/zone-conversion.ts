import { sql, sqlInteger, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import { offsetChanges, overlapsOf, resolveZone } from './scalar/time-zone.ts';

/** UTC microseconds (TIMESTAMP) → what the clocks of `zone` show (TIMESTAMP). Free in UTC, 5 ns a row with a fixed offset, 0.1 to 0.2 µs otherwise. */
export function timestampToLocalSql(utc: Sql, zone: string): Sql {
  const resolved = resolveZone(zone);
  switch (resolved.kind) {
    case 'offset':
      return shifted(utc, resolved.seconds);
    case 'region':
      return sql`(make_timestamptz(epoch_us(${utc})) AT TIME ZONE ${sqlString(resolved.name)})`;
  }
}

/**
 * What the clocks of `zone` show (TIMESTAMP) → UTC microseconds (TIMESTAMP). A time inside a gap moves forward by the gap; of the two instants of an
 * overlap Java takes the earlier, DuckDB the later, hence the second look at the hours in which the zone has ever had overlaps.
 */
export function localToTimestampSql(local: Sql, zone: string): Sql {
  const resolved = resolveZone(zone);
  switch (resolved.kind) {
    case 'offset':
      return shifted(local, -resolved.seconds);
    case 'region':
      return bindValue(local, (clock) => regionToUtc(clock, resolved.name));
  }
}

const shifted = (at: Sql, seconds: number): Sql =>
  seconds === 0 ? at : sql`make_timestamp(epoch_us(${at}) + ${sqlInteger(seconds * 1_000_000)})`;

const instant = (clock: Sql, zone: Sql): Sql => sql`make_timestamp(epoch_us(${clock} AT TIME ZONE ${zone}))`;

function regionToUtc(clock: Sql, name: string): Sql {
  const zone = sqlString(name);
  const { hours, sizesUs } = overlapsOf(name);
  if (sizesUs.length === 0) return instant(clock, zone);
  const branches = sizesUs.map((size) => {
    const earlier = sql`make_timestamptz(epoch_us(${clock} AT TIME ZONE ${zone}) - ${sqlInteger(size)})`;
    return sql`WHEN (${earlier} AT TIME ZONE ${zone}) = ${clock} THEN make_timestamp(epoch_us(${clock} AT TIME ZONE ${zone}) - ${sqlInteger(size)})`;
  });
  return sql`CASE WHEN hour(${clock}) NOT IN (${sqlJoin(hours.map(sqlInteger), ', ')}) THEN ${instant(clock, zone)} ${sqlJoin(branches, ' ')} ELSE ${instant(clock, zone)} END`;
}

/** Years for which a region's offsets are written out: those that data have, and that all time zone databases agree on. */
const tabledYears = { from: 1970, to: 2037 } as const;

/**
 * The same as `localToTimestampSql` for a column of many rows: a tree of comparisons instead of a look at the time zone database for each row, a tenth of the
 * time. `local` is a column's name.
 */
export function localColumnToTimestampSql(local: Sql, zone: string): Sql {
  const resolved = resolveZone(zone);
  if (resolved.kind === 'offset') return shifted(local, -resolved.seconds);
  const { before, changes } = offsetChanges(resolved.name, tabledYears.from, tabledYears.to);
  // In a gap and in an overlap alike the offset of before the change holds, for as long as the wall clock shows a time of both.
  const steps = changes.map((change, index) => {
    const old = changes[index - 1]?.seconds ?? before;
    return { untilUs: (change.atMs / 1000 + Math.max(old, change.seconds)) * 1_000_000, old };
  });
  const offset = comparisonTree(sql`epoch_us(${local})`, steps, changes.at(-1)?.seconds ?? before);
  const isTabled = sql`${local} >= TIMESTAMP '${sqlInteger(tabledYears.from)}-01-02' AND ${local} < TIMESTAMP '${sqlInteger(tabledYears.to)}-12-31'`;
  return sql`CASE WHEN ${isTabled} THEN make_timestamp(epoch_us(${local}) - ${offset}) ELSE ${localToTimestampSql(local, zone)} END`;
}

/** Halves the steps at each comparison. `last`: what holds after all of them, seconds. */
function comparisonTree(
  wallUs: Sql,
  steps: readonly { readonly untilUs: number; readonly old: number }[],
  last: number,
): Sql {
  if (steps.length === 0) return sqlInteger(last * 1_000_000);
  const middle = Math.floor(steps.length / 2);
  const step = steps[middle];
  if (step === undefined) return sqlInteger(last * 1_000_000);
  const below = comparisonTree(wallUs, steps.slice(0, middle), step.old);
  const above = comparisonTree(wallUs, steps.slice(middle + 1), last);
  return sql`CASE WHEN ${wallUs} < ${sqlInteger(step.untilUs)} THEN ${below} ELSE ${above} END`;
}
