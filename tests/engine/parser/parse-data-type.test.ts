import { describe, expect, test } from 'vitest';
import { simpleString } from '../../../engine/core/type-names.ts';
import { parseDataType } from '../../../engine/parser/parse-data-type.ts';
import { failureOf, parseException, thrownBy } from './parse-failure.ts';

test.each([
  ['int', 'int'],
  ['LONG', 'bigint'],
  ['integer', 'int'],
  ['byte', 'tinyint'],
  ['short', 'smallint'],
  ['real', 'float'],
  ['timestamp_ltz', 'timestamp'],
  ['timestamp_ntz', 'timestamp_ntz'],
  ['void', 'void'],
  ['interval', 'interval'],
  ['decimal', 'decimal(10,0)'],
  ['dec(3,1)', 'decimal(3,1)'],
  ['numeric(4)', 'decimal(4,0)'],
  ['varchar(10)', 'varchar(10)'],
  ['character(3)', 'char(3)'],
  ['array<int>', 'array<int>'],
  ['map<string, array<struct<x:int,y:map<int,int>>>>', 'map<string,array<struct<x:int,y:map<int,int>>>>'],
  ['struct<a int, `b c`: string>', 'struct<a:int,b c:string>'],
  ['struct<>', 'struct<>'],
  ['interval day to second', 'interval day to second'],
  ['interval hour', 'interval hour'],
  ['interval year to month', 'interval year to month'],
])('%s is the type %s', (text, expected) => expect(simpleString(parseDataType(text))).toBe(expected));

describe('a wrong type is refused with the text of Spark', () => {
  test.each([
    ['entero', 'UNSUPPORTED_DATATYPE', '[UNSUPPORTED_DATATYPE] Unsupported data type "ENTERO".', 0],
    ['array<enter>', 'UNSUPPORTED_DATATYPE', '[UNSUPPORTED_DATATYPE] Unsupported data type "ENTER".', 6],
    ['decimal(10,2,3)', 'UNSUPPORTED_DATATYPE', '[UNSUPPORTED_DATATYPE] Unsupported data type "DECIMAL(10,2,3)".', 0],
    ['int(3)', 'UNSUPPORTED_DATATYPE', '[UNSUPPORTED_DATATYPE] Unsupported data type "INT(3)".', 0],
    [
      'array',
      'INCOMPLETE_TYPE_DEFINITION.ARRAY',
      '[INCOMPLETE_TYPE_DEFINITION.ARRAY] Incomplete complex type: The definition of "ARRAY" type is incomplete. You must provide an element type. For example: "ARRAY<INT>".',
      0,
    ],
    [
      'varchar',
      'DATATYPE_MISSING_SIZE',
      '[DATATYPE_MISSING_SIZE] DataType "VARCHAR" requires a length parameter, for example "VARCHAR"(10). Please specify the length.',
      0,
    ],
    [
      'string string',
      'PARSE_SYNTAX_ERROR',
      "[PARSE_SYNTAX_ERROR] Syntax error at or near 'string': extra input 'string'.",
      7,
    ],
  ])('%s', (text, condition, message, position) =>
    expect(failureOf(() => parseDataType(text))).toEqual(parseException(condition, message, text, position)),
  );
});

test('a decimal must fit into 38 digits', () => {
  expect(thrownBy(() => parseDataType('decimal(39,2)'))).toMatchObject({
    errorClass: 'ArithmeticException',
    message: '[DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION] Decimal precision 39 exceeds max precision 38.',
  });
  expect(thrownBy(() => parseDataType('decimal(5,10)'))).toMatchObject({
    errorClass: 'ParseException',
    condition: '_LEGACY_ERROR_TEMP_1228',
    message: '\nDecimal scale (10) cannot be greater than precision (5).\n== SQL ==\ndecimal(5,10)',
  });
});
