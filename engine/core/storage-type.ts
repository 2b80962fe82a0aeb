import type { DataType, StructType } from './data-type.ts';
import { sql, sqlJoin, sqlName, sqlWord, type Sql } from './sql-text.ts';

/**
 * The DuckDB type that stores a Spark type. Timestamps are UTC microseconds in `TIMESTAMP` (never TIMESTAMPTZ); day-time intervals are microseconds,
 * year-month intervals months; `void` is an INTEGER that is always NULL.
 */
export function storageType(type: DataType): Sql {
  switch (type.kind) {
    case 'decimal':
      return sqlWord(`DECIMAL(${type.precision}, ${type.scale})`);
    case 'array':
      return sql`${storageType(type.element)}${listSuffix}`;
    case 'map':
      return sql`MAP(${storageType(type.key)}, ${storageType(type.value)})`;
    case 'struct':
      return sql`STRUCT(${sqlJoin(structMembers(type), ', ')})`;
    case 'char':
    case 'varchar':
      return sqlWord('VARCHAR');
    case 'day_time_interval':
      return sqlWord('BIGINT');
    case 'year_month_interval':
      return sqlWord('INTEGER');
    default:
      return sqlWord(atomicStorage[type.kind]);
  }
}

const listSuffix = sql`[]`;

const atomicStorage = {
  void: 'INTEGER',
  boolean: 'BOOLEAN',
  byte: 'TINYINT',
  short: 'SMALLINT',
  integer: 'INTEGER',
  long: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  string: 'VARCHAR',
  binary: 'BLOB',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamp_ntz: 'TIMESTAMP',
  calendar_interval: 'INTERVAL',
} as const;

const structMembers = (type: StructType): readonly Sql[] => {
  const names = storageFieldNames(type);
  return type.fields.map((field, index) => sql`${sqlName(names[index] ?? field.name)} ${storageType(field.type)}`);
};

/** Field names inside DuckDB: Spark's, but `name_1`… where two differ only in case, which DuckDB cannot tell apart. */
export function storageFieldNames(type: StructType): readonly string[] {
  const taken = new Set<string>();
  return type.fields.map((field) => {
    let name = field.name;
    for (let suffix = 1; taken.has(name.toLowerCase()); suffix += 1) name = `${field.name}_${suffix}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
