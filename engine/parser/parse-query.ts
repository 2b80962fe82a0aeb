import type { Relation } from '../plan/relation.ts';
import { notSupported, type ParseOptions } from './build/build-context.ts';
import { buildStatement, type ParsedStatement } from './build/build-statement.ts';
import { newContext } from './build/new-context.ts';
import { onlyNode } from './build/tree-access.ts';
import { tokenType } from './grammar/token-types.ts';
import { readText } from './read-text.ts';
import { tokenize } from './tokenize.ts';

export type { ParsedStatement } from './build/build-statement.ts';

/** One SQL statement. Throws `ParseException` as Spark 3.5, and refuses by name what Marea does not have. */
export function parseStatement(text: string, options: ParseOptions = {}): ParsedStatement {
  const tree = readText(text, 'wholeStatement');
  const question = tokenType('?');
  const marks = options.positionalArguments
    ? tokenize(text)
        .filter((token) => token.type === question)
        .map((token) => token.start)
    : [];
  return buildStatement(onlyNode(tree, 'statement'), newContext(text, options, marks));
}

/** A query alone. */
export function parseQuery(text: string, options: ParseOptions = {}): Relation {
  const statement = parseStatement(text, options);
  if (statement.kind !== 'query') throw notSupported('statements that are no queries here');
  return statement.query;
}
