import { notSupported } from '../relational-errors.ts';
import { parseColumn, parseDefaultValue, parseKey, parseKeyColumns, parsePosition } from './parse-column.ts';
import { parseTableName } from './parse-query.ts';
import type { ColumnDefinition, KeyDefinition, Statement, TableChange, TableOptions } from './statement.ts';
import type { TokenReader } from './token-reader.ts';

/** CREATE …, after that word. */
export function parseCreate(reader: TokenReader): Statement {
  if (reader.takes('OR', 'REPLACE')) throw notSupported('CREATE OR REPLACE');
  if (reader.takesOne('DATABASE', 'SCHEMA')) return parseCreateDatabase(reader);
  if (reader.takes('TABLE')) return parseCreateTable(reader);
  if (reader.takes('UNIQUE')) return parseCreateIndex(reader, 'unique');
  if (reader.sees('INDEX')) return parseCreateIndex(reader, 'index');
  if (reader.sees('TEMPORARY', 'TABLE')) throw notSupported('CREATE TEMPORARY TABLE');
  const what = reader.takesOne('VIEW', 'TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT', 'USER', 'ROLE', 'SEQUENCE');
  if (what !== undefined) throw notSupported(`CREATE ${what}`);
  throw reader.error();
}

const takesIfNotExists = (reader: TokenReader): boolean => reader.takes('IF', 'NOT', 'EXISTS');
const takesIfExists = (reader: TokenReader): boolean => reader.takes('IF', 'EXISTS');

function parseCreateDatabase(reader: TokenReader): Statement {
  const ifNotExists = takesIfNotExists(reader);
  const name = reader.name();
  return { kind: 'create-database', name, ifNotExists, options: parseTableOptions(reader) };
}

function parseCreateTable(reader: TokenReader): Statement {
  const ifNotExists = takesIfNotExists(reader);
  const table = parseTableName(reader);
  const nothing = { columns: [], keys: [], options: noOptions, query: undefined };
  if (reader.takes('LIKE')) {
    return { kind: 'create-table', table, ifNotExists, ...nothing, like: parseTableName(reader) };
  }
  if (reader.takes('(', 'LIKE')) {
    const like = parseTableName(reader);
    reader.expect(')');
    return { kind: 'create-table', table, ifNotExists, ...nothing, like };
  }
  const columns: ColumnDefinition[] = [];
  const keys: KeyDefinition[] = [];
  const hasBody = reader.sees('(') && !reader.sees('(', 'SELECT');
  if (hasBody) reader.bracketed(() => parseElement(reader, columns, keys));
  const options = parseTableOptions(reader);
  reader.takesOne('IGNORE', 'REPLACE');
  const isQuery = reader.takes('AS') || reader.sees('SELECT') || reader.sees('WITH') || reader.sees('(', 'SELECT');
  if (!hasBody && !isQuery) throw reader.error();
  const query = isQuery ? reader.query() : undefined;
  return { kind: 'create-table', table, ifNotExists, columns, keys, options, like: undefined, query };
}

function parseElement(reader: TokenReader, columns: ColumnDefinition[], keys: KeyDefinition[]): void {
  const key = parseKey(reader);
  if (key !== undefined) {
    keys.push(key);
    return;
  }
  const parsed = parseColumn(reader);
  columns.push(parsed.column);
  keys.push(...parsed.keys);
}

const noOptions: TableOptions = {
  engine: undefined,
  charset: undefined,
  collation: undefined,
  comment: undefined,
  autoIncrement: undefined,
};

/** ENGINE, CHARSET, COLLATE, COMMENT, AUTO_INCREMENT in any order; others that take one word are read over. */
function parseTableOptions(reader: TokenReader): TableOptions {
  const options: { -readonly [Name in keyof TableOptions]: TableOptions[Name] } = { ...noOptions };
  for (;;) {
    reader.takes(',');
    reader.takes('DEFAULT');
    if (reader.takes('CHARACTER', 'SET') || reader.takes('CHARSET')) options.charset = optionValue(reader);
    else {
      if (reader.takes('AUTO_INCREMENT')) {
        options.autoIncrement = countValue(reader);
        continue;
      }
      const word = reader.takesOne('ENGINE', 'COLLATE', 'COMMENT', 'ROW_FORMAT', 'KEY_BLOCK_SIZE');
      if (word === undefined) return options;
      const value = optionValue(reader);
      if (word === 'ENGINE') options.engine = value;
      else if (word === 'COLLATE') options.collation = value;
      else if (word === 'COMMENT') options.comment = value;
    }
  }
}

function optionValue(reader: TokenReader): string {
  reader.takes('=');
  const token = reader.next();
  if (token.kind === 'end' || token.kind === 'symbol') throw reader.error(token);
  return token.text;
}

function countValue(reader: TokenReader): bigint {
  reader.takes('=');
  const token = reader.next();
  if (!/^\d+$/.test(token.text)) throw reader.error(token);
  return BigInt(token.text);
}

