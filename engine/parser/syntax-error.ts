import type { ErrorParameters } from '../core/error-catalog.ts';
import { parserErrors } from '../core/errors-parser.ts';
import { SparkError } from '../core/spark-error.ts';
import type { Token } from './tokenize.ts';

/** Where in which text an error lies; without a token Spark shows the text alone. */
export type ErrorPlace = { readonly text: string; readonly token?: Token };

export type ParserErrorCode = keyof typeof parserErrors;

/**
 * A `ParseException` as Spark 3.5 prints it: a line break, the message, `(line l, pos p)`, then the text with `^^^` under the token.
 * A text without any token is `PARSE_EMPTY_STATEMENT`, although its message keeps the code of the syntax error.
 */
export function parseException<Code extends ParserErrorCode>(
  code: Code,
  parameters: ErrorParameters<Code>,
  place: ErrorPlace,
): SparkError {
  const row: { readonly sqlState?: string; readonly legacy?: true; readonly message: (p: never) => string } =
    parserErrors[code];
  const text = (row.message as (p: ErrorParameters<Code>) => string)(parameters);
  const empty = code === 'PARSE_SYNTAX_ERROR' && place.text.trim() === '';
  const condition = empty ? 'PARSE_EMPTY_STATEMENT' : code;
  const sqlState = empty ? '42617' : row.sqlState;
  return new SparkError('ParseException', `\n${row.legacy ? '' : `[${code}] `}${text}${pointer(place)}`, {
    condition,
    ...(sqlState === undefined ? {} : { sqlState }),
    parameters: empty ? {} : Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)])),
  });
}

function pointer({ text, token }: ErrorPlace): string {
  if (!token) return `\n== SQL ==\n${text}`;
  // Java's split drops the empty lines at the end.
  const lines = text.split('\n');
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  const above = lines.slice(0, token.line).map((line) => `${line}\n`);
  const below = lines.slice(token.line).map((line) => `${line}\n`);
  return `(line ${token.line}, pos ${token.column})\n\n== SQL ==\n${above.join('')}${'-'.repeat(token.column)}^^^\n${below.join('')}`;
}

/** `'text'` of a token, as messages quote it; the end of the text is `end of input`. */
export const tokenDisplay = (token: Token): string =>
  token.text === '<EOF>'
    ? 'end of input'
    : `'${token.text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}'`;

export const syntaxError = (text: string, token: Token, hint = ''): SparkError =>
  parseException('PARSE_SYNTAX_ERROR', { error: tokenDisplay(token), hint }, { text, token });
