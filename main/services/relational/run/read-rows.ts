import type { RelationalColumn, RelationalValue } from '../../../../engine/api/relational-client.ts';
import {
  binaryType,
  doubleType,
  longType,
  stringType,
  timestampNtzType,
  type DataType,
} from '../../../../engine/core/data-type.ts';
import type { Row, SparkValue } from '../../../../engine/core/spark-value.ts';
import { sql, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import { familyOf, type SqlType } from '../catalog/sql-type.ts';
import { outputs } from '../compile/output-columns.ts';
import type { Compiled } from '../compile/compiled.ts';
import type { CompiledQuery, OutputColumn } from '../compile/scope.ts';
import { datetimeText } from './datetime-text.ts';
import { timeText } from './parse-moment.ts';

/** How a column of a result leaves DuckDB: what it can print as MariaDB does, it prints. */
export type ResultForm = {
  readonly sql: (value: Compiled) => Sql;
  readonly type: DataType;
  /** Undefined where DuckDB's value is already the port's. */
  readonly read: ((value: SparkValue, type: SqlType) => RelationalValue) | undefined;
};

const plain = ({ sql: value }: Compiled): Sql => value;
const printed = ({ sql: value }: Compiled): Sql => sql`CAST(${value} AS VARCHAR)`;

const bigForm: ResultForm = { sql: plain, type: longType, read: undefined };
const smallForm: ResultForm = { sql: plain, type: longType, read: (value) => Number(value) };
const textForm: ResultForm = { sql: plain, type: stringType, read: undefined };
const printedForm: ResultForm = { sql: printed, type: stringType, read: undefined };
const doubleForm: ResultForm = { sql: plain, type: doubleType, read: undefined };
/** MariaDB writes six digits of a single-precision number. */
const floatForm: ResultForm = {
  sql: plain,
  type: doubleType,
  read: (value) => Number((value as number).toPrecision(6)),
};
const binaryForm: ResultForm = { sql: plain, type: binaryType, read: undefined };
const datetimeForm: ResultForm = {
  sql: plain,
  type: timestampNtzType,
  read: (value, type) => datetimeText(value as bigint, type.scale),
};
const timeForm: ResultForm = {
  sql: plain,
  type: longType,
  read: (value, type) => timeText(value as bigint, type.scale),
};
const bitForm: ResultForm = {
  sql: plain,
  type: longType,
  read: (value, type) => bitBytes(value as bigint, type.length),
};
const nullForm: ResultForm = {
  sql: ({ sql: value }) => sql`CAST(${value} AS VARCHAR)`,
  type: stringType,
  read: undefined,
};

function bitBytes(value: bigint, bits: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(1, Math.ceil(bits / 8)));
  for (let i = bytes.length - 1, rest = value; i >= 0; i -= 1, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}

export function resultForm(type: SqlType): ResultForm {
  switch (familyOf(type)) {
    case 'integer':
      return type.name === 'bigint' ? bigForm : smallForm;
    case 'double':
      return type.name === 'float' ? floatForm : doubleForm;
    case 'bit':
      return bitForm;
    case 'text':
      return textForm;
    case 'binary':
      return binaryForm;
    case 'datetime':
      return datetimeForm;
    case 'time':
      return timeForm;
    case 'decimal':
    case 'date':
      return printedForm;
    case 'null':
      return nullForm;
  }
}

export type Reading = {
  readonly sql: Sql;
  readonly types: readonly DataType[];
  readonly decode: (rows: Row[]) => readonly (readonly RelationalValue[])[];
};

/** What to ask DuckDB for the rows of a query, and how to read its answer. */
export function readingOf(query: CompiledQuery): Reading {
  const forms = query.columns.map((column) => resultForm(column.type));
  const items = outputs(query.columns, sql`q`).map((value, i) => (forms[i] ?? textForm).sql(value));
  return {
    sql: sql`SELECT ${sqlJoin(items, ', ')} FROM (${query.sql}) AS q`,
    types: forms.map(({ type }) => type),
    decode: (rows) => decodeRows(rows, query.columns, forms),
  };
}

/** Column by column, so that each loop does one thing; columns that need nothing cost nothing. */
function decodeRows(
  rows: Row[],
  columns: readonly OutputColumn[],
  forms: readonly ResultForm[],
): readonly (readonly RelationalValue[])[] {
  const cells = rows as unknown as RelationalValue[][];
  forms.forEach(({ read }, i) => {
    const type = columns[i]?.type;
    if (read === undefined || type === undefined) return;
    for (const row of cells) {
      const value = row[i] ?? null;
      if (value !== null) row[i] = read(value, type);
    }
  });
  return cells;
}

export const resultColumn = ({ name, type, isNullable, isAutoIncrement }: OutputColumn): RelationalColumn => ({
  name,
  type: type.name,
  unsigned: type.unsigned && ['integer', 'decimal', 'double'].includes(familyOf(type)),
  nullable: isNullable,
  autoIncrement: isAutoIncrement,
  length: type.length,
  scale: type.scale,
});
