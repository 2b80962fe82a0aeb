import type { DataType, DayTimeIntervalType, YearMonthIntervalType } from './data-type.ts';

const simpleNames = {
  void: 'void',
  boolean: 'boolean',
  byte: 'tinyint',
  short: 'smallint',
  integer: 'int',
  long: 'bigint',
  float: 'float',
  double: 'double',
  string: 'string',
  binary: 'binary',
  date: 'date',
  timestamp: 'timestamp',
  timestamp_ntz: 'timestamp_ntz',
  calendar_interval: 'interval',
} as const;

const dayTimeFields = ['day', 'hour', 'minute', 'second'] as const;
const yearMonthFields = ['year', 'month'] as const;

const intervalName = (type: DayTimeIntervalType | YearMonthIntervalType): string =>
  type.start === type.end ? `interval ${type.start}` : `interval ${type.start} to ${type.end}`;

/** Spark's `simpleString`: `bigint`, `struct<start:timestamp,end:timestamp>`; the word of `dtypes` and `DataFrame[...]`. */
export function simpleString(type: DataType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'char':
    case 'varchar':
      return `${type.kind}(${type.length})`;
    case 'day_time_interval':
    case 'year_month_interval':
      return intervalName(type);
    case 'array':
      return `array<${simpleString(type.element)}>`;
    case 'map':
      return `map<${simpleString(type.key)},${simpleString(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map((f) => `${f.name}:${simpleString(f.type)}`).join(',')}>`;
    default:
      return simpleNames[type.kind];
  }
}

/** Spark's `sql` text of a type, as error messages quote it: `STRUCT<start: TIMESTAMP, end: TIMESTAMP NOT NULL>`. */
export function sqlTypeName(type: DataType): string {
  switch (type.kind) {
    case 'array':
      return `ARRAY<${sqlTypeName(type.element)}>`;
    case 'map':
      return `MAP<${sqlTypeName(type.key)}, ${sqlTypeName(type.value)}>`;
    case 'struct':
      return `STRUCT<${type.fields.map((f) => `${quoteIfNeeded(f.name)}: ${sqlTypeName(f.type)}${f.nullable ? '' : ' NOT NULL'}`).join(', ')}>`;
    default:
      return simpleString(type).toUpperCase();
  }
}

/** The word that `printSchema` shows: `integer`, `long`, `decimal(20,0)`, `struct`. */
export function typeName(type: DataType): string {
  switch (type.kind) {
    case 'array':
    case 'map':
    case 'struct':
      return type.kind;
    case 'calendar_interval':
      return 'interval';
    case 'decimal':
    case 'char':
    case 'varchar':
    case 'day_time_interval':
    case 'year_month_interval':
      return simpleString(type);
    default:
      return type.kind;
  }
}

/** A type as Scala prints it: `LongType`, `DecimalType(10,0)`, `ArrayType(StringType,true)`. */
export function javaTypeText(type: DataType): string {
  switch (type.kind) {
    case 'decimal':
      return `DecimalType(${type.precision},${type.scale})`;
    case 'array':
      return `ArrayType(${javaTypeText(type.element)},${type.containsNull})`;
    case 'map':
      return `MapType(${javaTypeText(type.key)},${javaTypeText(type.value)},${type.valueContainsNull})`;
    case 'struct':
      return `StructType(${type.fields.map((f) => `StructField(${f.name},${javaTypeText(f.type)},${f.nullable})`).join(',')})`;
    case 'day_time_interval':
      return `DayTimeIntervalType(${dayTimeFields.indexOf(type.start)},${dayTimeFields.indexOf(type.end)})`;
    case 'year_month_interval':
      return `YearMonthIntervalType(${yearMonthFields.indexOf(type.start)},${yearMonthFields.indexOf(type.end)})`;
    case 'calendar_interval':
      return 'CalendarIntervalType';
    case 'timestamp_ntz':
      return 'TimestampNTZType';
    case 'void':
      return 'NullType';
    case 'char':
    case 'varchar':
      return 'StringType';
    default:
      return `${type.kind.charAt(0).toUpperCase()}${type.kind.slice(1)}Type`;
  }
}

/** A name in back-quotes, inner ones doubled: how messages write a column. */
export const backQuoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** Plain where letters, digits and `_` suffice, in back-quotes otherwise. */
export const quoteIfNeeded = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : backQuoted(name);
