import { parseExpression } from './parse-expression.ts';
import { parseQuery } from './parse-query.ts';
import { TokenReader } from './token-reader.ts';

/** A reader at the start of a text that has so many values for its `?`. */
export const readerOf = (text: string, given = 0): TokenReader =>
  new TokenReader(text, { expression: parseExpression, query: parseQuery }, given);
