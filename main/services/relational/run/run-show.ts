import type { RelationalResult, RelationalValue } from '../../../../engine/api/relational-client.ts';
import { sql } from '../../../../engine/core/sql-text.ts';
import {
  databaseOf,
  informationSchema,
  keyColumns,
  requireDatabase,
  requireTable,
  type Column,
  type Table,
} from '../catalog/catalog.ts';
import { createTableText, defaultText, extraText, keyText } from '../catalog/describe-table.ts';
import { datetimeType, familyOf, textColumnType, typeText, varcharType, wideInteger } from '../catalog/sql-type.ts';
import { compileExpression } from '../compile/compile-expression.ts';
import { outputName, outputs } from '../compile/output-columns.ts';
import type { CompiledQuery } from '../compile/scope.ts';
import { conditionSql } from '../compile/convert.ts';
import { inlineTable, textColumn, type InlineColumn } from '../compile/inline-table.ts';
import { emptyScope } from '../compile/scope.ts';
import type { Show, ShowFilter } from '../syntax/statement.ts';
import type { StatementRun, Warning } from './statement-run.ts';
import { statusValues, systemVariables } from './system-variables.ts';

type Rows = readonly (readonly RelationalValue[])[];

/** SHOW and DESCRIBE. `lastWarnings`: of the statement before. */
export async function runShow(
  statement: Show,
  run: StatementRun,
  lastWarnings: readonly Warning[],
): Promise<RelationalResult> {
  const { columns, rows } = await shown(statement, run, lastWarnings);
  const filter = 'filter' in statement ? statement.filter : undefined;
  // Names of databases and tables are told apart by case, everything else is not.
  const isNameList = statement.kind === 'show-databases' || statement.kind === 'show-tables';
  return run.answer(filtered(inlineTable(columns, rows), filter, isNameList, run));
}

type Shown = { readonly columns: readonly InlineColumn[]; readonly rows: Rows };

async function shown(statement: Show, run: StatementRun, lastWarnings: readonly Warning[]): Promise<Shown> {
  const { catalog } = run.state;
  switch (statement.kind) {
    case 'show-databases': {
      const names = [...catalog.databases.map(({ name }) => name), informationSchema].toSorted();
      return { columns: [textColumn('Database', 64)], rows: names.map((name) => [name]) };
    }
    case 'show-tables':
      return showTables(statement.database, statement.isFull, run);
    case 'show-table-status':
      return showTableStatus(statement.database, run);
    case 'show-columns':
      return showColumns(requireTable(catalog, statement.table, run.session.database), statement.isFull);
    case 'show-create-table': {
      const table = requireTable(catalog, statement.table, run.session.database);
      const counts = table.columns.some((column) => column.isAutoIncrement);
      await run.state.loadCounter(table, run.transaction.connection);
      const text = createTableText(table, counts ? run.state.nextNumber(table) : undefined);
      return { columns: [textColumn('Table', 64), textColumn('Create Table', 1024)], rows: [[table.name, text]] };
    }
    case 'show-create-database': {
      const { name, collation } = requireDatabase(catalog, statement.name);
      const text = `CREATE DATABASE \`${name}\` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation} */`;
      return { columns: [textColumn('Database', 64), textColumn('Create Database', 1024)], rows: [[name, text]] };
    }
    case 'show-index':
      return showIndex(requireTable(catalog, statement.table, run.session.database), run);
    case 'show-warnings':
      return {
        columns: [
          textColumn('Level', 7),
          { name: 'Code', type: wideInteger('int', 4, true), isNullable: false },
          textColumn('Message', 512),
        ],
        rows: lastWarnings
          .filter(({ level }) => !statement.onlyErrors || level === 'Error')
          .map(({ level, code, message }) => [level, code, message]),
      };
    case 'show-variables': {
      const values = statement.isStatus ? statusValues(run) : systemVariables(run);
      const rows = [...values]
        .map(([name, value]) => [name, String(value)])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
      return { columns: [textColumn('Variable_name', 64), textColumn('Value', 4096)], rows };
    }
  }
}

/** LIKE looks at the first column, WHERE at all of them. */
function filtered(
  query: CompiledQuery,
  filter: ShowFilter | undefined,
  isNameList: boolean,
  run: StatementRun,
): CompiledQuery {
  if (filter === undefined) return query;
  const context = run.context();
  const alias = context.nextAlias();
  const values = outputs(query.columns, alias);
  const scope = {
    ...emptyScope('WHERE'),
    tables: [
      {
        database: undefined,
        alias: '',
        columns: values.map((value, i) => ({ name: query.columns[i]?.name ?? '', value, isHidden: false })),
      },
    ],
  };
  const [first] = query.columns;
  const condition =
    filter.kind === 'where'
      ? filter.condition
      : ({
          kind: 'like',
          operand: { kind: 'column', database: undefined, table: undefined, name: first?.name ?? '' },
          pattern: { kind: 'collate', operand: { kind: 'string', text: filter.pattern }, isBinary: isNameList },
          escape: '\\',
          isNegated: false,
        } as const);
  const names = query.columns.map((_, i) => outputName(i)).join(', ') as ReturnType<typeof outputName>;
  const where = conditionSql(compileExpression(condition, scope, context));
  return { columns: query.columns, sql: sql`SELECT ${names} FROM (${query.sql}) AS ${alias} WHERE ${where}` };
}

