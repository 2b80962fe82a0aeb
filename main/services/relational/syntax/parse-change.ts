import { notSupported } from '../relational-errors.ts';
import type { Expression } from './expression.ts';
import { parseTail } from './parse-order.ts';
import { parseTableName } from './parse-query.ts';
import type { Assignment, Insert, Statement } from './statement.ts';
import type { TokenReader } from './token-reader.ts';

/** INSERT and REPLACE, after that word. */
export function parseInsert(reader: TokenReader, isReplace: boolean): Statement {
  reader.takesOne('LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY');
  const isIgnore = reader.takes('IGNORE');
  reader.takes('INTO');
  const table = parseTableName(reader);
  const head = { kind: 'insert', isReplace, isIgnore, table } as const;
  if (reader.takes('SET')) {
    const assignments = reader.list(() => parseAssignment(reader));
    const columns = assignments.map(({ column }) => column);
    const rows = [assignments.map(({ value }) => value)];
    return { ...head, columns, source: { kind: 'values', rows }, onDuplicate: parseOnDuplicate(reader) };
  }
  const columns = parseInsertColumns(reader);
  const source = parseSource(reader);
  return { ...head, columns, source, onDuplicate: parseOnDuplicate(reader) };
}

function parseInsertColumns(reader: TokenReader): string[] | undefined {
  if (!reader.sees('(') || reader.sees('(', 'SELECT') || reader.sees('(', 'WITH')) return undefined;
  if (reader.takes('(', ')')) return [];
  return reader.bracketed(() => parseChangedColumn(reader));
}

/** A column that is written; it may carry its table's name. */
function parseChangedColumn(reader: TokenReader): string {
  let name = reader.name();
  while (reader.takes('.')) name = reader.nameAfterDot();
  return name;
}

function parseSource(reader: TokenReader): Insert['source'] {
  if (!reader.takesOne('VALUES', 'VALUE')) return { kind: 'query', query: reader.query() };
  const rows = reader.list((): Expression[] => {
    if (reader.takes('(', ')')) return [];
    return reader.bracketed(reader.expression);
  });
  return { kind: 'values', rows };
}

function parseOnDuplicate(reader: TokenReader): Assignment[] {
  if (!reader.takes('ON')) return [];
  reader.expect('DUPLICATE', 'KEY', 'UPDATE');
  return reader.list(() => parseAssignment(reader));
}

function parseAssignment(reader: TokenReader): Assignment {
  const column = parseChangedColumn(reader);
  if (!reader.takesOne('=', ':=')) throw reader.error();
  return { column, value: reader.expression() };
}

export function parseUpdate(reader: TokenReader): Statement {
  reader.takes('LOW_PRIORITY');
  const isIgnore = reader.takes('IGNORE');
  const table = parseTableName(reader);
  const alias = parseTableAlias(reader);
  if (reader.sees(',') || reader.sees('JOIN') || reader.sees('INNER') || reader.sees('LEFT')) {
    throw notSupported('multi-table UPDATE');
  }
  reader.expect('SET');
  const assignments = reader.list(() => parseAssignment(reader));
  const where = reader.takes('WHERE') ? reader.expression() : undefined;
  return { kind: 'update', isIgnore, table, alias, assignments, where, ...parseTail(reader) };
}

export function parseDelete(reader: TokenReader): Statement {
  reader.takesOne('LOW_PRIORITY', 'QUICK', 'IGNORE');
  if (!reader.takes('FROM')) throw reader.isName() ? notSupported('multi-table DELETE') : reader.error();
  const table = parseTableName(reader);
  const alias = parseTableAlias(reader);
  if (reader.sees('USING')) throw notSupported('multi-table DELETE');
  const where = reader.takes('WHERE') ? reader.expression() : undefined;
  return { kind: 'delete', table, alias, where, ...parseTail(reader) };
}

function parseTableAlias(reader: TokenReader): string | undefined {
  return reader.takes('AS') || reader.isName() ? reader.name() : undefined;
}
