import { byteType, decimalType, integerType, type DataType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import type { SparkValue } from '../core/spark-value.ts';
import { sql, sqlInteger, type Sql } from '../core/sql-text.ts';
import { backQuoted } from '../core/type-names.ts';
import { castSql } from './cast.ts';
import type { CallShape, CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, gives, scalar, simple } from './function-forms.ts';
import { fieldDivisor } from './interval-fields.ts';
import { timestampToLocalSql } from './zone-conversion.ts';

const asInteger = (value: Sql): Sql => sql`(${value})::INTEGER`;

/** A field of a date. Spark numbers Sunday 1, DuckDB 0. */
const dateFields: Readonly<Record<string, (day: Sql) => Sql>> = {
  year: (day) => asInteger(sql`year(${day})`),
  yearofweek: (day) => asInteger(sql`isoyear(${day})`),
  quarter: (day) => asInteger(sql`quarter(${day})`),
  month: (day) => asInteger(sql`month(${day})`),
  week: (day) => asInteger(sql`weekofyear(${day})`),
  day: (day) => asInteger(sql`day(${day})`),
  dayofweek: (day) => asInteger(sql`dayofweek(${day}) + 1`),
  dayofweek_iso: (day) => asInteger(sql`isodow(${day})`),
  weekday: (day) => asInteger(sql`isodow(${day}) - 1`),
  doy: (day) => asInteger(sql`dayofyear(${day})`),
};

const clockFields: Readonly<Record<string, (clock: Sql) => Sql>> = {
  hour: (clock) => asInteger(sql`hour(${clock})`),
  minute: (clock) => asInteger(sql`minute(${clock})`),
  second: (clock) => asInteger(sql`second(${clock})`),
};

/** Other spellings that `extract` and `date_part` take. */
const spellings: Readonly<Record<string, string>> = {
  y: 'year',
  years: 'year',
  yr: 'year',
  yrs: 'year',
  qtr: 'quarter',
  mon: 'month',
  mons: 'month',
  months: 'month',
  w: 'week',
  weeks: 'week',
  d: 'day',
  days: 'day',
  dow: 'dayofweek',
  dow_iso: 'dayofweek_iso',
  h: 'hour',
  hours: 'hour',
  hr: 'hour',
  hrs: 'hour',
  m: 'minute',
  min: 'minute',
  mins: 'minute',
  minutes: 'minute',
  s: 'second',
  sec: 'second',
  seconds: 'second',
  secs: 'second',
};

const secondsWithFraction = decimalType(8, 6);

function fieldName(shape: { readonly literals: CallShape['literals'] }): string {
  const field = shape.literals[0];
  const name = typeof field === 'string' ? field.toLowerCase() : '';
  return spellings[name] ?? name;
}

const intervalFields: Partial<Record<DataType['kind'], readonly string[]>> = {
  day_time_interval: ['day', 'hour', 'minute', 'second'],
  year_month_interval: ['year', 'month'],
  calendar_interval: ['year', 'month', 'day', 'hour', 'minute', 'second'],
};

function fieldsOf(type: DataType): readonly string[] {
  const all = intervalFields[type.kind];
  if (all === undefined)
    return [...Object.keys(dateFields).filter((name) => name !== 'weekday'), ...Object.keys(clockFields)];
  if (type.kind !== 'day_time_interval' && type.kind !== 'year_month_interval') return all;
  return all.slice(all.indexOf(type.start), all.indexOf(type.end) + 1);
}

function partType(shape: CallShape): DataType {
  const type = argumentType(shape, 1);
  const field = fieldName(shape);
  if (field === 'second') return secondsWithFraction;
  if (intervalFields[type.kind] === undefined || field === 'day') return integerType;
  if (field === 'year') return integerType;
  return byteType;
}

const literalText = (value: SparkValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function checkField(shape: CallShape): void {
  if (fieldsOf(argumentType(shape, 1)).includes(fieldName(shape))) return;
  const source = shape.args[1];
  const written =
    source?.kind === 'attribute'
      ? source.attribute.name
      : source?.kind === 'literal'
        ? (source.text ?? literalText(source.value))
        : 'source';
  throw sparkError('INVALID_EXTRACT_FIELD', {
    field: backQuoted(literalText(shape.literals[0])),
    expression: `"${written}"`,
  });
}

function partSql(call: CompiledCall): Sql {
  const [source, type] = [argument(call, 1), argumentType(call, 1)];
  const field = fieldName(call);
  switch (type.kind) {
    case 'day_time_interval':
      return dayTimePart(source, field);
    case 'year_month_interval':
      return field === 'year' ? asInteger(sql`${source} // 12`) : sql`(${source} % 12)::TINYINT`;
    case 'calendar_interval':
      return calendarPart(source, field);
    default: {
      const clock =
        type.kind === 'timestamp_ntz'
          ? source
          : timestampToLocalSql(
              castSql(source, type, { kind: 'timestamp' }, 'legacy', call.context),
              call.context.zone,
            );
      if (field === 'second') return secondsOf(sql`(epoch_us(${clock}) % 60000000 + 60000000) % 60000000`);
      return (dateFields[field] ?? clockFields[field] ?? asInteger)(clock);
    }
  }
}

/** Microseconds as DECIMAL(8, 6) seconds. */
const secondsOf = (micros: Sql): Sql => sql`((${micros})::DECIMAL(18, 0) * 0.000001::DECIMAL(7, 6))::DECIMAL(8, 6)`;

const unitsBelow: Readonly<Record<string, number>> = { hour: 24, minute: 60 };

function dayTimePart(micros: Sql, field: string): Sql {
  if (field === 'day') return asInteger(sql`${micros} // ${sqlInteger(fieldDivisor('day'))}`);
  if (field === 'second') return secondsOf(sql`${micros} % 60000000`);
  const unit = field === 'hour' ? 'hour' : 'minute';
  return sql`(${micros} // ${sqlInteger(fieldDivisor(unit))} % ${sqlInteger(unitsBelow[unit] ?? 60)})::TINYINT`;
}

function calendarPart(interval: Sql, field: string): Sql {
  const micros = sql`(epoch_us(${interval} - to_months(datepart('year', ${interval})::INTEGER * 12 + datepart('month', ${interval})::INTEGER) - to_days(datepart('day', ${interval})::INTEGER)))`;
  switch (field) {
    case 'year':
      return asInteger(sql`datepart('year', ${interval})`);
    case 'month':
      return sql`datepart('month', ${interval})::TINYINT`;
    case 'day':
      return asInteger(sql`datepart('day', ${interval})`);
    case 'hour':
      // Hours are not cut at a day here.
      return sql`(${micros} // 3600000000)::TINYINT`;
    default:
      return dayTimePart(micros, field);
  }
}

const dateField = (name: string, row: Pick<ScalarFunction, 'examples' | 'aliases'>): ScalarFunction =>
  simple({ takes: ['date'], returns: integerType, write: dateFields[name] ?? asInteger, ...row });

const clockField = (name: string, row: Pick<ScalarFunction, 'examples'>): ScalarFunction =>
  scalar({
    takes: ['timestamp'],
    returns: integerType,
    sql: (call) => (clockFields[name] ?? asInteger)(timestampToLocalSql(argument(call, 0), call.context.zone)),
    ...row,
  });

const extractText = (args: readonly string[], spelling: string): string =>
  spelling === 'date_part' ? `date_part(${args.join(', ')})` : `${spelling}(${args.join(' FROM ')})`;

/** Fields of dates, timestamps and intervals. */
export const datePartFunctions: FunctionTable = {
  year: dateField('year', { examples: [gives("year('2024-02-29')", '2024'), gives('year(NULL)', null)] }),
  quarter: dateField('quarter', { examples: [gives("quarter(DATE '2024-05-01')", '2')] }),
  month: dateField('month', { examples: [gives("month(TIMESTAMP '2024-05-01 10:00:00')", '5')] }),
  dayofmonth: dateField('day', {
    aliases: ['day'],
    examples: [gives("dayofmonth('2024-05-17')", '17'), gives("day('2024-05-17')", '17')],
  }),
  dayofweek: dateField('dayofweek', {
    examples: [gives("dayofweek(DATE '2009-07-30')", '5'), gives('dayofweek(NULL)', null)],
  }),
  weekday: dateField('weekday', { examples: [gives("weekday(DATE '2009-07-30')", '3')] }),
  dayofyear: dateField('doy', { examples: [gives("dayofyear('2016-04-09')", '100')] }),
  weekofyear: dateField('week', {
    examples: [gives("weekofyear('2008-02-20')", '8'), gives("weekofyear('2021-01-01')", '53')],
  }),
  hour: clockField('hour', {
    examples: [
      gives("hour('2009-07-30 12:58:59')", '12'),
      gives("hour(TIMESTAMP '2024-07-01 00:30:00')", '0'),
      gives("hour('bad')", null),
    ],
  }),
  minute: clockField('minute', { examples: [gives("minute('2009-07-30 12:58:59')", '58')] }),
  second: clockField('second', { examples: [gives("second('2009-07-30 12:58:59.9')", '59')] }),
  date_part: scalar({
    takes: ['literal_string', 'any'],
    aliases: ['datepart', 'extract'],
    returns: partType,
    check: checkField,
    nullable: (shape) => shape.args[1]?.nullable !== false || argumentType(shape, 1).kind === 'string',
    text: extractText,
    sql: partSql,
    examples: [
      gives("date_part('YEAR', TIMESTAMP '2019-08-12 01:00:00.123456')", '2019'),
      gives("date_part('doy', DATE '2019-08-12')", '224'),
      gives("date_part('dow', DATE '2024-01-01')", '2'),
      gives("date_part('dayofweek_iso', DATE '2024-01-01')", '1'),
      gives("date_part('YEAROFWEEK', DATE '2021-01-01')", '2020'),
      gives("date_part('hour', DATE '2021-01-01')", '0'),
      gives("extract(SECONDS FROM TIMESTAMP '2019-10-01 00:00:01.000001')", '1.000001'),
      gives("extract(MINUTE FROM INTERVAL '123 23:55:59.002001' DAY TO SECOND)", '55'),
      gives("extract(MONTH FROM INTERVAL '2021-11' YEAR TO MONTH)", '11'),
      gives("date_part('hour', INTERVAL '-1 02:03:04' DAY TO SECOND)", '-2'),
      gives("date_part('days', make_interval(1, 2, 3, 4, 5, 6, 7.5))", '25'),
      gives("date_part('second', make_interval(1, 2, 3, 4, 5, 6, 7.5))", '7.500000'),
      gives("datepart('day', '2024-05-01')", '1'),
      gives("extract(hour FROM '2024-05-01 10:00:00')", '10'),
    ],
  }),
};
