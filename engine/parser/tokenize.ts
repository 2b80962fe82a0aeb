import { keywords, tokenType, endOfInput } from './grammar/token-types.ts';
import { parseException } from './syntax-error.ts';

/** `start` is an index into the text, `stop` the one after the last character; `column` counts code points from 0, `line` from 1. */
export type Token = {
  readonly kind: 'token';
  readonly type: number;
  readonly text: string;
  readonly start: number;
  readonly stop: number;
  readonly line: number;
  readonly column: number;
};

const hidden = /(?:[ \t\n\f\r\v\u00a0\u1680\u2000-\u200a\u2028\u202f\u205f\u3000]+|--(?:\\\n|[^\r\n])*\r?\n?)/y;

/** Candidates at one position; the longest wins, then the earlier. A decimal must not run into a letter, digit or `_`. */
const patterns: readonly (readonly [string, RegExp])[] = [
  ['SYMBOL', /<=>|<>|!=|<=|!>|>=|!<|==|\|\||->|=>|\/\*\+|\*\/|[;(),.[\]!=<>+\-*/%~&|^:?]/y],
  ['STRING_LITERAL', /'(?:[^'\\]|\\[^])*'|r'[^']*'|r"[^"]*"/iy],
  ['DOUBLEQUOTED_STRING', /"(?:[^"\\]|\\[^])*"/y],
  ['BIGINT_LITERAL', /\d+L/iy],
  ['SMALLINT_LITERAL', /\d+S/iy],
  ['TINYINT_LITERAL', /\d+Y/iy],
  ['INTEGER_VALUE', /\d+/y],
  ['EXPONENT_VALUE', /\d+E[+-]?\d+|(?:\d+\.\d*|\.\d+)E[+-]?\d+(?![A-Z0-9_])/iy],
  ['DECIMAL_VALUE', /(?:\d+\.\d*|\.\d+)(?![A-Z0-9_])/iy],
  ['FLOAT_LITERAL', /\d+(?:E[+-]?\d+)?F|(?:\d+\.\d*|\.\d+)(?:E[+-]?\d+)?F(?![A-Z0-9_])/iy],
  ['DOUBLE_LITERAL', /\d+(?:E[+-]?\d+)?D|(?:\d+\.\d*|\.\d+)(?:E[+-]?\d+)?D(?![A-Z0-9_])/iy],
  ['BIGDECIMAL_LITERAL', /\d+(?:E[+-]?\d+)?BD|(?:\d+\.\d*|\.\d+)(?:E[+-]?\d+)?BD(?![A-Z0-9_])/iy],
  ['NAME', /[A-Za-z0-9_]+/y],
  ['BACKQUOTED_IDENTIFIER', /`(?:[^`]|``)*`/y],
];

const spellings: Readonly<Record<string, string>> = {
  '==': '=',
  '!>': '<=',
  '!<': '>=',
  '!': 'NOT',
  REGEXP: 'RLIKE',
  TEMP: 'TEMPORARY',
};

/**
 * Spark's lexical rules. The last token is the end of input. A character that starts no token becomes a token of its own, which no rule accepts.
 * Throws `UNCLOSED_BRACKETED_COMMENT`.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const place = placeIn(text);
  let at = 0;
  for (;;) {
    at = skipHidden(text, at);
    if (at >= text.length) break;
    const [type, length] = longestAt(text, at);
    tokens.push({ kind: 'token', type, text: text.slice(at, at + length), start: at, stop: at + length, ...place(at) });
    at += length;
  }
  tokens.push({
    kind: 'token',
    type: endOfInput,
    text: '<EOF>',
    start: text.length,
    stop: text.length,
    ...place(text.length),
  });
  return tokens;
}

function longestAt(text: string, at: number): readonly [number, number] {
  let kind = 'UNRECOGNIZED';
  let length = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  let found = 0;
  for (const [name, pattern] of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match && match[0].length > found) [kind, length, found] = [name, match[0].length, match[0].length];
  }
  const word = text.slice(at, at + length).toUpperCase();
  const spelt = spellings[word] ?? word;
  if (kind === 'SYMBOL') return [tokenType(spelt), length];
  if (kind === 'NAME' && keywords.has(spelt)) return [tokenType(spelt), length];
  return [tokenType(kind), length];
}

function skipHidden(text: string, start: number): number {
  let at = start;
  for (;;) {
    hidden.lastIndex = at;
    const blank = hidden.exec(text);
    if (blank) at += blank[0].length;
    else if (text.startsWith('/*', at) && text[at + 2] !== '+') at = commentEnd(text, at);
    else return at;
  }
}

/** Comments in brackets nest. */
function commentEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    if (text.startsWith('/*', at) && text[at + 2] !== '+') {
      depth += 1;
      at += 2;
    } else if (text.startsWith('*/', at)) {
      depth -= 1;
      at += 2;
      if (depth === 0) return at;
    } else at += 1;
  }
  throw parseException('UNCLOSED_BRACKETED_COMMENT', {}, { text });
}

function placeIn(text: string): (at: number) => { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  let next = text.indexOf('\n');
  return (at) => {
    while (next >= 0 && next < at) {
      line += 1;
      lineStart = next + 1;
      next = text.indexOf('\n', lineStart);
    }
    return { line, column: Array.from(text.slice(lineStart, at)).length };
  };
}
