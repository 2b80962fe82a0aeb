import { syntaxError } from '../relational-errors.ts';

export type TokenKind =
  | 'word'
  | 'quoted-name'
  | 'string'
  | 'integer'
  | 'decimal'
  | 'double'
  | 'bytes'
  | 'bits'
  | 'user-variable'
  | 'system-variable'
  | 'parameter'
  | 'symbol'
  | 'end';

export type Token = {
  readonly kind: TokenKind;
  /** A word as written, the content of quotes, hexadecimal or binary digits, a variable's name, a number's or symbol's text. */
  readonly text: string;
  /** The word in capitals, or the symbol: what the grammar compares; empty for everything else. */
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
};

const space = /\s+|--(?=[\s]|$)[^\n]*|#[^\n]*|\/\*(?!!)[\s\S]*?\*\/|\/\*!\d*|\*\/|--$/y;
const number = /(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?/y;
const hexDigits = /[xX]'([0-9a-fA-F]*)'|0x([0-9a-fA-F]+)(?![\p{L}\p{N}_$])/uy;
const bitDigits = /[bB]'([01]*)'|0b([01]+)(?![\p{L}\p{N}_$])/uy;
const word = /[\p{L}\p{N}_$]+/uy;
const systemVariable = /@@(?:(?:session|global|local)\s*\.\s*)?([\p{L}\p{N}_$]+)/iuy;
const userVariable = /@([\p{L}\p{N}_$.]+|'[^']*'|`[^`]*`)/uy;
const symbol = /<=>|<<|>>|<>|!=|<=|>=|:=|\|\||&&|[-+*/%=<>()[\],.;:!~^&|{}@]/y;

/**
 * The tokens of a statement. What stands inside a conditional comment (`/*!40100 …`) counts as written outside.
 * Raises MariaDB's syntax error at what is no token.
 */
export function tokenize(statement: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(statement, 0);
  while (at < statement.length) {
    const token = nextToken(statement, at);
    if (token === undefined) throw syntaxErrorAt(statement, at);
    tokens.push(token);
    at = skipSpace(statement, token.end);
  }
  tokens.push({ kind: 'end', text: '', keyword: '', start: statement.length, end: statement.length });
  return tokens;
}

export function syntaxErrorAt(statement: string, at: number): Error {
  const line = statement.slice(0, at).split('\n').length;
  return syntaxError(statement.slice(at), line);
}

function skipSpace(statement: string, from: number): number {
  let at = from;
  for (let piece = matchAt(space, statement, at); piece !== undefined; piece = matchAt(space, statement, at)) {
    at += piece[0].length;
  }
  return at;
}

function nextToken(statement: string, at: number): Token | undefined {
  const first = statement[at] ?? '';
  const make = (kind: TokenKind, length: number, text: string, keyword = ''): Token => ({
    kind,
    text,
    keyword,
    start: at,
    end: at + length,
  });
  if (first === "'" || first === '"') return quoted(statement, at, 'string');
  if (first === '`') return quoted(statement, at, 'quoted-name');
  if (first === '?') return make('parameter', 1, '?');
  const bytes = matchAt(hexDigits, statement, at);
  if (bytes) return make('bytes', bytes[0].length, bytes[1] ?? bytes[2] ?? '');
  const bits = matchAt(bitDigits, statement, at);
  if (bits) return make('bits', bits[0].length, bits[1] ?? bits[2] ?? '');
  const digits = matchAt(number, statement, at);
  const name = matchAt(word, statement, at);
  // `2024_visitas` is a name; `1e5` and `10` are numbers.
  if (digits && (name === undefined || name[0].length <= digits[0].length)) {
    return make(numberKind(digits[0]), digits[0].length, digits[0]);
  }
  if (name) return make('word', name[0].length, name[0], name[0].toUpperCase());
  const system = matchAt(systemVariable, statement, at);
  if (system) return make('system-variable', system[0].length, system[1] ?? '');
  const user = matchAt(userVariable, statement, at);
  if (user) return make('user-variable', user[0].length, (user[1] ?? '').replace(/^['`]|['`]$/g, ''));
  const sign = matchAt(symbol, statement, at);
  return sign && make('symbol', sign[0].length, sign[0], sign[0]);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

const numberKind = (text: string): TokenKind =>
  /e/i.test(text) ? 'double' : text.includes('.') ? 'decimal' : 'integer';

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  // Kept with their backslash: they only mean something to LIKE.
  '%': '\\%',
  _: '\\_',
};

function quoted(statement: string, start: number, kind: 'string' | 'quoted-name'): Token | undefined {
  const quote = statement[start];
  let text = '';
  for (let at = start + 1; at < statement.length; at += 1) {
    const character = statement[at] ?? '';
    if (character === quote) {
      if (statement[at + 1] !== quote) return { kind, text, keyword: '', start, end: at + 1 };
      at += 1;
      text += quote;
    } else if (character === '\\' && kind === 'string') {
      at += 1;
      const escaped = statement[at] ?? '';
      text += escapes[escaped] ?? escaped;
    } else text += character;
  }
  return undefined;
}
