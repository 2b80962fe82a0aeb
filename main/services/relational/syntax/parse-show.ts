import { notSupported } from '../relational-errors.ts';
import { parseTableName } from './parse-query.ts';
import type { TableName } from './query.ts';
import type { Show, ShowFilter } from './statement.ts';
import type { TokenReader } from './token-reader.ts';

/** SHOW …, after that word. */
export function parseShow(reader: TokenReader): Show {
  const isFull = reader.takes('FULL');
  if (reader.takesOne('TABLES')) {
    const database = parseFromDatabase(reader);
    return { kind: 'show-tables', database, isFull, filter: parseFilter(reader) };
  }
  if (reader.takesOne('COLUMNS', 'FIELDS')) {
    const table = parseFromTable(reader);
    return { kind: 'show-columns', table, isFull, filter: parseFilter(reader) };
  }
  if (isFull) throw reader.error();
  if (reader.takesOne('DATABASES', 'SCHEMAS')) return { kind: 'show-databases', filter: parseFilter(reader) };
  if (reader.takes('TABLE', 'STATUS')) {
    const database = parseFromDatabase(reader);
    return { kind: 'show-table-status', database, filter: parseFilter(reader) };
  }
  if (reader.takes('CREATE')) return parseShowCreate(reader);
  if (reader.takesOne('INDEX', 'INDEXES', 'KEYS')) return { kind: 'show-index', table: parseFromTable(reader) };
  if (reader.takes('WARNINGS')) return { kind: 'show-warnings', onlyErrors: false };
  if (reader.takes('ERRORS')) return { kind: 'show-warnings', onlyErrors: true };
  reader.takesOne('GLOBAL', 'SESSION', 'LOCAL');
  const list = reader.takesOne('VARIABLES', 'STATUS');
  if (list !== undefined) {
    return { kind: 'show-variables', isStatus: list === 'STATUS', filter: parseFilter(reader) };
  }
  const what = reader.takesOne('ENGINES', 'PROCESSLIST', 'GRANTS', 'TRIGGERS', 'EVENTS', 'PROCEDURE', 'FUNCTION');
  throw what === undefined ? reader.error() : notSupported(`SHOW ${what}`);
}

function parseShowCreate(reader: TokenReader): Show {
  if (reader.takesOne('DATABASE', 'SCHEMA')) return { kind: 'show-create-database', name: reader.name() };
  reader.expect('TABLE');
  return { kind: 'show-create-table', table: parseTableName(reader) };
}

const parseFromDatabase = (reader: TokenReader): string | undefined =>
  reader.takesOne('FROM', 'IN') ? reader.name() : undefined;

function parseFromTable(reader: TokenReader): TableName {
  if (!reader.takesOne('FROM', 'IN')) throw reader.error();
  const table = parseTableName(reader);
  const database = parseFromDatabase(reader);
  return database === undefined ? table : { ...table, database };
}

function parseFilter(reader: TokenReader): ShowFilter | undefined {
  if (reader.takes('LIKE')) return { kind: 'like', pattern: reader.string() };
  return reader.takes('WHERE') ? { kind: 'where', condition: reader.expression() } : undefined;
}

/** DESCRIBE, DESC and EXPLAIN of a table, after that word. */
export function parseDescribe(reader: TokenReader): Show {
  const table = parseTableName(reader);
  const column = reader.peek().kind === 'string' ? reader.string() : reader.isName() ? reader.name() : undefined;
  const filter: ShowFilter | undefined = column === undefined ? undefined : { kind: 'like', pattern: column };
  return { kind: 'show-columns', table, isFull: false, filter };
}
