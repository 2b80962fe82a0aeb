import { keyColumns, type Column, type Table } from './catalog.ts';
import { familyOf, typeText } from './sql-type.ts';

/** What DESCRIBE's `Default` says; undefined where a column has none. */
export function defaultText(column: Column): string | undefined {
  const value = column.default;
  if (value === undefined) return column.isNullable ? 'NULL' : undefined;
  if (value.kind === 'expression') return value.text;
  if (value.value === null) return 'NULL';
  if (column.type.name === 'bit') return `b'${BigInt(value.value).toString(2)}'`;
  return isQuoted(column) ? quoted(value.value) : value.value;
}

const isQuoted = (column: Column): boolean => !['integer', 'decimal', 'double', 'bit'].includes(familyOf(column.type));
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const nameText = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

export function extraText(column: Column): string {
  if (column.isAutoIncrement) return 'auto_increment';
  return column.onUpdate === undefined ? '' : `on update ${column.onUpdate}`;
}

/** PRI, UNI or MUL: as the first column of a key; UNI only for a key of this column alone. */
export function keyText(table: Table, column: Column): string {
  const has = (kind: string): boolean => table.keys.some((key) => key.kind === kind && key.columns.includes(column.id));
  if (has('primary')) return 'PRI';
  const leading = table.keys.filter((key) => key.columns[0] === column.id);
  if (leading.some((key) => key.kind === 'unique' && key.columns.length === 1)) return 'UNI';
  return leading.length > 0 ? 'MUL' : '';
}

function columnLine(table: Table, column: Column): string {
  const isTimestamp = column.type.name === 'timestamp';
  const parts = [nameText(column.name), typeText(column.type)];
  if (column.isJson) parts.push('CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  if (!column.isNullable) parts.push('NOT NULL');
  else if (isTimestamp) parts.push('NULL');
  const text = column.isAutoIncrement ? undefined : defaultText(column);
  const hasLargeType = ['text', 'binary'].includes(familyOf(column.type)) && column.type.length > 65_534;
  if (text !== undefined && !(text === 'NULL' && hasLargeType && column.default !== undefined))
    parts.push(`DEFAULT ${text}`);
  if (column.onUpdate !== undefined) parts.push(`ON UPDATE ${column.onUpdate}`);
  if (column.isAutoIncrement) parts.push('AUTO_INCREMENT');
  if (column.comment !== '') parts.push(`COMMENT ${quoted(column.comment)}`);
  if (column.isJson) parts.push(`CHECK (json_valid(${nameText(column.name)}))`);
  return `  ${parts.join(' ')}`;
}

function keyLines(table: Table): string[] {
  const order = ['primary', 'unique', 'index'];
  return table.keys
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((key) => {
      const columns = keyColumns(table, key).map((column) => nameText(column.name));
      const list = `(${columns.join(',')})`;
      if (key.kind === 'primary') return `  PRIMARY KEY ${list}`;
      return `  ${key.kind === 'unique' ? 'UNIQUE KEY' : 'KEY'} ${nameText(key.name)} ${list}`;
    });
}

/** SHOW CREATE TABLE's text; `nextNumber`: of the column that counts itself, if it has counted. */
export function createTableText(table: Table, nextNumber: bigint | undefined): string {
  const lines = [...table.columns.map((column) => columnLine(table, column)), ...keyLines(table)];
  const counter = nextNumber === undefined || nextNumber <= 1n ? '' : ` AUTO_INCREMENT=${nextNumber}`;
  const comment = table.comment === '' ? '' : ` COMMENT=${quoted(table.comment)}`;
  const charset = `DEFAULT CHARSET=utf8mb4 COLLATE=${table.collation}`;
  return `CREATE TABLE ${nameText(table.name)} (\n${lines.join(',\n')}\n) ENGINE=InnoDB${counter} ${charset}${comment}`;
}
