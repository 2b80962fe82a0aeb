import { expect, test } from 'vitest';
import { tokenTypeName } from '../../../engine/parser/grammar/token-types.ts';
import { tokenize } from '../../../engine/parser/tokenize.ts';

const shown = (text: string): string =>
  tokenize(text)
    .slice(0, -1)
    .map((token) => `${tokenTypeName(token.type)}:${token.text}`)
    .join(' ');

test.each([
  ['Select from', 'SELECT:Select FROM:from'],
  [
    '1 1L 1s 1Y 1.5 .5 5. 1e3 1.5E-3 1F 1.5d 2BD',
    'INTEGER_VALUE:1 BIGINT_LITERAL:1L SMALLINT_LITERAL:1s TINYINT_LITERAL:1Y DECIMAL_VALUE:1.5 DECIMAL_VALUE:.5 DECIMAL_VALUE:5. EXPONENT_VALUE:1e3 EXPONENT_VALUE:1.5E-3 FLOAT_LITERAL:1F DOUBLE_LITERAL:1.5d BIGDECIMAL_LITERAL:2BD',
  ],
  ['1a 1.5x', 'NAME:1a INTEGER_VALUE:1 .:. NAME:5x'],
  [
    'a<=>b == c != d <> e !< f !> g',
    'NAME:a <=>:<=> NAME:b =:== NAME:c !=:!= NAME:d <>:<> NAME:e >=:!< NAME:f <=:!> NAME:g',
  ],
  [
    "'it\\'s' r'a\\' \"x\" 'open",
    "STRING_LITERAL:'it\\'s' STRING_LITERAL:r'a\\' DOUBLEQUOTED_STRING:\"x\" UNRECOGNIZED:' NAME:open",
  ],
  ['`a``b` ñ $', 'BACKQUOTED_IDENTIFIER:`a``b` UNRECOGNIZED:ñ UNRECOGNIZED:$'],
  ['a -- b\n/* c /* d */ e */ f regexp temp', 'NAME:a NAME:f RLIKE:regexp TEMPORARY:temp'],
  ['x -> x', 'X:x ->:-> X:x'],
])('%s', (text, expected) => expect(shown(text)).toBe(expected));

test('lines count from 1 and columns from 0, in code points', () => {
  const places = tokenize("'😀' a\n  b").map(({ line, column }) => [line, column]);
  expect(places).toEqual([
    [1, 0],
    [1, 4],
    [2, 2],
    [2, 3],
  ]);
});
