import type { Expression } from './expression.ts';
import { parseOrderBy, parseTail } from './parse-order.ts';
import type { CommonTable, Limit, OrderKey, Query, Select, SelectItem, TableName, TableReference } from './query.ts';
import type { TokenReader } from './token-reader.ts';

/** `SELECT …`, with UNION, WITH and brackets around it. */
export function parseQuery(reader: TokenReader): Query {
  if (reader.takes('WITH')) {
    if (reader.sees('RECURSIVE')) throw reader.error();
    const tables = reader.list(() => parseCommonTable(reader));
    return { kind: 'with', tables, query: parseQuery(reader) };
  }
  let query = parseTerm(reader);
  let isSet = false;
  for (;;) {
    const operator = reader.takesOne('UNION', 'INTERSECT', 'EXCEPT');
    if (operator === undefined) break;
    const isAll = reader.takes('ALL');
    if (!isAll) reader.takes('DISTINCT');
    query = {
      kind: 'set-operation',
      operator,
      isAll,
      left: query,
      right: parseTerm(reader),
      orderBy: [],
      limit: undefined,
    };
    isSet = true;
  }
  if (!isSet || query.kind !== 'set-operation') return query;
  // ORDER BY and LIMIT behind the last SELECT belong to the whole union.
  return { ...query, ...hoisted(reader, query.right), right: withoutTail(query.right) };
}

function hoisted(
  reader: TokenReader,
  last: Query,
): { readonly orderBy: readonly OrderKey[]; readonly limit: Limit | undefined } {
  const { orderBy, limit } = parseTail(reader);
  if (last.kind !== 'select') return { orderBy, limit };
  return { orderBy: orderBy.length > 0 ? orderBy : last.orderBy, limit: limit ?? last.limit };
}

const withoutTail = (query: Query): Query =>
  query.kind === 'select' ? { ...query, orderBy: [], limit: undefined } : query;

function parseCommonTable(reader: TokenReader): CommonTable {
  const name = reader.name();
  const columns = reader.sees('(') ? reader.bracketed(() => reader.name()) : [];
  reader.expect('AS', '(');
  const query = parseQuery(reader);
  reader.expect(')');
  return { name, columns, query };
}

function parseTerm(reader: TokenReader): Query {
  if (!reader.takes('(')) return parseSelect(reader);
  const query = parseQuery(reader);
  reader.expect(')');
  const { orderBy, limit } = parseTail(reader);
  if ((orderBy.length === 0 && limit === undefined) || query.kind === 'with') return query;
  return { ...query, orderBy: orderBy.length > 0 ? orderBy : query.orderBy, limit: limit ?? query.limit };
}

function parseSelect(reader: TokenReader): Select {
  reader.expect('SELECT');
  let isDistinct = false;
  for (;;) {
    const word = reader.takesOne(
      'DISTINCT',
      'DISTINCTROW',
      'ALL',
      'SQL_NO_CACHE',
      'SQL_CALC_FOUND_ROWS',
      'HIGH_PRIORITY',
    );
    if (word === undefined) break;
    isDistinct ||= word.startsWith('DISTINCT');
  }
  const items = reader.list(() => parseItem(reader));
  const from = reader.takes('FROM') ? parseFrom(reader) : undefined;
  const where = reader.takes('WHERE') ? reader.expression() : undefined;
  const groupBy = reader.takes('GROUP', 'BY') ? parseOrderBy(reader).map((key) => key.key) : [];
  const having = reader.takes('HAVING') ? reader.expression() : undefined;
  const { orderBy, limit } = parseTail(reader);
  if (reader.takes('FOR')) reader.expect('UPDATE');
  if (reader.takes('LOCK')) reader.expect('IN', 'SHARE', 'MODE');
  return { kind: 'select', isDistinct, items, from, where, groupBy, having, orderBy, limit };
}

