import { expect, test } from 'vitest';
import { parseMultipartName, parseTableName } from '../../../engine/parser/parse-multipart-name.ts';
import { failureOf, syntaxError, thrownBy } from './parse-failure.ts';

test.each([
  ['a', ['a']],
  ['a.b.c', ['a', 'b', 'c']],
  ['a b', ['a b']],
  ['año-1', ['año-1']],
  ['`a.b`.c', ['a.b', 'c']],
  ['`a``b`', ['a`b']],
  ['', ['']],
  ['*', ['*']],
])('the column name %s has the parts %j', (text, parts) => expect(parseMultipartName(text)).toEqual(parts));

test.each(['a..b', 'a.', '`a', '`a`b', 'a`b', '`'])('the column name %s is refused', (name) => {
  expect(thrownBy(() => parseMultipartName(name))).toMatchObject({
    errorClass: 'AnalysisException',
    condition: '_LEGACY_ERROR_TEMP_1049',
    message: `Syntax error in attribute name: ${name}.`,
  });
});

test('a table name is an SQL name', () => {
  expect(parseTableName('global_temp.`a b`')).toEqual(['global_temp', 'a b']);
  expect(thrownBy(() => parseTableName('a-b')).condition).toBe('INVALID_IDENTIFIER');
  expect(failureOf(() => parseTableName('my table'))).toEqual(
    syntaxError("'table': extra input 'table'", 'my table', 3),
  );
});
