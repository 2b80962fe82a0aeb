import type { ErrorRow } from './error-row.ts';

const syntax = { class: 'ParseException', sqlState: '42601' } as const;
const legacy = { class: 'ParseException', legacy: true } as const;

/** Errors of SQL text, DDL schemas and interval strings. */
export const parserErrors = {
  PARSE_SYNTAX_ERROR: {
    ...syntax,
    message: (p: { error: string; hint: string }) => `Syntax error at or near ${p.error}${p.hint}.`,
  },
  UNCLOSED_BRACKETED_COMMENT: {
    ...syntax,
    message: (_none: Record<string, never>) =>
      'Found an unclosed bracketed comment. Please, append */ at the end of the comment.',
  },
  INVALID_IDENTIFIER: {
    class: 'ParseException',
    sqlState: '42602',
    message: (p: { ident: string }) =>
      `The identifier ${p.ident} is invalid. Please, consider quoting it with back-quotes as \`${p.ident}\`.`,
  },
  UNSUPPORTED_DATATYPE: {
    class: 'ParseException',
    sqlState: '0A000',
    message: (p: { typeName: string }) => `Unsupported data type ${p.typeName}.`,
  },
} as const satisfies Record<string, ErrorRow>;
