import { binaryType } from '../catalog/sql-type.ts';
import type { Expression } from './expression.ts';
import { parseCall } from './parse-call.ts';
import type { TokenReader } from './token-reader.ts';

export function parsePrimary(reader: TokenReader): Expression {
  const token = reader.peek();
  switch (token.kind) {
    case 'integer':
    case 'decimal':
    case 'double':
      reader.next();
      return { kind: token.kind, text: token.text };
    case 'string':
      return parseString(reader);
    case 'bytes':
      reader.next();
      return {
        kind: 'bytes',
        bytes: Uint8Array.from(
          Buffer.from(token.text.padStart(token.text.length + (token.text.length % 2), '0'), 'hex'),
        ),
      };
    case 'bits':
      reader.next();
      return { kind: 'bytes', bytes: bitBytes(token.text) };
    case 'parameter':
      return reader.parameter();
    case 'user-variable':
    case 'system-variable':
      reader.next();
      return { kind: token.kind, name: token.text };
    case 'quoted-name':
      return parseColumn(reader);
    case 'symbol':
      return parseBracket(reader);
    case 'word':
      return parseWord(reader);
    case 'end':
      throw reader.error();
  }
}

/** Strings that stand side by side are one. */
function parseString(reader: TokenReader): Expression {
  let text = reader.string();
  while (reader.peek().kind === 'string') text += reader.string();
  return { kind: 'string', text };
}

function bitBytes(bits: string): Uint8Array {
  const width = Math.ceil(bits.length / 8);
  let value = BigInt(`0b${bits === '' ? '0' : bits}`);
  const bytes = new Uint8Array(width);
  for (let i = width - 1; i >= 0; i -= 1) {
    bytes[i] = Number(value & 255n);
    value >>= 8n;
  }
  return bytes;
}

function parseBracket(reader: TokenReader): Expression {
  if (!reader.sees('(')) throw reader.error();
  if (isQueryAhead(reader)) return { kind: 'query', query: parseBracketedQuery(reader) };
  const items = reader.bracketed(reader.expression);
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind: 'row', items };
}

const isQueryAhead = (reader: TokenReader): boolean => reader.sees('(', 'SELECT') || reader.sees('(', 'WITH');

function parseBracketedQuery(reader: TokenReader) {
  reader.expect('(');
  const query = reader.query();
  reader.expect(')');
  return query;
}

function parseWord(reader: TokenReader): Expression {
  const { keyword } = reader.peek();
  if (reader.takes('NULL')) return { kind: 'null' };
  if (reader.takes('TRUE')) return { kind: 'boolean', value: true };
  if (reader.takes('FALSE')) return { kind: 'boolean', value: false };
  if (reader.takes('EXISTS')) return { kind: 'exists', query: parseBracketedQuery(reader) };
  if (reader.takes('CASE')) return parseCase(reader);
  if (reader.takes('DEFAULT')) return parseDefault(reader);
  if (reader.sees('BINARY')) {
    reader.next();
    return { kind: 'cast', operand: parsePrimary(reader), type: binaryType('varbinary', 0) };
  }
  if (reader.peek(1).kind === 'string') {
    // `_utf8mb4'…'` and `N'…'` name a character set; DATE'…' and its kin are constants.
    if (/^(_[A-Z0-9]+|N)$/.test(keyword)) {
      reader.next();
      return parseString(reader);
    }
    if (keyword === 'DATE' || keyword === 'TIME' || keyword === 'TIMESTAMP') {
      reader.next();
      const type = keyword === 'DATE' ? 'date' : keyword === 'TIME' ? 'time' : 'datetime';
      return { kind: 'temporal', type, text: reader.string() };
    }
  }
  return parseCall(reader) ?? parseColumn(reader);
}

function parseCase(reader: TokenReader): Expression {
  const operand = reader.sees('WHEN') ? undefined : reader.expression();
  const branches: { test: Expression; result: Expression }[] = [];
  while (reader.takes('WHEN')) {
    const test = reader.expression();
    reader.expect('THEN');
    branches.push({ test, result: reader.expression() });
  }
  if (branches.length === 0) throw reader.error();
  const otherwise = reader.takes('ELSE') ? reader.expression() : undefined;
  reader.expect('END');
  return { kind: 'case', operand, branches, otherwise };
}

function parseDefault(reader: TokenReader): Expression {
  if (!reader.takes('(')) return { kind: 'default', column: undefined };
  const column = reader.name();
  reader.expect(')');
  return { kind: 'default', column };
}

function parseColumn(reader: TokenReader): Expression {
  const parts = [reader.name()];
  while (parts.length < 3 && reader.takes('.')) parts.push(reader.nameAfterDot());
  const [name = '', table, database] = parts.toReversed();
  return { kind: 'column', database, table, name };
}
