import { emptyQuery, notSupported } from '../relational-errors.ts';
import type { Expression } from './expression.ts';
import { parseDelete, parseInsert, parseUpdate } from './parse-change.ts';
import { parseAlter, parseCreate, parseDrop } from './parse-definition.ts';
import { parseTableName } from './parse-query.ts';
import { parseDescribe, parseShow } from './parse-show.ts';
import type { SetItem, Statement } from './statement.ts';
import { readerOf } from './grammar.ts';
import type { TokenReader } from './token-reader.ts';

/** One statement, a `;` at its end allowed. Raises MariaDB's syntax error, or refuses by name what exists but is not here. */
export function parseStatement(text: string, given = 0): Statement {
  const reader = readerOf(text, given);
  if (reader.peek().kind === 'end') throw emptyQuery();
  const statement = parseStart(reader);
  reader.expectEnd();
  return statement;
}

function parseStart(reader: TokenReader): Statement {
  if (reader.sees('SELECT') || reader.sees('WITH') || reader.sees('(')) {
    return { kind: 'query', query: reader.query() };
  }
  const first = reader.next();
  switch (first.keyword) {
    case 'INSERT':
    case 'REPLACE':
      return parseInsert(reader, first.keyword === 'REPLACE');
    case 'UPDATE':
      return parseUpdate(reader);
    case 'DELETE':
      return parseDelete(reader);
    case 'CREATE':
      return parseCreate(reader);
    case 'DROP':
      return parseDrop(reader);
    case 'ALTER':
      return parseAlter(reader);
    case 'TRUNCATE':
      reader.takes('TABLE');
      return { kind: 'truncate', table: parseTableName(reader) };
    case 'RENAME':
      return parseRename(reader);
    case 'USE':
      return { kind: 'use', name: reader.name() };
    case 'SHOW':
      return parseShow(reader);
    case 'DESCRIBE':
    case 'DESC':
    case 'EXPLAIN':
      return parseExplain(reader);
    case 'SET':
      return parseSet(reader);
    default:
      return parseControl(reader, first.keyword) ?? parseUnsupported(reader, first.keyword, first);
  }
}

function parseRename(reader: TokenReader): Statement {
  reader.expect('TABLE');
  const pairs = reader.list(() => {
    const from = parseTableName(reader);
    reader.expect('TO');
    return { from, to: parseTableName(reader) };
  });
  return { kind: 'rename-tables', pairs };
}

function parseExplain(reader: TokenReader): Statement {
  if (reader.sees('SELECT') || reader.sees('WITH') || reader.sees('(')) throw notSupported('EXPLAIN SELECT');
  return parseDescribe(reader);
}

function parseControl(reader: TokenReader, keyword: string): Statement | undefined {
  switch (keyword) {
    case 'START':
      reader.expect('TRANSACTION');
      while (reader.takesOne('WITH', 'CONSISTENT', 'SNAPSHOT', 'READ', 'WRITE', 'ONLY', ',')) continue;
      return { kind: 'begin' };
    case 'BEGIN':
      reader.takes('WORK');
      return { kind: 'begin' };
    case 'COMMIT':
    case 'ROLLBACK':
      reader.takes('WORK');
      if (reader.sees('TO')) throw notSupported('SAVEPOINT');
      return { kind: keyword === 'COMMIT' ? 'commit' : 'rollback' };
    default:
      return undefined;
  }
}

const accepted: ReadonlySet<string> = new Set(['FLUSH', 'ANALYZE', 'OPTIMIZE', 'LOCK', 'UNLOCK']);
const unsupported: ReadonlySet<string> = new Set(
  'GRANT REVOKE CALL DO HANDLER LOAD PREPARE EXECUTE DEALLOCATE SAVEPOINT RELEASE KILL CHECK REPAIR BACKUP XA SIGNAL'.split(
    ' ',
  ),
);

function parseUnsupported(reader: TokenReader, keyword: string, token: ReturnType<TokenReader['peek']>): Statement {
  if (unsupported.has(keyword)) throw notSupported(keyword);
  if (!accepted.has(keyword)) throw reader.error(token);
  while (reader.peek().kind !== 'end') reader.next();
  return { kind: 'nothing' };
}

function parseSet(reader: TokenReader): Statement {
  if (reader.takes('NAMES') || reader.takes('CHARACTER', 'SET') || reader.takes('CHARSET')) {
    while (reader.peek().kind !== 'end') reader.next();
    return { kind: 'set', items: [] };
  }
  const scope = reader.takesOne('SESSION', 'GLOBAL', 'LOCAL');
  if (reader.takes('TRANSACTION')) {
    while (reader.peek().kind !== 'end') reader.next();
    return { kind: 'set', items: [] };
  }
  const first = parseSetItem(reader);
  const rest = reader.takes(',')
    ? reader.list(() => (reader.takesOne('SESSION', 'GLOBAL', 'LOCAL'), parseSetItem(reader)))
    : [];
  if (scope !== undefined && first.kind === 'user-variable') throw reader.error();
  return { kind: 'set', items: [first, ...rest] };
}

function parseSetItem(reader: TokenReader): SetItem {
  const token = reader.peek();
  const isVariable = token.kind === 'user-variable' || token.kind === 'system-variable';
  const name = isVariable ? reader.next().text : reader.name();
  if (!reader.takesOne('=', ':=')) throw reader.error();
  return {
    kind: token.kind === 'user-variable' ? 'user-variable' : 'system-variable',
    name,
    value: parseSetValue(reader),
  };
}

/** ON, OFF, DEFAULT and words such as `utf8mb4` stand for themselves. */
function parseSetValue(reader: TokenReader): Expression {
  const token = reader.peek();
  const isWord =
    token.kind === 'word' && /^(ON|OFF|DEFAULT|[\w]+)$/i.test(token.text) && reader.peek(1).keyword !== '(';
  if (!isWord || ['NULL', 'TRUE', 'FALSE', 'CASE', 'NOT'].includes(token.keyword)) return reader.expression();
  return { kind: 'string', text: reader.next().text };
}
