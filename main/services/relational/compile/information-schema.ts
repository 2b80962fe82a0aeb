import type { RelationalValue } from '../../../../engine/api/relational-client.ts';
import {
  defaultCollation,
  informationSchema,
  keyColumns,
  type Column,
  type Database,
  type Table,
} from '../catalog/catalog.ts';
import { defaultText, extraText, keyText } from '../catalog/describe-table.ts';
import { familyOf, textColumnType, typeText } from '../catalog/sql-type.ts';
import { unknownInformationTable } from '../relational-errors.ts';
import { inlineTable, momentColumn, numberColumn, textColumn, type InlineColumn } from './inline-table.ts';
import type { CompiledQuery, Context } from './scope.ts';

type Row = readonly RelationalValue[];
type InformationTable = {
  readonly columns: readonly InlineColumn[];
  readonly rows: (databases: readonly Database[]) => Row[];
};

/** SCHEMATA, TABLES, COLUMNS, STATISTICS and KEY_COLUMN_USAGE of `information_schema`. */
export function informationTable(name: string, context: Context): CompiledQuery {
  const table = informationTables[name.toUpperCase()];
  if (table === undefined) throw unknownInformationTable(name);
  return inlineTable(table.columns, table.rows(context.catalog.databases));
}

const mediumText = (name: string, isNullable: boolean): InlineColumn => ({
  name,
  type: textColumnType('longtext'),
  isNullable,
});
const collationOf = (column: Column): string | null =>
  familyOf(column.type) === 'text' ? (column.isJson ? 'utf8mb4_bin' : defaultCollation) : null;
const dateText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

const tablesOf = (databases: readonly Database[]): readonly Table[] =>
  databases.flatMap(({ tables }) => tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)));

function columnRow(table: Table, column: Column, index: number): Row {
  const { type } = column;
  const family = familyOf(type);
  const isText = family === 'text' || family === 'binary';
  const isNumber = family === 'integer' || family === 'decimal';
  return [
    'def',
    table.database,
    table.name,
    column.name,
    index + 1,
    defaultText(column) ?? null,
    column.isNullable ? 'YES' : 'NO',
    type.name,
    isText ? type.length : null,
    isText ? (family === 'text' && type.length < 65_535 ? type.length * 4 : type.length) : null,
    isNumber
      ? type.digits
      : family === 'double'
        ? type.name === 'float'
          ? 12
          : 22
        : family === 'bit'
          ? type.length
          : null,
    isNumber ? type.scale : null,
    family === 'datetime' || family === 'time' ? type.scale : null,
    family === 'text' ? 'utf8mb4' : null,
    collationOf(column),
    typeText(type),
    keyText(table, column),
    extraText(column),
    'select,insert,update,references',
    column.comment,
    'NEVER',
    null,
  ];
}

const informationTables: Readonly<Record<string, InformationTable>> = {
  SCHEMATA: {
    columns: [
      textColumn('CATALOG_NAME', 512),
      textColumn('SCHEMA_NAME', 64),
      textColumn('DEFAULT_CHARACTER_SET_NAME', 32),
      textColumn('DEFAULT_COLLATION_NAME', 64),
      textColumn('SQL_PATH', 512, true),
      textColumn('SCHEMA_COMMENT', 1024),
    ],
    rows: (databases) =>
      [
        ...databases.map(({ name, collation }) => [name, 'utf8mb4', collation]),
        [informationSchema, 'utf8mb3', 'utf8mb3_general_ci'],
      ]
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
        .map(([name = '', charset = '', collation = '']) => ['def', name, charset, collation, null, '']),
  },
  TABLES: {
    columns: [
      textColumn('TABLE_CATALOG', 512),
      textColumn('TABLE_SCHEMA', 64),
      textColumn('TABLE_NAME', 64),
      textColumn('TABLE_TYPE', 64),
      textColumn('ENGINE', 64, true),
      numberColumn('VERSION'),
      textColumn('ROW_FORMAT', 10, true),
      momentColumn('CREATE_TIME'),
      textColumn('TABLE_COLLATION', 64, true),
      textColumn('TABLE_COMMENT', 2048),
    ],
    rows: (databases) =>
      tablesOf(databases).map((table) => [
        'def',
        table.database,
        table.name,
        'BASE TABLE',
        'InnoDB',
        10,
        'Dynamic',
        dateText(table.createdAt),
        table.collation,
        table.comment,
      ]),
  },
  COLUMNS: {
    columns: [
      textColumn('TABLE_CATALOG', 512),
      textColumn('TABLE_SCHEMA', 64),
      textColumn('TABLE_NAME', 64),
      textColumn('COLUMN_NAME', 64),
      numberColumn('ORDINAL_POSITION', false),
      mediumText('COLUMN_DEFAULT', true),
      textColumn('IS_NULLABLE', 3),
      textColumn('DATA_TYPE', 64),
      numberColumn('CHARACTER_MAXIMUM_LENGTH'),
      numberColumn('CHARACTER_OCTET_LENGTH'),
      numberColumn('NUMERIC_PRECISION'),
      numberColumn('NUMERIC_SCALE'),
      numberColumn('DATETIME_PRECISION'),
      textColumn('CHARACTER_SET_NAME', 32, true),
      textColumn('COLLATION_NAME', 64, true),
      mediumText('COLUMN_TYPE', false),
      textColumn('COLUMN_KEY', 3),
      textColumn('EXTRA', 80),
      textColumn('PRIVILEGES', 80),
      textColumn('COLUMN_COMMENT', 1024),
      textColumn('IS_GENERATED', 6),
      mediumText('GENERATION_EXPRESSION', true),
    ],
    rows: (databases) =>
      tablesOf(databases).flatMap((table) => table.columns.map((column, index) => columnRow(table, column, index))),
  },
  STATISTICS: {
    columns: [
      textColumn('TABLE_SCHEMA', 64),
      textColumn('TABLE_NAME', 64),
      numberColumn('NON_UNIQUE', false, false),
      textColumn('INDEX_NAME', 64),
      numberColumn('SEQ_IN_INDEX', false, false),
      textColumn('COLUMN_NAME', 64),
    ],
    rows: (databases) =>
      tablesOf(databases).flatMap((table) =>
        table.keys.flatMap((key) =>
          keyColumns(table, key).map((column, i): Row => [
            table.database,
            table.name,
            key.kind === 'index' ? 1 : 0,
            key.name,
            i + 1,
            column.name,
          ]),
        ),
      ),
  },
  KEY_COLUMN_USAGE: {
    columns: [
      textColumn('CONSTRAINT_SCHEMA', 64),
      textColumn('CONSTRAINT_NAME', 64),
      textColumn('TABLE_SCHEMA', 64),
      textColumn('TABLE_NAME', 64),
      textColumn('COLUMN_NAME', 64),
      numberColumn('ORDINAL_POSITION', false, false),
    ],
    rows: (databases) =>
      tablesOf(databases).flatMap((table) =>
        table.keys
          .filter((key) => key.kind !== 'index')
          .flatMap((key) =>
            keyColumns(table, key).map((column, i): Row => [
              table.database,
              key.name,
              table.database,
              table.name,
              column.name,
              i + 1,
            ]),
          ),
      ),
  },
};
