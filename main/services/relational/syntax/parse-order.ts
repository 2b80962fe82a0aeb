import type { Expression } from './expression.ts';
import type { Limit, OrderKey } from './query.ts';
import type { TokenReader } from './token-reader.ts';

export function parseOrderBy(reader: TokenReader): OrderKey[] {
  return reader.list(() => {
    const key = reader.expression();
    const direction = reader.takesOne('ASC', 'DESC');
    return { key, isDescending: direction === 'DESC' };
  });
}

/** ORDER BY and LIMIT, as they end SELECT, UPDATE and DELETE. */
export function parseTail(reader: TokenReader): {
  readonly orderBy: readonly OrderKey[];
  readonly limit: Limit | undefined;
} {
  const orderBy = reader.takes('ORDER', 'BY') ? parseOrderBy(reader) : [];
  return { orderBy, limit: reader.takes('LIMIT') ? parseLimit(reader) : undefined };
}

function parseLimit(reader: TokenReader): Limit {
  const first = parseCount(reader);
  if (reader.takes(',')) return { offset: first, count: parseCount(reader) };
  return { count: first, offset: reader.takes('OFFSET') ? parseCount(reader) : undefined };
}

function parseCount(reader: TokenReader): Expression {
  const { kind, text } = reader.peek();
  if (kind !== 'integer') return reader.parameter();
  reader.next();
  return { kind, text };
}
