import { arrayType, integerType, stringType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlString, type Sql } from '../core/sql-text.ts';
import type { CompiledCall, FunctionTable } from './define-function.ts';
import { argument, callOf, gives, literalArgument, printsDefaults, scalar, simple } from './function-forms.ts';
import { regexpPattern } from './regexp-pattern.ts';

/** The group that a literal names, where DuckDB's engine can give it. */
function plainGroup(call: CompiledCall): number | undefined {
  const literal = call.args[2] === undefined ? 1 : literalArgument(call, 2);
  const pattern = literalArgument(call, 1);
  if (typeof literal !== 'number' || literal < 0 || literal > 9 || typeof pattern !== 'string') return undefined;
  return literal <= groupCount(pattern) ? literal : undefined;
}

/** Capturing groups: parentheses that are not escaped, not in a class and not `(?:`. */
export const groupCount = (pattern: string): number =>
  [...pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, '').matchAll(/\((?!\?)/g)].length;

function extractSql(name: 'regexp_extract' | 'regexp_extract_all'): (call: CompiledCall) => Sql {
  return (call) => {
    const [text, pattern, group] = [
      argument(call, 0),
      regexpPattern(call, 1, name === 'regexp_extract' ? 'first' : 'all'),
      plainGroup(call),
    ];
    if (pattern.engine === 'duckdb' && group !== undefined) return callOf(name, text, pattern.text, sqlInteger(group));
    return callOf(`java_${name}`, text, argument(call, 1), call.args[2] ?? sql`1`);
  };
}

/** `$1` is `\1` in DuckDB. Escapes, names and `$0` are left to JavaScript. */
function replaceSql(call: CompiledCall): Sql {
  const [text, pattern, replacement] = [argument(call, 0), regexpPattern(call, 1, 'all'), literalArgument(call, 2)];
  const source = literalArgument(call, 1);
  const isPlain =
    typeof replacement === 'string' &&
    /^(?:[^$\\]|\$[1-9](?!\d))*$/.test(replacement) &&
    typeof source === 'string' &&
    !source.includes('$');
  if (pattern.engine === 'java' || !isPlain || call.args[3] !== undefined)
    return callOf('java_regexp_replace', text, argument(call, 1), argument(call, 2), call.args[3] ?? sql`1`);
  if ([...replacement.matchAll(/\$(\d)/g)].some((group) => Number(group[1]) > groupCount(source)))
    return callOf('java_regexp_replace', text, argument(call, 1), argument(call, 2), sql`1`);
  return callOf(
    'regexp_replace',
    text,
    pattern.text,
    sqlString(replacement.replaceAll(/\$(\d)/g, String.raw`\$1`)),
    sql`'g'`,
  );
}

/** Java's regular expressions: in RE2 where both engines agree, in JavaScript otherwise. */
export const regexpFunctions: FunctionTable = {
  regexp_extract: scalar({
    takes: ['string', 'string', 'integer'],
    optional: 1,
    returns: stringType,
    text: printsDefaults(3, '1'),
    sql: extractSql('regexp_extract'),
    examples: [
      gives("regexp_extract('id=42;', 'id=(\\\\d+)', 1)", '42'),
      gives("regexp_extract('nada', '(x)', 1)", ''),
      gives("regexp_extract('100-200', '(\\\\d+)-(\\\\d+)', 2)", '200'),
      gives("regexp_extract('a1', '(b)?a(\\\\d)', 1)", ''),
      gives("regexp_extract('abc', 'b', 0)", 'b'),
      gives("regexp_extract('aXbX', '(?<=a)(X)', 1)", 'X'),
    ],
  }),
  regexp_extract_all: scalar({
    takes: ['string', 'string', 'integer'],
    optional: 1,
    returns: arrayType(stringType),
    text: printsDefaults(3, '1'),
    sql: extractSql('regexp_extract_all'),
    examples: [
      gives("regexp_extract_all('100-200, 300-400', '(\\\\d+)-(\\\\d+)', 1)", '[100, 300]'),
      gives("regexp_extract_all('abc', '(x)')", '[]'),
      gives("regexp_extract_all('a1b2', '[a-z](\\\\d)', 0)", '[a1, b2]'),
    ],
  }),
  regexp_replace: scalar({
    takes: ['string', 'string', 'string', 'literal_integer'],
    optional: 1,
    returns: stringType,
    text: printsDefaults(4, '1'),
    sql: replaceSql,
    examples: [
      gives("regexp_replace('a1b22', '[0-9]+', '#')", 'a#b#'),
      gives("regexp_replace('100-200', '(\\\\d+)-(\\\\d+)', '$2:$1')", '200:100'),
      gives("regexp_replace('aXaX', '(?<=a)X', '-')", 'a-a-'),
      gives("regexp_replace('aaa', 'a', 'b', 2)", 'abb'),
      gives("regexp_replace('abc', '', '-')", '-a-b-c-'),
      gives("regexp_replace('a.b', '\\\\.', '\\\\$')", 'a$b'),
      gives("regexp_replace('ab', '(?i)B', 'x')", 'ax'),
      gives("regexp_replace('foo', 'o*', 'x')", 'xfxx'),
    ],
  }),
  regexp_count: simple({
    takes: ['string', 'string'],
    returns: integerType,
    write: (s, pattern) => sql`len(java_regexp_extract_all(${s}, ${pattern}, 0))::INTEGER`,
    examples: [gives("regexp_count('a1b22', '[0-9]+')", '2')],
  }),
  regexp_substr: simple({
    takes: ['string', 'string'],
    returns: stringType,
    nullable: 'always',
    write: (s, pattern) => sql`java_regexp_extract_all(${s}, ${pattern}, 0)[1]`,
    examples: [gives("regexp_substr('a1b22', '[0-9]+')", '1'), gives("regexp_substr('abc', '[0-9]+')", null)],
  }),
  regexp_instr: simple({
    takes: ['string', 'string', 'integer'],
    optional: 1,
    returns: integerType,
    text: printsDefaults(3, '0'),
    write: (s, pattern) => callOf('java_regexp_instr', s, pattern),
    examples: [gives("regexp_instr('ab12', '[0-9]+')", '3'), gives("regexp_instr('abc', '[0-9]+')", '0')],
  }),
};
