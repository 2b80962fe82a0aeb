import { isStringLike, stringType, type DataType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { CallShape, CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import {
  argument,
  argumentType,
  callOf,
  gives,
  literalArgument,
  nullIfAny,
  printsDefaults,
  sameAs,
  scalar,
  simple,
} from './function-forms.ts';
import { raiseErrorWith } from './raise-error.ts';

/** DuckDB maps one letter to one letter and Java maps words (`ß` → `SS`); only text with letters beyond ASCII pays for JavaScript. */
const beyondAscii = (value: Sql, ascii: Sql, other: Sql): Sql =>
  sql`CASE WHEN strlen(${value}) = length(${value}) THEN ${ascii} ELSE ${other} END`;

/** Characters from `start` (0 is the first, and may be negative) up to `start + count`, as Spark cuts. */
const cut = (text: Sql, start: Sql, count: Sql): Sql =>
  sql`substring(${text}, greatest(${start}, 0) + 1, greatest(least((${start})::BIGINT + ${count}, length(${text})) - greatest(${start}, 0), 0))`;

/** Position 0 means 1, a negative one counts from the end, a negative length gives nothing; DuckDB differs in all three. */
export function substringSql(text: Sql, position: Sql, count: Sql, literal: unknown): Sql {
  if (typeof literal === 'number' && literal >= 0) return cut(text, sql`greatest(${position} - 1, 0)`, count);
  return cut(
    text,
    sql`(CASE WHEN ${position} > 0 THEN ${position} - 1 WHEN ${position} < 0 THEN length(${text}) + ${position} ELSE 0 END)`,
    count,
  );
}

const maximum = sql`2147483647`;

function substringCall(call: CompiledCall): Sql {
  const [value, position, count = maximum] = [argument(call, 0), argument(call, 1), call.args[2]];
  const body = isStringLike(argumentType(call, 0))
    ? substringSql(value, position, count, literalArgument(call, 1))
    : sql`unhex(${substringSql(sql`hex(${value})`, sql`CASE WHEN ${position} > 0 THEN 2 * ${position} - 1 ELSE 2 * ${position} END`, sql`2 * ${count}`, undefined)})`;
  return nullIfAny([value, position, count], body);
}

/** `trim(characters, text)` takes its arguments in this order, as `TRIM(BOTH characters FROM text)` hands them over. */
const trimming = (
  name: 'trim' | 'ltrim' | 'rtrim',
  side: string,
  examples: ScalarFunction['examples'],
): ScalarFunction =>
  simple({
    takes: ['string', 'string'],
    optional: 1,
    returns: stringType,
    text: (args) => (args.length === 1 ? `${name}(${args.join('')})` : `TRIM(${side} ${args[0]} FROM ${args[1]})`),
    // Only blanks by default; DuckDB would also take other white space away.
    write: (first, text) => (text === undefined ? callOf(name, first, sql`' '`) : callOf(name, text, first)),
    examples,
  });

const padding = (name: 'lpad' | 'rpad', examples: ScalarFunction['examples']): ScalarFunction =>
  simple({
    takes: ['string', 'integer', 'string'],
    optional: 1,
    returns: stringType,
    text: printsDefaults(3, ' '),
    // DuckDB raises on an empty pad.
    write: (text, width, pad = sql`' '`) =>
      sql`CASE WHEN length(${text}) >= ${width} OR ${pad} = '' THEN left(${text}, greatest(${width}, 0)) ELSE ${callOf(name, text, width, sql`nullif(${pad}, '')`)} END`,
    examples,
  });

const concatType = (shape: CallShape): DataType => {
  const type = shape.types[0] ?? stringType;
  return type.kind === 'array' || type.kind === 'binary' ? type : stringType;
};

/** Functions that make text out of text: case, trimming, padding, cutting, joining. */
export const stringFunctions: FunctionTable = {
  upper: simple({
    takes: ['string'],
    returns: stringType,
    aliases: ['ucase'],
    write: (s) => beyondAscii(s, sql`upper(${s})`, sql`java_upper(${s})`),
    examples: [gives("upper('ñandú')", 'ÑANDÚ'), gives("ucase('straße')", 'STRASSE'), gives('upper(NULL)', null)],
  }),
  lower: simple({
    takes: ['string'],
    returns: stringType,
    aliases: ['lcase'],
    write: (s) => beyondAscii(s, sql`lower(${s})`, sql`java_lower(${s})`),
    examples: [gives("lower('ÁÉÍ')", 'áéí'), gives("lcase('AbC')", 'abc')],
  }),
  initcap: simple({
    takes: ['string'],
    returns: stringType,
    write: (s) => callOf('java_initcap', s),
    examples: [gives("initcap('hola MUNDO  cruel-dos')", 'Hola Mundo  Cruel-dos'), gives("initcap('ñu')", 'Ñu')],
  }),
  trim: trimming('trim', 'BOTH', [
    gives("concat('[', trim('  a '), ']')", '[a]'),
    gives("trim('x', 'xxaxx')", 'a'),
    gives("length(trim('\\t'))", '1'),
  ]),
  ltrim: trimming('ltrim', 'LEADING', [
    gives("concat('[', ltrim('  a '), ']')", '[a ]'),
    gives("ltrim('x', 'xxaxx')", 'axx'),
  ]),
  rtrim: trimming('rtrim', 'TRAILING', [
    gives("concat('[', rtrim(' a  '), ']')", '[ a]'),
    gives("rtrim('x', 'xxaxx')", 'xxa'),
  ]),
  btrim: simple({
    takes: ['string', 'string'],
    optional: 1,
    returns: stringType,
    write: (s, characters = sql`' '`) => callOf('trim', s, characters),
    examples: [gives("concat('[', btrim('  a '), ']')", '[a]'), gives("btrim('xxaxx', 'x')", 'a')],
  }),
  lpad: padding('lpad', [
    gives("lpad('7', 3, '0')", '007'),
    gives("lpad('abcdef', 3, '0')", 'abc'),
    gives("lpad('a', 3, '')", 'a'),
    gives("lpad('a', -1, 'x')", ''),
    gives("concat(lpad('a', 3), '|')", '  a|'),
  ]),
  rpad: padding('rpad', [gives("rpad('a', 3, '.')", 'a..'), gives("rpad('ñandú', 7, 'xy')", 'ñandúxy')]),
  substring: scalar({
    takes: ['string_or_binary', 'integer', 'integer'],
    optional: 1,
    returns: sameAs(0),
    aliases: ['substr'],
    text: printsDefaults(3, '2147483647'),
    sql: substringCall,
    examples: [
      gives("substring('Spark', 0, 3)", 'Spa'),
      gives("substring('Spark', -3, 2)", 'ar'),
      gives("substring('Spark', 3)", 'ark'),
      gives("substr('Spark', 10)", ''),
      gives("substring('Spark', -10, 7)", 'Sp'),
      gives("substring('Spark', 2, -1)", ''),
      gives("substring('añ😀b', 2, 2)", 'ñ😀'),
      gives("substring(X'010203', 2, 2)", '[02 03]'),
      gives("substring('Spark', NULL, 2)", null),
    ],
  }),
  left: simple({
    takes: ['string', 'integer'],
    returns: stringType,
    write: (s, n) => sql`left(${s}, greatest(${n}, 0))`,
    examples: [gives("left('Spark', 2)", 'Sp'), gives("left('Spark', -1)", '')],
  }),
  right: simple({
    takes: ['string', 'integer'],
    returns: stringType,
    nullable: 'always',
    write: (s, n) => sql`right(${s}, greatest(${n}, 0))`,
    examples: [gives("right('Spark', 2)", 'rk'), gives("right('Spark', 0)", '')],
  }),
  substring_index: simple({
    takes: ['string', 'string', 'integer'],
    returns: stringType,
    write: (s, delimiter, count) => callOf('java_substring_index', s, delimiter, count),
    examples: [
      gives("substring_index('a.b.c', '.', 2)", 'a.b'),
      gives("substring_index('a.b.c', '.', -2)", 'b.c'),
      gives("substring_index('abc', '.', 1)", 'abc'),
      gives("substring_index('a.b', '', 1)", ''),
      gives("substring_index('a.b', '.', 0)", ''),
    ],
  }),
  overlay: simple({
    takes: ['string', 'string', 'integer', 'integer'],
    optional: 1,
    returns: stringType,
    text: printsDefaults(4, '-1'),
    write: (s, replacement, position, count = sql`-1`) =>
      sql`${substringSql(s, sql`1`, sql`(${position} - 1)`, 1)} || ${replacement} || ${substringSql(s, sql`(${position} + CASE WHEN ${count} >= 0 THEN ${count} ELSE length(${replacement}) END)`, maximum, undefined)}`,
    examples: [
      gives("overlay('SparkSQL', '_', 6)", 'Spark_QL'),
      gives("overlay('Spark SQL', 'ANSI ', 7, 0)", 'Spark ANSI SQL'),
      gives("overlay('Spark SQL', 'tructured', 2, 4)", 'Structured SQL'),
    ],
  }),
  concat: scalar({
    takes: ['concat'],
    optional: 1,
    variadic: true,
    returns: concatType,
    sql: ({ args, type }) => {
      if (args.length === 0) return sql`''`;
      // DuckDB's own `concat` skips NULL.
      return type.kind === 'array'
        ? nullIfAny(
            args,
            args.slice(1).reduce((all, next) => sql`list_concat(${all}, ${next})`, args[0] ?? sql`[]`),
          )
        : sql`(${sqlJoin(args, ' || ')})`;
    },
    examples: [
      gives("concat('a', NULL)", null),
      gives("concat('a', 1, true)", 'a1true'),
      gives('concat(array(1, 2), array(3))', '[1, 2, 3]'),
      gives('concat(array(1), cast(NULL as array<int>))', null),
      gives("concat('a')", 'a'),
      gives("concat(X'01', X'02')", '[01 02]'),
    ],
  }),
  concat_ws: scalar({
    takes: ['string', 'strings'],
    optional: 1,
    variadic: true,
    returns: stringType,
    nullable: (shape) => shape.args[0]?.nullable ?? true,
    sql: ({ args: [separator = sql`NULL`, ...parts], types }) => {
      const lists = parts.map((part, i) =>
        types[i + 1]?.kind === 'array' ? sql`coalesce(${part}, [])` : sql`[${part}]`,
      );
      if (lists.length === 0) return sql`CASE WHEN ${separator} IS NOT NULL THEN '' END`;
      if (!types.slice(1).some((type) => type.kind === 'array'))
        return sql`concat_ws(${separator}, ${sqlJoin(parts, ', ')})`;
      return sql`CASE WHEN ${separator} IS NOT NULL THEN coalesce(array_to_string(list_concat(${sqlJoin(lists, ', ')}), ${separator}), '') END`;
    },
    examples: [
      gives("concat_ws('-', 'a', NULL, 'b')", 'a-b'),
      gives("concat_ws('-', array('a', NULL, 'b'), 'c')", 'a-b-c'),
      gives("concat_ws(NULL, 'a')", null),
      gives("concat_ws('-')", ''),
      gives("concat_ws('-', NULL)", ''),
      gives("concat_ws('', 1, 2.5)", '12.5'),
    ],
  }),
  repeat: simple({
    takes: ['string', 'integer'],
    returns: stringType,
    write: (s, n) => sql`repeat(${s}, greatest(${n}, 0))`,
    examples: [gives("repeat('ab', 3)", 'ababab'), gives("repeat('a', -1)", '')],
  }),
  space: simple({
    takes: ['integer'],
    returns: stringType,
    write: (n) => sql`repeat(' ', greatest(${n}, 0))`,
    examples: [gives("concat(space(2), '|')", '  |')],
  }),
  reverse: scalar({
    takes: ['any'],
    returns: sameAs(0),
    sql: (call) =>
      argumentType(call, 0).kind === 'array'
        ? callOf('list_reverse', argument(call, 0))
        : beyondAscii(
            argument(call, 0),
            callOf('reverse', argument(call, 0)),
            callOf('java_reverse', argument(call, 0)),
          ),
    examples: [gives("reverse('añ😀')", '😀ña'), gives('reverse(array(2, 1, NULL))', '[NULL, 1, 2]')],
  }),
  replace: simple({
    takes: ['string', 'string', 'string'],
    optional: 1,
    returns: stringType,
    text: printsDefaults(3, ''),
    write: (s, from, to = sql`''`) => sql`CASE WHEN ${from} = '' THEN ${s} ELSE replace(${s}, ${from}, ${to}) END`,
    examples: [
      gives("replace('abcb', 'b', 'x')", 'axcx'),
      gives("replace('abc', 'b')", 'ac'),
      gives("replace('abc', '', 'x')", 'abc'),
    ],
  }),
  translate: simple({
    takes: ['string', 'string', 'string'],
    returns: stringType,
    write: (s, from, to) => callOf('translate', s, from, to),
    examples: [gives("translate('abcba', 'ab', '1')", '1c1'), gives("translate('año', 'ñ', 'n')", 'ano')],
  }),
  char: simple({
    takes: ['long'],
    returns: stringType,
    aliases: ['chr'],
    write: (n) => sql`CASE WHEN ${n} < 0 THEN '' ELSE chr((${n} & 255)::INTEGER) END`,
    examples: [gives('chr(65)', 'A'), gives('char(-1)', ''), gives('char(256 + 66)', 'B')],
  }),
  elt: scalar({
    takes: ['integer', 'string'],
    variadic: true,
    returns: stringType,
    nullable: 'always',
    sql: ({ args: [index = sql`NULL`, ...values], context }) => {
      const size = sqlInteger(values.length);
      const error = raiseErrorWith(
        'INVALID_ARRAY_INDEX',
        (at) => ({ indexValue: at(0), arraySize: `${values.length}` }),
        [sql`(${index})::VARCHAR`],
      );
      return sql`CASE WHEN ${index} BETWEEN 1 AND ${size} THEN list_extract([${sqlJoin(values, ', ')}], ${index}) ${context.ansi ? sql`WHEN ${index} IS NOT NULL THEN ${error}` : sql``} END`;
    },
    examples: [gives("elt(2, 'a', 'b')", 'b'), gives("elt(3, 'a', 'b')", null), gives("elt(0, 'a')", null)],
  }),
};