function tablesIn(
  database: string | undefined,
  run: StatementRun,
): { readonly name: string; readonly tables: readonly Table[] } {
  const name = databaseOf({ database, name: '' }, run.session.database);
  const { tables } = requireDatabase(run.state.catalog, name);
  return { name, tables: tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

function showTables(database: string | undefined, isFull: boolean, run: StatementRun): Shown {
  const { name, tables } = tablesIn(database, run);
  const column = textColumn(`Tables_in_${name}`, 64 + 9);
  return {
    columns: isFull ? [column, textColumn('Table_type', 64)] : [column],
    rows: tables.map((table) => (isFull ? [table.name, 'BASE TABLE'] : [table.name])),
  };
}

async function showTableStatus(database: string | undefined, run: StatementRun): Promise<Shown> {
  const { tables } = tablesIn(database, run);
  const number = (name: string): InlineColumn => ({ name, type: wideInteger('bigint', 21, true), isNullable: true });
  const rows: RelationalValue[][] = [];
  for (const table of tables) {
    const counts = table.columns.some((column) => column.isAutoIncrement);
    const createdAt = new Date(table.createdAt).toISOString().slice(0, 19).replace('T', ' ');
    await run.state.loadCounter(table, run.transaction.connection);
    const next = counts ? run.state.nextNumber(table) : null;
    rows.push([
      table.name,
      'InnoDB',
      10,
      'Dynamic',
      await run.rowCount(table),
      next,
      createdAt,
      table.collation,
      table.comment,
    ]);
  }
  return {
    columns: [
      textColumn('Name', 64),
      textColumn('Engine', 64, true),
      number('Version'),
      textColumn('Row_format', 10, true),
      number('Rows'),
      number('Auto_increment'),
      { name: 'Create_time', type: datetimeType(0), isNullable: true },
      textColumn('Collation', 64, true),
      textColumn('Comment', 2048),
    ],
    rows,
  };
}

function showColumns(table: Table, isFull: boolean): Shown {
  const medium = (name: string, isNullable: boolean): InlineColumn => ({
    name,
    type: textColumnType('mediumtext'),
    isNullable,
  });
  const plain = (column: Column): RelationalValue[] => [
    column.name,
    typeText(column.type),
    column.isNullable ? 'YES' : 'NO',
    keyText(table, column),
    describedDefault(column),
    extraText(column),
  ];
  const columns = [
    textColumn('Field', 64),
    medium('Type', false),
    textColumn('Null', 3),
    textColumn('Key', 3),
    medium('Default', true),
    textColumn('Extra', 80),
  ];
  if (!isFull) return { columns, rows: table.columns.map(plain) };
  const rows = table.columns.map((column) => {
    const collation = familyOf(column.type) === 'text' ? (column.isJson ? 'utf8mb4_bin' : table.collation) : null;
    return [...plain(column).toSpliced(2, 0, collation), 'select,insert,update,references', column.comment];
  });
  const full = [
    ...columns.toSpliced(2, 0, textColumn('Collation', 64, true)),
    textColumn('Privileges', 80),
    textColumn('Comment', 1024),
  ];
  return { columns: full, rows };
}

/** DESCRIBE writes text defaults without quotes, and NULL for none. */
function describedDefault(column: Column): string | null {
  return column.default?.kind === 'literal' ? column.default.value : ((column.default && defaultText(column)) ?? null);
}

async function showIndex(table: Table, run: StatementRun): Promise<Shown> {
  const count = await run.rowCount(table);
  const columns: readonly InlineColumn[] = [
    textColumn('Table', 64),
    { name: 'Non_unique', type: wideInteger('bigint', 1), isNullable: false },
    textColumn('Key_name', 64),
    { name: 'Seq_in_index', type: wideInteger('int', 2, true), isNullable: false },
    textColumn('Column_name', 64),
    textColumn('Collation', 1, true),
    { name: 'Cardinality', type: wideInteger('bigint', 21), isNullable: true },
    { name: 'Sub_part', type: wideInteger('bigint', 3), isNullable: true },
    textColumn('Packed', 10, true),
    textColumn('Null', 3),
    textColumn('Index_type', 16),
    textColumn('Comment', 16, true),
    textColumn('Index_comment', 1024),
    { name: 'Ignored', type: varcharType(3), isNullable: false },
  ];
  const order = ['primary', 'unique', 'index'];
  const rows = table.keys
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .flatMap((key) =>
      keyColumns(table, key).map((column, i): RelationalValue[] => [
        table.name,
        key.kind === 'index' ? 1 : 0,
        key.name,
        i + 1,
        column.name,
        'A',
        count,
        null,
        null,
        column.isNullable ? 'YES' : '',
        'BTREE',
        '',
        '',
        'NO',
      ]),
    );
  return { columns, rows };
}
