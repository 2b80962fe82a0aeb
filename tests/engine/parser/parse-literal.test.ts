import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../engine/parser/parse-expression.ts';
import { expressionText } from './expression-text.ts';
import { literalErrors } from './literal-errors.ts';
import { failureOf, parseException, thrownBy } from './parse-failure.ts';

const literals: readonly (readonly [string, string])[] = [
  ['interval 1 hour', '3600000000:interval hour'],
  ['interval 1 hour 30 minutes', '5400000000:interval hour to minute'],
  ["interval '1 02:03:04' day to second", '93784000000:interval day to second'],
  ["interval '1 02:03:04.5' day to second", '93784500000:interval day to second'],
  ["interval '10 minutes'", '600000000:interval minute'],
  ["interval '1' hour", '3600000000:interval hour'],
  ['interval -1 day', '-86400000000:interval day'],
  ['interval - 1 day', '-86400000000:interval day'],
  ["interval '-1' day", '-86400000000:interval day'],
  ["interval -'1' day", '-86400000000:interval day'],
  ["interval -'-1' day", '86400000000:interval day'],
  ['interval 1 week', '604800000000:interval day'],
  ['interval 2 weeks 1 day', '1296000000000:interval day'],
  ['interval 1 millisecond', '1000:interval second'],
  ['interval 1.5 seconds', '1500000:interval second'],
  ["interval '1.5' second", '1500000:interval second'],
  ['interval 1 year 2 months', '14:interval year to month'],
  ["interval '1-2' year to month", '14:interval year to month'],
  ["interval '-1-2' year to month", '-14:interval year to month'],
  ["interval '25' hour", '90000000000:interval hour'],
  ["interval '1 2:3' day to minute", '93780000000:interval day to minute'],
  ["interval '2:3' hour to minute", '7380000000:interval hour to minute'],
  ["interval '2:3:4.123456789' hour to second", '7384123456:interval hour to second'],
  ["interval '3:4' minute to second", '184000000:interval minute to second'],
  ["interval '1 year'", '12:interval year'],
  ["interval 'interval 1 day'", '86400000000:interval day'],
  ["interval '1' day '2' hour", '93600000000:interval day to hour'],
  ['interval +1 day', '86400000000:interval day'],
  ['interval 1 DAYS', '86400000000:interval day'],
  ['interval 0 seconds', '0:interval second'],
  ['interval 100 hours', '360000000000:interval hour'],
  ['interval 90 minutes', '5400000000:interval minute'],
  ["interval '1' month", '1:interval month'],
  ["date '2024-01-10'", '19732:date'],
  ["date '2024-1-1'", '19723:date'],
  ["date '2024'", '19723:date'],
  ["date '2024-05'", '19844:date'],
  ["date '2024-01-10 10:00:00'", '19732:date'],
  ["date '2024-01-10T'", '19732:date'],
  ["date ' 2024-01-10 '", '19732:date'],
  ["date 'epoch'", '0:date'],
  ["date '+2024-01-10'", '19732:date'],
  ["date '12024-01-10'", '3672157:date'],
  ["timestamp '2024-01-10 10:00:00'", '1704877200000000:timestamp'],
  ["timestamp '2024-01-10 10:00:00.123456'", '1704877200123456:timestamp'],
  ["timestamp '2024-01-10 10:00:00.1234567'", '1704877200123456:timestamp'],
  ["timestamp '2024-01-10 10:00:00+02:00'", '1704873600000000:timestamp'],
  ["timestamp '2024-01-10 10:00:00 Europe/Paris'", '1704877200000000:timestamp'],
  ["timestamp '2024-01-10'", '1704841200000000:timestamp'],
  ["timestamp '2024-01-10 10'", '1704877200000000:timestamp'],
  ["timestamp '2024-01-10 10:5'", '1704877500000000:timestamp'],
  ["timestamp 'epoch'", '0:timestamp'],
  ["timestamp '2024-03-31 02:30:00'", '1711848600000000:timestamp'],
  ["timestamp '2024-10-27 02:30:00'", '1729989000000000:timestamp'],
  ["timestamp '2024'", '1704063600000000:timestamp'],
  ["timestamp '2024-01'", '1704063600000000:timestamp'],
  ["timestamp_ltz '2024-01-10 10:00:00'", '1704877200000000:timestamp'],
  ["timestamp_ntz '2024-01-10 10:00:00'", '1704880800000000:timestamp_ntz'],
  ["timestamp_ntz '2024-01-10 10:00:00Z'", '1704880800000000:timestamp_ntz'],
  ["timestamp '2024-01-10 10:00:00 UTC'", '1704880800000000:timestamp'],
  ["timestamp '2024-01-10 10:00:00 GMT+1'", '1704877200000000:timestamp'],
  ["timestamp '2024-01-10 10:00:00 +1'", '1704877200000000:timestamp'],
  ["timestamp '2024-01-10 10:00:00 CET'", '1704877200000000:timestamp'],
  ["timestamp '1800-01-01 00:00:00'", '-5364661516000000:timestamp'],
  ["x'1a2b'", '"Gis=":binary'],
  ["x''", '"":binary'],
  ['0.05', '"0.05":decimal(2,2)'],
  ['1.50', '"1.50":decimal(3,2)'],
  ['00.1', '"0.1":decimal(1,1)'],
  ['1.5E3BD', '"1500":decimal(4,0)'],
  ['1E-2BD', '"0.01":decimal(2,2)'],
  ['12345678901234567890123456789012345678', '"12345678901234567890123456789012345678":decimal(38,0)'],
  ['2147483648', '2147483648:long'],
  ['-2147483648', '-2147483648:integer'],
  ['9223372036854775808', '"9223372036854775808":decimal(19,0)'],
  ['1F', '1:float'],
  ['1.5F', '1.5:float'],
  ['1e-3', '0.001:double'],
  ["'a\\nb\\t\\\\c\\%d\\_e\\u0041\\101\\0'", '"a\\nb\\t\\\\c\\\\%d\\\\_eAA\\u0000":string'],
  ['"a\'b"', '"a\'b":string'],
  ['\'a\' "b"', '"ab":string'],
  ['R"x\\n"', '"x\\\\n":string'],
  ['null', 'null:void'],
  ['true', 'true:boolean'],
  ["interval '1 2' day to hour", '93600000000:interval day to hour'],
  ["X'1A2'", '"AaI=":binary'],
  ['1.5x', '1:integer["5x":string]'],
  ["''", '"":string'],
  ['99999999999999999999', '"99999999999999999999":decimal(20,0)'],
  ['1.5BD', '"1.5":decimal(2,1)'],
  ['1e5', '100000:double'],
  ['.5', '"0.5":decimal(1,1)'],
  ['5.', '"5":decimal(1,0)'],
  ['5.e3', '5000:double'],
  ["'a' 'b'", '"ab":string'],
  ["'a' b", '"a":string AS b'],
  ["r'a\\b'", '"a\\\\b":string'],
  ["'it''s'", '"its":string'],
  ['-1', '-1:integer'],
  ['- 1', '-1:integer'],
  ['-1.5', '"-1.5":decimal(2,1)'],
  ['-9223372036854775808', '"-9223372036854775808":long'],
  ['-128Y', '-128:byte'],
  ['- 128Y', '-128:byte'],
  ['-32768S', '-32768:short'],
];

