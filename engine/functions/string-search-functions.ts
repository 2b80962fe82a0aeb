import { arrayType, booleanType, integerType, isStringLike, stringType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import type { CompiledCall, FunctionTable } from './define-function.ts';
import {
  argument,
  argumentType,
  callOf,
  gives,
  literalArgument,
  printsAs,
  printsDefaults,
  scalar,
  simple,
} from './function-forms.ts';
import { raiseError } from './raise-error.ts';

const isLiteralText = (pattern: string): boolean => !/[\\^$.|?*+()[\]{}]/.test(pattern);

/** Splits around a Java pattern; a plain separator, by far the commonest, stays in DuckDB. Limits, patterns that match nothing at all and the rest go to JavaScript. */
function splitSql(call: CompiledCall): Sql {
  const [text, pattern] = [argument(call, 0), argument(call, 1)];
  const [separator, limit] = [literalArgument(call, 1), call.args[2] === undefined ? -1 : literalArgument(call, 2)];
  const unlimited = typeof limit === 'number' && limit <= 0;
  if (unlimited && typeof separator === 'string' && separator !== '' && isLiteralText(separator))
    return sql`string_split(${text}, ${sqlString(separator)})`;
  return callOf('java_split', text, pattern, call.args[2] ?? sql`-1`);
}

const positionSql = (needle: Sql, text: Sql, from: Sql = sql`1`): Sql =>
  sql`(CASE WHEN ${from} IS NULL THEN 0 WHEN ${needle} IS NULL OR ${text} IS NULL THEN NULL WHEN ${from} < 1 THEN 0 WHEN ${needle} = '' THEN 1 WHEN instr(substring(${text}, ${from}), ${needle}) = 0 THEN 0 ELSE instr(substring(${text}, ${from}), ${needle}) + ${from} - 1 END)::INTEGER`;

/** Functions that look into text: length, position, parts, distance. */
export const stringSearchFunctions: FunctionTable = {
  length: scalar({
    takes: ['string_or_binary'],
    returns: integerType,
    aliases: ['char_length', 'character_length', 'len'],
    sql: (call) =>
      isStringLike(argumentType(call, 0))
        ? sql`length(${argument(call, 0)})::INTEGER`
        : sql`octet_length(${argument(call, 0)})::INTEGER`,
    examples: [
      gives("length('añ😀')", '3'),
      gives("char_length('a ')", '2'),
      gives("length(X'010203')", '3'),
      gives('length(123)', '3'),
    ],
  }),
  octet_length: scalar({
    takes: ['string_or_binary'],
    returns: integerType,
    sql: (call) =>
      isStringLike(argumentType(call, 0))
        ? sql`strlen(${argument(call, 0)})::INTEGER`
        : sql`octet_length(${argument(call, 0)})::INTEGER`,
    examples: [gives("octet_length('añ')", '3')],
  }),
  bit_length: scalar({
    takes: ['string_or_binary'],
    returns: integerType,
    sql: (call) =>
      isStringLike(argumentType(call, 0))
        ? sql`(8 * strlen(${argument(call, 0)}))::INTEGER`
        : sql`(8 * octet_length(${argument(call, 0)}))::INTEGER`,
    examples: [gives("bit_length('añ')", '24')],
  }),
  instr: simple({
    takes: ['string', 'string'],
    returns: integerType,
    write: (text, needle) =>
      sql`(CASE WHEN ${needle} = '' THEN CASE WHEN ${text} IS NOT NULL THEN 1 END ELSE instr(${text}, ${needle}) END)::INTEGER`,
    examples: [
      gives("instr('hola', 'l')", '3'),
      gives("instr('hola', 'z')", '0'),
      gives("instr('añb', 'b')", '3'),
      gives("instr('abc', '')", '1'),
    ],
  }),
  locate: simple({
    takes: ['string', 'string', 'integer'],
    optional: 1,
    returns: integerType,
    nullable: (shape) => shape.args.slice(0, 2).some((arg) => arg.nullable),
    aliases: ['position', 'charindex'],
    text: printsDefaults(3, '1'),
    write: positionSql,
    examples: [
      gives("locate('a', 'banana', 3)", '4'),
      gives("locate('z', 'banana')", '0'),
      gives("position('n', 'banana')", '3'),
      gives("locate('a', 'banana', 0)", '0'),
      gives("locate('a', NULL)", null),
      gives("locate('a', 'banana', NULL)", '0'),
      gives("locate('', 'abc', 3)", '1'),
    ],
  }),
  split: scalar({
    takes: ['string', 'string', 'integer'],
    optional: 1,
    returns: arrayType(stringType, false),
    text: printsDefaults(3, '-1'),
    sql: splitSql,
    examples: [
      gives("split('a b  c', ' ')", '[a, b, , c]'),
      gives("split('a,b;c', '[,;]')", '[a, b, c]'),
      gives("split('a b c', ' ', 2)", '[a, b c]'),
      gives("split('', ' ')", '[]'),
      gives("split('abc', '')", '[a, b, c]'),
      gives("split('a,b,,', ',')", '[a, b, , ]'),
      gives("split('a1b2', '(?=[0-9])')", '[a, 1b, 2]'),
      gives("split('a.b', '\\\\.')", '[a, b]'),
      gives("split(NULL, ',')", null),
      gives("size(split('', ' '))", '1'),
    ],
  }),
  split_part: scalar({
    takes: ['string', 'string', 'integer'],
    returns: stringType,
    nullable: 'always',
    sql: (call) => {
      const [text, delimiter, index] = [argument(call, 0), argument(call, 1), argument(call, 2)];
      return sql`CASE WHEN ${index} = 0 THEN ${raiseError('INVALID_INDEX_OF_ZERO', {})} WHEN ${delimiter} = '' THEN CASE WHEN abs(${index}) = 1 THEN ${text} ELSE '' END ELSE split_part(${text}, ${delimiter}, ${index}) END`;
    },
    examples: [
      gives("split_part('a-b-c', '-', 2)", 'b'),
      gives("split_part('a-b-c', '-', -1)", 'c'),
      gives("split_part('a-b', '-', 5)", ''),
      gives("split_part('a.b', '.', 1)", 'a'),
    ],
  }),
  find_in_set: simple({
    takes: ['string', 'string'],
    returns: integerType,
    write: (word, set) =>
      sql`(CASE WHEN contains(${word}, ',') THEN 0 ELSE coalesce(list_position(string_split(${set}, ','), ${word}), CASE WHEN ${set} IS NOT NULL AND ${word} IS NOT NULL THEN 0 END) END)::INTEGER`,
    examples: [
      gives("find_in_set('b', 'a,b,c')", '2'),
      gives("find_in_set('z', 'a,b')", '0'),
      gives("find_in_set('a,b', 'a,b')", '0'),
    ],
  }),
  levenshtein: simple({
    takes: ['string', 'string', 'integer'],
    optional: 1,
    returns: integerType,
    write: (a, b, limit = sql`-1`) => callOf('java_levenshtein', a, b, limit),
    examples: [
      gives("levenshtein('kitten', 'sitting')", '3'),
      gives("levenshtein('año', 'ano')", '1'),
      gives("levenshtein('kitten', 'sitting', 2)", '-1'),
    ],
  }),
  soundex: simple({
    takes: ['string'],
    returns: stringType,
    write: (s) => callOf('java_soundex', s),
    examples: [gives("soundex('Robert')", 'R163'), gives("soundex('Ashcraft')", 'A261'), gives("soundex('7a')", '7a')],
  }),
  luhn_check: simple({
    takes: ['string'],
    returns: booleanType,
    nullable: 'always',
    write: (s) => callOf('java_luhn_check', s),
    examples: [gives("luhn_check('8112189876')", 'true'), gives("luhn_check('79927398714')", 'false')],
  }),
};

/** Formatting numbers and other values into text. */
export const stringFormatFunctions: FunctionTable = {
  format_string: scalar({
    takes: ['string', 'any'],
    optional: 1,
    variadic: true,
    returns: stringType,
    nullable: (shape) => shape.args[0]?.nullable ?? true,
    aliases: ['printf'],
    sql: ({ args: [format = sql`NULL`, ...values], types }) => {
      const texts = values.map((value) => sql`(${value})::VARCHAR`);
      return callOf(
        'java_format',
        format,
        sql`[${sqlJoin(texts, ', ')}]::VARCHAR[]`,
        sqlString(
          types
            .slice(1)
            .map((type) => type.kind)
            .join(','),
        ),
      );
    },
    examples: [
      gives("format_string('%05d|%.2f|%s', 42, 3.14159D, 'x')", '00042|3.14|x'),
      gives("format_string('%s y %s', 1, NULL)", '1 y null'),
      gives("printf('%,d %x %5s|%-5s|', 1234567, 255, 'a', 'b')", '1,234,567 ff     a|b    |'),
      gives("format_string('%d%%', 5)", '5%'),
      gives("format_string('%2$s %1$s', 'a', 'b')", 'b a'),
    ],
  }),
  format_number: scalar({
    takes: ['numeric', 'any'],
    returns: stringType,
    nullable: 'always',
    sql: (call) =>
      callOf(
        'java_format_number',
        sql`(${argument(call, 0)})::VARCHAR`,
        sql`(${argument(call, 1)})::VARCHAR`,
        sqlString(argumentType(call, 0).kind),
      ),
    examples: [
      gives('format_number(1234567.891, 2)', '1,234,567.89'),
      gives('format_number(0.5, 0)', '0'),
      gives('format_number(1234.5D, 0)', '1,234'),
      gives('format_number(-12332.123456, 4)', '-12,332.1235'),
      gives('format_number(5, -1)', null),
      gives("format_number(12332.123456, '##################.###')", '12332.123'),
      gives('format_number(1e10D, 2)', '10,000,000,000.00'),
    ],
  }),
  mask: simple({
    takes: ['string', 'string', 'string', 'string', 'string'],
    optional: 4,
    returns: stringType,
    nullable: 'always',
    text: printsDefaults(5, 'X', 'x', 'n', 'NULL'),
    write: (s, upper = sql`'X'`, lower = sql`'x'`, digit = sql`'n'`, other = sql`NULL`) =>
      callOf('java_mask', s, upper, lower, digit, other),
    examples: [
      gives("mask('abCD-8765')", 'xxXX-nnnn'),
      gives("mask('AbCD123-@$#', 'Q', 'q', 'd', 'o')", 'QqQQdddoooo'),
    ],
  }),
};

/** Web addresses. */
export const urlFunctions: FunctionTable = {
  url_encode: simple({
    takes: ['string'],
    returns: stringType,
    nullable: 'always',
    write: (s) => callOf('java_url_encode', s),
    examples: [gives("url_encode('https://a.es/ñ x*~')", 'https%3A%2F%2Fa.es%2F%C3%B1+x*%7E')],
  }),
  url_decode: simple({
    takes: ['string'],
    returns: stringType,
    nullable: 'always',
    write: (s) => callOf('java_url_decode', s),
    examples: [gives("url_decode('a+b%20%C3%B1')", 'a b ñ')],
  }),
  parse_url: simple({
    takes: ['string', 'string', 'string'],
    optional: 1,
    returns: stringType,
    nullable: 'always',
    text: printsAs('parse_url'),
    write: (url, part, key = sql`''`) => callOf('java_parse_url', url, part, key),
    examples: [
      gives("parse_url('http://a.es:80/p/q?query=1&k=2#r', 'HOST')", 'a.es'),
      gives("parse_url('http://a.es/p?query=1&k=2', 'QUERY', 'k')", '2'),
      gives("parse_url('http://a.es/p?query=1', 'PATH')", '/p'),
      gives("parse_url('http://a.es/p?query=1', 'QUERY')", 'query=1'),
      gives("parse_url('http://u:c@a.es/p#r', 'REF')", 'r'),
      gives("parse_url('http://u:c@a.es/p', 'AUTHORITY')", 'u:c@a.es'),
    ],
  }),
};
