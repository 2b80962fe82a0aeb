import { booleanType, isStringLike } from '../core/data-type.ts';
import { sql, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import type { CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import {
  argument,
  argumentType,
  callOf,
  gives,
  literalArgument,
  printsInfix,
  scalar,
  simple,
} from './function-forms.ts';
import { regexpPattern } from './regexp-pattern.ts';

const comparison = (operator: string, examples: ScalarFunction['examples']): ScalarFunction =>
  simple({
    takes: ['comparable', 'comparable'],
    returns: booleanType,
    text: printsInfix(operator),
    write: (a, b) => sql`(${a} ${comparisonSymbols[operator] ?? sql`=`} ${b})`,
    examples,
  });
const comparisonSymbols: Readonly<Record<string, Sql>> = {
  '=': sql`=`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

/** `a LIKE b`, with Spark's default escape character; DuckDB has none. */
const likeSql =
  (word: Sql) =>
  (call: CompiledCall): Sql => {
    const escape = literalArgument(call, 2);
    return sql`(${argument(call, 0)} ${word} ${argument(call, 1)} ESCAPE ${sqlString(typeof escape === 'string' ? escape : '\\')})`;
  };

/** The escape character is not printed. */
const likeText =
  (form: (value: string, pattern: string) => string) =>
  ([value = '', pattern = '']: readonly string[]): string =>
    form(value, pattern);

/** Comparison, logic, NULL tests and text matching: what a filter is made of. */
export const predicateFunctions: FunctionTable = {
  '==': {
    ...comparison('=', [
      gives('1 = 1', 'true'),
      gives('1 = NULL', null),
      gives("1 = '1'", 'true'),
      gives("double('nan') = double('nan')", 'true'),
      gives('-0.0D = 0.0D', 'true'),
    ]),
    aliases: ['='],
  },
  '<': comparison('<', [gives('1 < 2', 'true'), gives("'a' < 'B'", 'false'), gives("1e10 < double('nan')", 'true')]),
  '<=': comparison('<=', [gives('2 <= 2', 'true')]),
  '>': comparison('>', [gives('1 > 2', 'false'), gives("'2' > 10", 'false'), gives('array(1, 2) > array(1)', 'true')]),
  '>=': comparison('>=', [gives('2 >= 3', 'false')]),
  '<=>': simple({
    takes: ['comparable', 'comparable'],
    returns: booleanType,
    nullable: 'never',
    text: printsInfix('<=>'),
    write: (a, b) => sql`(${a} IS NOT DISTINCT FROM ${b})`,
    examples: [gives('NULL <=> NULL', 'true'), gives('1 <=> NULL', 'false'), gives('1 <=> 1', 'true')],
    aliases: ['equal_null'],
  }),
  and: simple({
    takes: ['boolean', 'boolean'],
    returns: booleanType,
    text: printsInfix('AND'),
    write: (a, b) => sql`(${a} AND ${b})`,
    examples: [gives('NULL AND false', 'false'), gives('NULL AND true', null), gives('true AND true', 'true')],
  }),
  or: simple({
    takes: ['boolean', 'boolean'],
    returns: booleanType,
    text: printsInfix('OR'),
    write: (a, b) => sql`(${a} OR ${b})`,
    examples: [gives('NULL OR true', 'true'), gives('NULL OR false', null)],
  }),
  not: simple({
    takes: ['boolean'],
    returns: booleanType,
    text: (args) => `(NOT ${args.join('')})`,
    aliases: ['!'],
    write: (a) => sql`(NOT ${a})`,
    examples: [gives('NOT true', 'false'), gives('NOT NULL', null)],
  }),
  isnull: simple({
    takes: ['any'],
    returns: booleanType,
    nullable: 'never',
    text: (args) => `(${args.join('')} IS NULL)`,
    write: (a) => sql`(${a} IS NULL)`,
    examples: [gives('NULL IS NULL', 'true'), gives('isnull(1)', 'false')],
  }),
  isnotnull: simple({
    takes: ['any'],
    returns: booleanType,
    nullable: 'never',
    text: (args) => `(${args.join('')} IS NOT NULL)`,
    write: (a) => sql`(${a} IS NOT NULL)`,
    examples: [gives('1 IS NOT NULL', 'true'), gives('isnotnull(NULL)', 'false')],
  }),
  in: simple({
    takes: ['common', 'common'],
    variadic: true,
    returns: booleanType,
    text: ([value, ...list]) => `(${value} IN (${list.join(', ')}))`,
    write: (value, ...list) => sql`(${value} IN (${sqlJoin(list, ', ')}))`,
    examples: [
      gives('1 IN (2, NULL)', null),
      gives('1 IN (1, NULL)', 'true'),
      gives("'a' IN ('b')", 'false'),
      gives('NULL IN (1)', null),
      gives("1 IN ('1', 'x')", 'true'),
    ],
  }),
  isnan: simple({
    takes: ['double'],
    returns: booleanType,
    nullable: 'never',
    write: (a) => sql`coalesce(isnan(${a}), false)`,
    examples: [gives("isnan(double('nan'))", 'true'), gives('isnan(NULL)', 'false'), gives('isnan(1)', 'false')],
  }),
  like: scalar({
    takes: ['string', 'string', 'literal_string'],
    optional: 1,
    returns: booleanType,
    text: likeText((value, pattern) => `${value} LIKE ${pattern}`),
    sql: likeSql(sql`LIKE`),
    examples: [
      gives("'Abc' LIKE 'a%'", 'false'),
      gives("'abc' LIKE '_b%'", 'true'),
      gives("'a_c' LIKE 'a\\\\_c'", 'true'),
      gives("'abc' LIKE 'a\\\\_c'", 'false'),
      gives("'a_c' LIKE 'a/_c' ESCAPE '/'", 'true'),
      gives("'a\\nb' LIKE 'a%'", 'true'),
      gives("'ñ' LIKE '_'", 'true'),
    ],
  }),
  ilike: scalar({
    takes: ['string', 'string', 'literal_string'],
    optional: 1,
    returns: booleanType,
    text: likeText((value, pattern) => `ilike(${value}, ${pattern})`),
    sql: likeSql(sql`ILIKE`),
    examples: [
      gives("'Abc' ILIKE 'a%'", 'true'),
      gives("ilike('ÑU', 'ñ_')", 'true'),
      gives("'a_C' ILIKE 'A/_%' ESCAPE '/'", 'true'),
    ],
  }),
  rlike: scalar({
    takes: ['string', 'string'],
    returns: booleanType,
    aliases: ['regexp', 'regexp_like'],
    text: (args, spelling) =>
      `${spelling === 'regexp_like' || spelling === 'regexp' ? spelling.toUpperCase() : 'RLIKE'}(${args.join(', ')})`,
    sql: (call) => {
      const pattern = regexpPattern(call, 1, 'test');
      return pattern.engine === 'duckdb'
        ? callOf('regexp_matches', argument(call, 0), pattern.text)
        : callOf('java_rlike', argument(call, 0), pattern.text);
    },
    examples: [
      gives("'abc' RLIKE '^a.c$'", 'true'),
      gives("'xabcx' RLIKE 'b'", 'true'),
      gives("rlike('a\\nb', 'a.b')", 'false'),
      gives("rlike('foobar', 'foo(?=bar)')", 'true'),
      gives("rlike('abab', '(ab)\\\\1')", 'true'),
      gives("rlike('ñ', '\\\\w')", 'false'),
    ],
  }),
  contains: scalar({
    takes: ['string_or_binary', 'string_or_binary'],
    returns: booleanType,
    sql: (call) =>
      isStringLike(argumentType(call, 0))
        ? callOf('contains', argument(call, 0), argument(call, 1))
        : sql`(instr(hex(${argument(call, 0)}), hex(${argument(call, 1)})) > 0)`,
    examples: [
      gives("contains('hola', 'ol')", 'true'),
      gives("contains('hola', '')", 'true'),
      gives("contains(NULL, 'a')", null),
    ],
  }),
  startswith: simple({
    takes: ['string', 'string'],
    returns: booleanType,
    write: (a, b) => callOf('starts_with', a, b),
    examples: [
      gives("startswith('hola', 'ho')", 'true'),
      gives("startswith('hola', '')", 'true'),
      gives("startswith('hola', NULL)", null),
    ],
  }),
  endswith: simple({
    takes: ['string', 'string'],
    returns: booleanType,
    write: (a, b) => callOf('ends_with', a, b),
    examples: [gives("endswith('hola', 'la')", 'true'), gives("endswith('hola', 'ho')", 'false')],
  }),
};
