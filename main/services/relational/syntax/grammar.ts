import { parseExpression } from './parse-expression.ts';
import { parseQuery } from './parse-query.ts';
import { TokenReader } from './token-reader.ts';

/** A reader at the start of a text. */
export const readerOf = (text: string): TokenReader =>
  new TokenReader(text, { expression: parseExpression, query: parseQuery });
