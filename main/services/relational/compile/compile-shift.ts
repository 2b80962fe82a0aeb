import { sql, type Sql } from '../../../../engine/core/sql-text.ts';
import { charType, dateType, datetimeType, familyOf, timeType } from '../catalog/sql-type.ts';
import { callSql, castSql, compiled, type Compiled } from './compiled.ts';
import { asNumber, datetimeSql, doubleSql, timeSql } from './convert.ts';

const dateUnits: ReadonlySet<string> = new Set(['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']);

/** `operand + INTERVAL amount unit`. A date stays a date while the unit is a day or more; text stays text. */
export function compileShift(operand: Compiled, amount: Compiled, unit: string): Compiled {
  const family = familyOf(operand.type);
  if (family === 'time' && !dateUnits.has(unit)) {
    const micros = sql`(${timeSql(operand)} + CAST(${doubleSql(amount)} * ${microsOf(unit)} AS BIGINT))`;
    return compiled(micros, timeType(operand.type.scale), true);
  }
  const moved = sql`(${datetimeSql(operand)} + ${intervalSql(amount, unit)})`;
  if (family === 'date' && dateUnits.has(unit)) return compiled(castSql(moved, sql`DATE`), dateType, true);
  if (family === 'date' || family === 'datetime') {
    const scale = unit === 'MICROSECOND' ? 6 : Math.max(operand.type.scale, unit === 'SECOND' ? amount.type.scale : 0);
    return compiled(moved, datetimeType(scale), true);
  }
  return compiled(shiftedText(operand, moved, unit), charType(19), true);
}

/** Text that is only a date answers a date, unless hours or less move it. */
function shiftedText(operand: Compiled, moved: Sql, unit: string): Sql {
  const text = castSql(moved, sql`VARCHAR`);
  if (!dateUnits.has(unit)) return text;
  return sql`(CASE WHEN length(${castSql(operand.sql, sql`VARCHAR`)}) <= 10 THEN CAST(CAST(${moved} AS DATE) AS VARCHAR) ELSE ${text} END)`;
}

/** DuckDB's interval of so many units; whole ones but for seconds. */
function intervalSql(amount: Compiled, unit: string): Sql {
  if (unit === 'SECOND') return sql`to_microseconds(CAST(round(${doubleSql(amount)} * 1000000) AS BIGINT))`;
  const whole = castSql(callSql('round', asNumber(amount).sql), sql`INTEGER`);
  switch (unit) {
    case 'MICROSECOND':
      return sql`to_microseconds(CAST(${whole} AS BIGINT))`;
    case 'MINUTE':
      return sql`to_minutes(CAST(${whole} AS BIGINT))`;
    case 'HOUR':
      return sql`to_hours(CAST(${whole} AS BIGINT))`;
    case 'WEEK':
      return callSql('to_weeks', whole);
    case 'MONTH':
      return callSql('to_months', whole);
    case 'QUARTER':
      return sql`to_months(3 * ${whole})`;
    case 'YEAR':
      return callSql('to_years', whole);
    default:
      return callSql('to_days', whole);
  }
}

const microsOf = (unit: string): Sql => {
  if (unit === 'HOUR') return sql`3600000000`;
  if (unit === 'MINUTE') return sql`60000000`;
  return unit === 'SECOND' ? sql`1000000` : sql`1`;
};