function parseCreateIndex(reader: TokenReader, kind: 'unique' | 'index'): Statement {
  reader.expect('INDEX');
  takesIfNotExists(reader);
  const name = reader.name();
  if (reader.takes('USING')) reader.next();
  reader.expect('ON');
  const table = parseTableName(reader);
  const columns = parseKeyColumns(reader);
  if (reader.takes('USING')) reader.next();
  return { kind: 'alter-table', table, changes: [{ kind: 'add-key', key: { kind, name, columns } }] };
}

/** DROP …, after that word. */
export function parseDrop(reader: TokenReader): Statement {
  if (reader.takesOne('DATABASE', 'SCHEMA')) {
    const ifExists = takesIfExists(reader);
    return { kind: 'drop-database', name: reader.name(), ifExists };
  }
  if (reader.takes('TEMPORARY')) reader.expect('TABLE');
  else if (reader.takes('INDEX')) return parseDropIndex(reader);
  else if (!reader.takesOne('TABLE', 'TABLES')) {
    const what = reader.takesOne('VIEW', 'TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT', 'USER', 'ROLE', 'SEQUENCE');
    throw what === undefined ? reader.error() : notSupported(`DROP ${what}`);
  }
  const ifExists = takesIfExists(reader);
  const tables = reader.list(() => parseTableName(reader));
  reader.takesOne('RESTRICT', 'CASCADE');
  return { kind: 'drop-table', tables, ifExists };
}

function parseDropIndex(reader: TokenReader): Statement {
  takesIfExists(reader);
  const name = reader.takes('PRIMARY') ? 'PRIMARY' : reader.name();
  reader.expect('ON');
  return { kind: 'alter-table', table: parseTableName(reader), changes: [{ kind: 'drop-key', name }] };
}

/** ALTER …, after that word. */
export function parseAlter(reader: TokenReader): Statement {
  if (reader.takesOne('DATABASE', 'SCHEMA')) {
    reader.name();
    parseTableOptions(reader);
    return { kind: 'nothing' };
  }
  reader.takesOne('ONLINE', 'IGNORE');
  reader.expect('TABLE');
  const table = parseTableName(reader);
  return { kind: 'alter-table', table, changes: reader.list(() => parseChange(reader)).flat() };
}

function parseChange(reader: TokenReader): TableChange[] {
  const verb = reader.takesOne('ADD', 'DROP', 'MODIFY', 'CHANGE', 'RENAME', 'ALTER');
  switch (verb) {
    case 'ADD':
      return parseAdd(reader);
    case 'DROP':
      return [parseDropChange(reader)];
    case 'MODIFY': {
      reader.takes('COLUMN');
      const parsed = parseColumn(reader);
      return [{ kind: 'change-column', from: parsed.column.name, ...parsed, position: parsePosition(reader) }];
    }
    case 'CHANGE': {
      reader.takes('COLUMN');
      const from = reader.name();
      return [{ kind: 'change-column', from, ...parseColumn(reader), position: parsePosition(reader) }];
    }
    case 'RENAME':
      return [parseRename(reader)];
    case 'ALTER':
      return [parseSetDefault(reader)];
    case undefined: {
      const options = parseTableOptions(reader);
      if (Object.values(options).every((value) => value === undefined)) throw reader.error();
      return [{ kind: 'options', options }];
    }
  }
}

function parseAdd(reader: TokenReader): TableChange[] {
  const key = reader.sees('COLUMN') ? undefined : parseKey(reader);
  if (key !== undefined) return [{ kind: 'add-key', key }];
  reader.takes('COLUMN');
  const ifNotExists = takesIfNotExists(reader);
  if (reader.sees('(')) {
    return reader.bracketed((): TableChange => ({
      kind: 'add-column',
      ...parseColumn(reader),
      position: undefined,
      ifNotExists,
    }));
  }
  return [{ kind: 'add-column', ...parseColumn(reader), position: parsePosition(reader), ifNotExists }];
}

function parseDropChange(reader: TokenReader): TableChange {
  if (reader.takes('PRIMARY', 'KEY')) return { kind: 'drop-key', name: 'PRIMARY' };
  if (!reader.takesOne('INDEX', 'KEY', 'CONSTRAINT')) {
    reader.takes('COLUMN');
    const ifExists = takesIfExists(reader);
    return { kind: 'drop-column', name: reader.name(), ifExists };
  }
  takesIfExists(reader);
  return { kind: 'drop-key', name: reader.name() };
}

function parseRename(reader: TokenReader): TableChange {
  if (reader.takes('COLUMN')) {
    const from = reader.name();
    reader.expect('TO');
    return { kind: 'rename-column', from, to: reader.name() };
  }
  if (reader.sees('INDEX') || reader.sees('KEY')) throw notSupported('RENAME INDEX');
  reader.takesOne('TO', 'AS', '=');
  return { kind: 'rename-table', to: parseTableName(reader) };
}

function parseSetDefault(reader: TokenReader): TableChange {
  reader.takes('COLUMN');
  const column = reader.name();
  if (reader.takes('DROP', 'DEFAULT')) return { kind: 'set-default', column, default: undefined };
  reader.expect('SET', 'DEFAULT');
  return { kind: 'set-default', column, default: parseDefaultValue(reader) };
}