describe('a literal has the type and value that Spark gives it, in the zone Europe/Madrid', () => {
  test.each(literals)('%s', (text, expected) =>
    expect(expressionText(parseExpression(text, { zone: 'Europe/Madrid' }))).toBe(expected),
  );
});

describe('a wrong literal is refused with the text of Spark', () => {
  test.each(literalErrors)('%s', (text, condition, message, position) =>
    expect(failureOf(() => parseExpression(text))).toEqual(parseException(condition, message, text, position)),
  );
});

test('a number with more than 38 digits is refused as arithmetic', () => {
  const error = thrownBy(() => parseExpression('123456789012345678901234567890123456789'));
  expect(error.errorClass).toBe('ArithmeticException');
  expect(error.message).toBe(
    '[DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION] Decimal precision 39 exceeds max precision 38.',
  );
});

test('words for days need to know the day', () => {
  const options = { zone: 'Europe/Madrid', nowMs: Date.UTC(2024, 0, 10, 23, 30) };
  expect(expressionText(parseExpression("date 'today'", options))).toBe('19733:date');
  expect(expressionText(parseExpression("timestamp 'now'", options))).toBe('1704929400000000:timestamp');
  expect(expressionText(parseExpression("timestamp '10:00:00'", options))).toBe('1704963600000000:timestamp');
});
