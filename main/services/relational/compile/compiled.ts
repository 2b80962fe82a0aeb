import { sql, sqlWord, type Sql } from '../../../../engine/core/sql-text.ts';
import { conditionType, familyOf, isBigUnsigned, type SqlType } from '../catalog/sql-type.ts';
import type { Literal } from '../syntax/expression.ts';

/**
 * An expression as DuckDB computes it. Each family of types has one form there: integers BIGINT (UBIGINT when unsigned and big), decimals DECIMAL,
 * `double` DOUBLE, text VARCHAR, binary BLOB, `date` DATE, `datetime` and `timestamp` TIMESTAMP, `time` BIGINT microseconds, `bit` UBIGINT.
 */
export type Compiled = {
  readonly sql: Sql;
  readonly type: SqlType;
  readonly isNullable: boolean;
  /** The text is a BOOLEAN; `valueSql` makes 0 and 1 of it. */
  readonly isCondition: boolean;
  /** Compared byte by byte: COLLATE …_bin. */
  readonly isBinary: boolean;
  readonly isAutoIncrement: boolean;
  readonly constant: Literal | undefined;
};

export const compiled = (text: Sql, type: SqlType, isNullable: boolean, more: Partial<Compiled> = {}): Compiled => ({
  sql: text,
  type,
  isNullable,
  isCondition: false,
  isBinary: false,
  isAutoIncrement: false,
  constant: undefined,
  ...more,
});

export const condition = (text: Sql, isNullable: boolean): Compiled =>
  compiled(text, conditionType, isNullable, { isCondition: true });

export const anyNullable = (args: readonly Compiled[]): boolean => args.some((arg) => arg.isNullable);

export const isNullConstant = (expression: Compiled): boolean => expression.type.name === 'null';

/** The text with a value in its family's form. */
export const valueSql = (expression: Compiled): Sql =>
  expression.isCondition ? sql`CAST(${expression.sql} AS BIGINT)` : expression.sql;

/** DuckDB's decimals end at 38 digits. */
export const decimalSql = (type: SqlType): Sql =>
  sqlWord(`DECIMAL(${Math.min(38, Math.max(type.digits, type.scale, 1))},${type.scale})`);

/** A value as a result or a derived table shows it: a quotient with no more digits than its type has. */
export const shownSql = (expression: Compiled): Sql =>
  expression.type.name === 'decimal'
    ? sql`CAST(${expression.sql} AS ${decimalSql(expression.type)})`
    : valueSql(expression);

/** DuckDB's type of an expression. */
export function carrierSql(type: SqlType): Sql {
  switch (familyOf(type)) {
    case 'integer':
    case 'bit':
      return isBigUnsigned(type) ? sql`UBIGINT` : sql`BIGINT`;
    case 'decimal':
      return decimalSql(type);
    case 'double':
      return sql`DOUBLE`;
    case 'text':
      return sql`VARCHAR`;
    case 'binary':
      return sql`BLOB`;
    case 'date':
      return sql`DATE`;
    case 'datetime':
      return sql`TIMESTAMP`;
    case 'time':
      return sql`BIGINT`;
    case 'null':
      return sql`INTEGER`;
  }
}

export const castSql = (text: Sql, to: Sql): Sql => sql`CAST(${text} AS ${to})`;
export const callSql = (name: string, ...args: readonly Sql[]): Sql => sql`${sqlWord(name)}(${args.join(', ') as Sql})`;
