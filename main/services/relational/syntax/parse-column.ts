import { familyOf } from '../catalog/sql-type.ts';
import { notSupported } from '../relational-errors.ts';
import { parseColumnType } from './parse-column-type.ts';
import type { ColumnDefinition, ColumnPosition, DefaultValue, KeyDefinition } from './statement.ts';
import type { TokenReader } from './token-reader.ts';

export type ParsedColumn = { readonly column: ColumnDefinition; readonly keys: readonly KeyDefinition[] };

type Attributes = {
  isNullable: boolean;
  default: DefaultValue | undefined;
  onUpdate: string | undefined;
  isAutoIncrement: boolean;
  comment: string;
  isJson: boolean;
  keys: KeyDefinition[];
};

/** `name type attributes`; keys written beside the column come back with it. */
export function parseColumn(reader: TokenReader): ParsedColumn {
  const name = reader.name();
  const isJson = reader.sees('JSON');
  const isSerial = reader.sees('SERIAL');
  const type = parseColumnType(reader, name);
  const found: Attributes = {
    isNullable: true,
    default: undefined,
    onUpdate: undefined,
    isAutoIncrement: isSerial,
    comment: '',
    isJson,
    keys: isSerial ? [{ kind: 'unique', name: undefined, columns: [name] }] : [],
  };
  while (parseAttribute(reader, name, found)) continue;
  const isPrimary = found.keys.some((key) => key.kind === 'primary');
  const { keys, ...attributes } = found;
  return {
    column: { ...attributes, name, type, isNullable: found.isNullable && !isPrimary && !found.isAutoIncrement },
    keys,
  };
}

function parseAttribute(reader: TokenReader, name: string, found: Attributes): boolean {
  if (reader.takes('NOT', 'NULL')) found.isNullable = false;
  else if (reader.takes('NULL')) found.isNullable = true;
  else if (reader.takes('DEFAULT')) found.default = parseDefaultValue(reader);
  else if (reader.takes('ON', 'UPDATE')) found.onUpdate = parseNow(reader);
  else if (reader.takesOne('AUTO_INCREMENT')) found.isAutoIncrement = true;
  else if (reader.takes('PRIMARY', 'KEY') || reader.takes('KEY')) {
    found.keys.push({ kind: 'primary', name: undefined, columns: [name] });
  } else if (reader.takes('UNIQUE')) {
    reader.takes('KEY');
    found.keys.push({ kind: 'unique', name: undefined, columns: [name] });
  } else if (reader.takes('COMMENT')) found.comment = reader.string();
  else if (reader.takes('COLLATE') || reader.takes('CHARACTER', 'SET') || reader.takes('CHARSET')) reader.next();
  else if (reader.takes('CHECK')) found.isJson = parseJsonCheck(reader);
  else if (reader.sees('REFERENCES')) throw notSupported('FOREIGN KEY');
  else return reader.takesOne('INVISIBLE', 'VISIBLE') !== undefined;
  return true;
}

export function parseDefaultValue(reader: TokenReader): DefaultValue {
  const start = reader.position();
  const token = reader.peek();
  if (reader.takes('NULL')) return { kind: 'literal', value: null };
  if (token.kind === 'string') return { kind: 'literal', value: reader.string() };
  const sign = reader.takesOne('-', '+') === '-' ? '-' : '';
  const number = reader.peek();
  if (number.kind === 'integer' || number.kind === 'decimal' || number.kind === 'double') {
    return { kind: 'literal', value: `${sign}${reader.next().text}` };
  }
  if (number.kind === 'bits') return { kind: 'literal', value: BigInt(`0b${reader.next().text || '0'}`).toString() };
  if (reader.takes('TRUE')) return { kind: 'literal', value: '1' };
  if (reader.takes('FALSE')) return { kind: 'literal', value: '0' };
  if (isNow(reader)) return { kind: 'expression', text: parseNow(reader) };
  reader.expression();
  return { kind: 'expression', text: reader.textFrom(start) };
}

const nowNames = ['CURRENT_TIMESTAMP', 'NOW', 'LOCALTIME', 'LOCALTIMESTAMP'] as const;
const isNow = (reader: TokenReader): boolean => nowNames.some((name) => reader.sees(name));

/** Any spelling of the present moment, as MariaDB prints it back. */
function parseNow(reader: TokenReader): string {
  if (reader.takesOne(...nowNames) === undefined) throw reader.error();
  if (!reader.takes('(')) return 'current_timestamp()';
  const scale = reader.peek().kind === 'integer' ? String(reader.integer()) : '';
  reader.expect(')');
  return `current_timestamp(${scale})`;
}

export function parsePosition(reader: TokenReader): ColumnPosition | undefined {
  if (reader.takes('FIRST')) return { kind: 'first' };
  return reader.takes('AFTER') ? { kind: 'after', column: reader.name() } : undefined;
}

/** PRIMARY KEY, UNIQUE, KEY, INDEX of a table, if one comes next. */
export function parseKey(reader: TokenReader): KeyDefinition | undefined {
  const isConstraint = reader.takes('CONSTRAINT');
  const constraint = isConstraint && reader.isName() ? reader.name() : undefined;
  if (reader.takes('PRIMARY', 'KEY')) {
    takeIndexType(reader);
    return { kind: 'primary', name: undefined, columns: parseKeyColumns(reader) };
  }
  if (reader.takes('UNIQUE')) {
    reader.takesOne('KEY', 'INDEX');
    return parseNamedKey(reader, 'unique', constraint);
  }
  if (reader.sees('FOREIGN')) throw notSupported('FOREIGN KEY');
  if (reader.sees('CHECK')) throw notSupported('CHECK');
  if (isConstraint) throw reader.error();
  const isFulltext = reader.takes('FULLTEXT');
  return reader.takesOne('KEY', 'INDEX') || isFulltext ? parseNamedKey(reader, 'index', undefined) : undefined;
}

function parseNamedKey(reader: TokenReader, kind: 'unique' | 'index', constraint: string | undefined): KeyDefinition {
  const name = reader.isName() ? reader.name() : constraint;
  takeIndexType(reader);
  const columns = parseKeyColumns(reader);
  takeIndexType(reader);
  return { kind, name, columns };
}

function takeIndexType(reader: TokenReader): void {
  if (reader.takes('USING')) reader.next();
}

export function parseKeyColumns(reader: TokenReader): string[] {
  return reader.bracketed(() => {
    const column = reader.name();
    // How much of a text the index holds changes no answer.
    if (reader.sees('(')) reader.bracketed(() => reader.integer());
    reader.takesOne('ASC', 'DESC');
    return column;
  });
}

/** The one CHECK that is watched over: the one that SHOW CREATE TABLE writes for a JSON column. */
function parseJsonCheck(reader: TokenReader): boolean {
  if (!reader.takes('(', 'JSON_VALID', '(')) throw notSupported('CHECK');
  reader.name();
  reader.expect(')', ')');
  return true;
}

/** Types that MariaDB lets count themselves. */
export const canAutoIncrement = (column: ColumnDefinition): boolean =>
  ['integer', 'double'].includes(familyOf(column.type)) && column.type.name !== 'year';
