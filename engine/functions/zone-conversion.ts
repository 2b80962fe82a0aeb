import { sql, sqlInteger, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import { overlapsOf, resolveZone } from './scalar/time-zone.ts';

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
