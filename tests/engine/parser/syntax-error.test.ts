import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../engine/parser/parse-expression.ts';
import { parseStatement } from '../../../engine/parser/parse-query.ts';
import { parseTableSchema } from '../../../engine/parser/parse-table-schema.ts';
import { failureOf, syntaxError, thrownBy } from './parse-failure.ts';
import { expressionErrors } from './expression-errors.ts';
import { schemaErrors } from './schema-errors.ts';
import { statementErrors } from './statement-errors.ts';

describe('a syntax error names the token that Spark names', () => {
  test.each(expressionErrors)('in the expression %s', (text, near, position) =>
    expect(failureOf(() => parseExpression(text))).toEqual(syntaxError(near, text, position)),
  );
  test.each(statementErrors)('in the statement %s', (text, near, position) =>
    expect(failureOf(() => parseStatement(text))).toEqual(syntaxError(near, text, position)),
  );
  test.each(schemaErrors)('in the schema %s', (text, near, position) =>
    expect(failureOf(() => parseTableSchema(text))).toEqual(syntaxError(near, text, position)),
  );
});

test('the marker stands under the line of the error, with the lines after it below', () => {
  const error = thrownBy(() => parseStatement('select a,\n       sum(b\nfrom t\ngroup by a'));
  expect(error.message).toBe(
    "\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'from': missing ')'.(line 3, pos 0)\n\n== SQL ==\nselect a,\n       sum(b\nfrom t\n^^^\ngroup by a\n",
  );
});

test('an empty text has the code of an empty statement and the message of a syntax error', () => {
  const error = thrownBy(() => parseStatement('  '));
  expect(error.condition).toBe('PARSE_EMPTY_STATEMENT');
  expect(error.sqlState).toBe('42617');
  expect(error.message).toBe(
    '\n[PARSE_SYNTAX_ERROR] Syntax error at or near end of input.(line 1, pos 2)\n\n== SQL ==\n  \n--^^^\n',
  );
});

test('an unclosed comment is shown without a position', () => {
  const error = thrownBy(() => parseExpression('a /* b'));
  expect(error.condition).toBe('UNCLOSED_BRACKETED_COMMENT');
  expect(error.message).toBe(
    '\n[UNCLOSED_BRACKETED_COMMENT] Found an unclosed bracketed comment. Please, append */ at the end of the comment.\n== SQL ==\na /* b',
  );
});

test('a name with a dash is refused with advice', () => {
  const error = thrownBy(() => parseTableSchema('fecha-hora timestamp'));
  expect(error.condition).toBe('INVALID_IDENTIFIER');
  expect(error.message).toBe(
    '\n[INVALID_IDENTIFIER] The identifier fecha-hora is invalid. Please, consider quoting it with back-quotes as `fecha-hora`.(line 1, pos 5)\n\n== SQL ==\nfecha-hora timestamp\n-----^^^\n',
  );
});