function parseItem(reader: TokenReader): SelectItem {
  if (reader.takes('*')) return { kind: 'star', database: undefined, table: undefined };
  if (reader.isName() && reader.peek(1).keyword === '.') {
    if (reader.peek(2).keyword === '*') {
      const table = reader.name();
      reader.expect('.', '*');
      return { kind: 'star', database: undefined, table };
    }
    if (reader.peek(3).keyword === '.' && reader.peek(4).keyword === '*') {
      const database = reader.name();
      reader.expect('.');
      const table = reader.nameAfterDot();
      reader.expect('.', '*');
      return { kind: 'star', database, table };
    }
  }
  const start = reader.position();
  const value = reader.expression();
  const text = reader.textFrom(start);
  const alias = parseAlias(reader, true);
  return { kind: 'value', value, label: alias ?? itemLabel(value, text), hasAlias: alias !== undefined };
}

function itemLabel(value: Expression, text: string): string {
  if (value.kind === 'column') return value.name;
  if (value.kind === 'string') return value.text;
  if (value.kind === 'boolean') return value.value ? 'TRUE' : 'FALSE';
  if (value.kind === 'null') return 'NULL';
  return text;
}

function parseAlias(reader: TokenReader, mayBeString: boolean): string | undefined {
  const isNamed = reader.takes('AS');
  if (mayBeString && reader.peek().kind === 'string') return reader.string();
  if (isNamed || reader.isName()) return reader.name();
  return undefined;
}

export function parseTableName(reader: TokenReader): TableName {
  const first = reader.name();
  return reader.takes('.') ? { database: first, name: reader.nameAfterDot() } : { database: undefined, name: first };
}

function parseFrom(reader: TokenReader): TableReference {
  let left = parseJoined(reader);
  while (reader.takes(',')) left = join('INNER', left, parseJoined(reader));
  return left;
}

const join = (
  type: 'INNER' | 'LEFT' | 'RIGHT',
  left: TableReference,
  right: TableReference,
  condition: { readonly on?: Expression; readonly using?: readonly string[]; readonly isNatural?: boolean } = {},
): TableReference => ({
  kind: 'join',
  type,
  left,
  right,
  on: condition.on,
  using: condition.using ?? [],
  isNatural: condition.isNatural ?? false,
});

function parseJoined(reader: TokenReader): TableReference {
  let left = parseTable(reader);
  for (;;) {
    const isNatural = reader.takes('NATURAL');
    const side = reader.takesOne('LEFT', 'RIGHT', 'INNER', 'CROSS', 'STRAIGHT_JOIN');
    if (side === 'LEFT' || side === 'RIGHT') reader.takes('OUTER');
    if (side === 'STRAIGHT_JOIN' || reader.takes('JOIN')) {
      const type = side === 'LEFT' || side === 'RIGHT' ? side : 'INNER';
      left = join(type, left, parseTable(reader), isNatural ? { isNatural } : parseJoinCondition(reader, type));
    } else if (isNatural || side !== undefined) throw reader.error();
    else return left;
  }
}

function parseJoinCondition(
  reader: TokenReader,
  type: string,
): { readonly on?: Expression; readonly using?: readonly string[] } {
  if (reader.takes('ON')) return { on: reader.expression() };
  if (reader.takes('USING')) return { using: reader.bracketed(() => reader.name()) };
  if (type !== 'INNER') throw reader.error();
  return {};
}

function parseTable(reader: TokenReader): TableReference {
  if (reader.sees('(', 'SELECT') || reader.sees('(', 'WITH') || reader.sees('(', '(')) {
    reader.expect('(');
    const query = parseQuery(reader);
    reader.expect(')');
    const alias = parseAlias(reader, false);
    if (alias === undefined) throw reader.error();
    return { kind: 'derived', query, alias };
  }
  if (reader.takes('(')) {
    const inner = parseFrom(reader);
    reader.expect(')');
    return inner;
  }
  const table = parseTableName(reader);
  const alias = parseAlias(reader, false);
  if (reader.takesOne('FORCE', 'IGNORE', 'USE')) {
    if (!reader.takesOne('INDEX', 'KEY')) throw reader.error();
    reader.bracketed(() => reader.nameAfterDot());
  }
  return { kind: 'table', table, alias };
}
