import { sql, sqlInteger, sqlJoin, sqlString, type Sql } from '../../../../engine/core/sql-text.ts';
import {
  charType,
  decimalType,
  familyOf,
  textLength,
  varcharType,
  wideInteger,
  type SqlType,
} from '../catalog/sql-type.ts';
import { foldText } from '../compile/compile-comparison.ts';
import { anyNullable, callSql, castSql, compiled, condition, decimalSql, type Compiled } from '../compile/compiled.ts';
import { asNumber, doubleSql, integerArgument, textSql, textType } from '../compile/convert.ts';
import { any, argument, constantInteger, define, type SqlFunction } from './sql-function.ts';

/** MariaDB says of nearly every text it computes that it may be NULL. */
const text = (value: Sql, length: number): Compiled => compiled(value, varcharType(length), true);
const widthOf = (value: Compiled): number => textLength(textType(value));

const sameWidth = (name: string): SqlFunction =>
  define(1, 1, (args) => text(callSql(name, textSql(argument(args, 0))), widthOf(argument(args, 0))));

const count = (value: Sql, args: readonly Compiled[], length: number): Compiled =>
  compiled(castSql(value, sql`BIGINT`), wideInteger('int', length), anyNullable(args));

const left = define(2, 2, (args) => {
  const [value, size] = [argument(args, 0), argument(args, 1)];
  const length = Math.max(0, constantInteger(size) ?? widthOf(value));
  return text(sql`left(${textSql(value)}, greatest(${integerArgument(size)}, 0))`, Math.min(length, widthOf(value)));
});
const right = define(2, 2, (args) => {
  const [value, size] = [argument(args, 0), argument(args, 1)];
  const length = Math.max(0, constantInteger(size) ?? widthOf(value));
  return text(sql`right(${textSql(value)}, greatest(${integerArgument(size)}, 0))`, Math.min(length, widthOf(value)));
});

/** Positions count from 1, or from the end when negative; position 0 and what lies outside give the empty text. */
const substring = define(2, 3, (args) => {
  const [value, from, size] = [argument(args, 0), integerArgument(argument(args, 1)), args[2]];
  const whole = textSql(value);
  const start = sql`(CASE WHEN ${from} < 0 THEN length(${whole}) + ${from} + 1 ELSE ${from} END)`;
  const length = size === undefined ? sql`length(${whole})` : sql`greatest(${integerArgument(size)}, 0)`;
  const result = sql`(CASE WHEN ${start} < 1 THEN CASE WHEN ${whole} IS NULL THEN NULL ELSE '' END ELSE substring(${whole}, ${start}, ${length}) END)`;
  return text(result, constantInteger(size) ?? widthOf(value));
});

const concat = define(1, any, (args) => {
  // DuckDB's concat skips NULL; `||` answers NULL, as CONCAT does.
  const joined = sqlJoin(args.map(textSql), ' || ');
  return text(
    sql`(${joined})`,
    args.reduce((sum, arg) => sum + widthOf(arg), 0),
  );
});

const concatWs = define(2, any, (args) => {
  const [separator, ...values] = args;
  const between = separator === undefined ? sql`''` : textSql(separator);
  const length =
    values.reduce((sum, arg) => sum + widthOf(arg), 0) + (values.length - 1) * (separator ? widthOf(separator) : 0);
  const joined = sql`concat_ws(${between}, ${sqlJoin(values.map(textSql), ', ')})`;
  return text(joined, length);
});

const trim = (name: 'trim' | 'ltrim' | 'rtrim'): SqlFunction =>
  define(1, 2, (args) => {
    const value = textSql(argument(args, 0));
    const what = args[1];
    if (what === undefined) return text(sql`${callSql(name, value, sql`' '`)}`, widthOf(argument(args, 0)));
    // TRIM takes off whole repetitions of the text, not any of its characters.
    const pattern = sql`'(' || regexp_escape(${textSql(what)}) || ')+'`;
    const cut = (of: Sql, at: Sql): Sql => sql`regexp_replace(${of}, ${at}, '')`;
    const start = name === 'rtrim' ? value : cut(value, sql`'^' || ${pattern}`);
    return text(name === 'ltrim' ? start : cut(start, sql`${pattern} || '$'`), widthOf(argument(args, 0)));
  });

const pad = (name: 'lpad' | 'rpad'): SqlFunction =>
  define(2, 3, (args) => {
    const filling = args[2] === undefined ? sql`' '` : textSql(args[2]);
    const size = argument(args, 1);
    const padded = callSql(name, textSql(argument(args, 0)), castSql(integerArgument(size), sql`INTEGER`), filling);
    return text(padded, constantInteger(size) ?? widthOf(argument(args, 0)));
  });

const position = (of: Compiled, inside: Compiled, args: readonly Compiled[]): Compiled => {
  const folded = (value: Compiled): Sql =>
    value.constant?.kind === 'string'
      ? sqlString(foldText(value.constant.text))
      : sql`upper(strip_accents(${textSql(value)}))`;
  return count(callSql('instr', folded(inside), folded(of)), args, 11);
};

const locate = define(2, 3, (args) => {
  const from = args[2];
  const found = position(argument(args, 0), argument(args, 1), args);
  if (from === undefined) return found;
  const start = integerArgument(from);
  const rest = compiled(sql`substring(${textSql(argument(args, 1))}, ${start})`, textType(argument(args, 1)), true);
  const inRest = position(argument(args, 0), rest, args).sql;
  return count(sql`(CASE WHEN ${inRest} = 0 THEN 0 ELSE ${inRest} + ${start} - 1 END)`, args, 11);
});

/** `1,234.50`: thousands with commas, as in the locale en_US. */
const format = define(2, 3, (args) => {
  const number = asNumber(argument(args, 0));
  const digits = Math.max(0, Math.min(30, constantInteger(args[1]) ?? 0));
  const rounded = castSql(callSql('round', number.sql, sqlInteger(digits)), decimalSql(decimalType(38, digits)));
  return text(
    sql`format('{:,}', CAST(trunc(${rounded}) AS BIGINT)) || ${fractionSql(rounded, digits)}`,
    widthOf(argument(args, 0)) + 2,
  );
});

const fractionSql = (rounded: Sql, digits: number): Sql =>
  digits === 0 ? sql`''` : sql`right(CAST(${rounded} AS VARCHAR), ${sqlInteger(digits + 1)})`;

const digest = (name: 'md5' | 'sha1' | 'sha256', length: number): SqlFunction =>
  define(1, name === 'sha256' ? 2 : 1, (args) => text(callSql(name, textSql(argument(args, 0))), length));

const field = define(2, any, (args) => {
  const [wanted, ...values] = args;
  const list = sqlJoin(
    values.map((value) => sql`ci(${textSql(value)})`),
    ', ',
  );
  const found = sql`coalesce(list_position([${list}], ci(${textSql(wanted ?? argument(args, 0))})), 0)`;
  return compiled(castSql(found, sql`BIGINT`), wideInteger('int', 3), false);
});

const elt = define(2, any, (args) => {
  const [index, ...values] = args;
  const list = sqlJoin(values.map(textSql), ', ');
  return text(
    sql`list_extract([${list}], ${integerArgument(index ?? argument(args, 0))})`,
    Math.max(...values.map(widthOf)),
  );
});

const repeat = define(2, 2, (args) => {
  const times = constantInteger(args[1]) ?? 1;
  return text(
    sql`repeat(${textSql(argument(args, 0))}, greatest(${integerArgument(argument(args, 1))}, 0))`,
    widthOf(argument(args, 0)) * Math.max(times, 1),
  );
});

const substringIndex = define(3, 3, (args) => {
  const [value, separator, times] = [
    textSql(argument(args, 0)),
    textSql(argument(args, 1)),
    integerArgument(argument(args, 2)),
  ];
  const parts = sql`string_split(${value}, ${separator})`;
  const kept = sql`(CASE WHEN ${times} >= 0 THEN ${parts}[1:${times}] ELSE ${parts}[greatest(len(${parts}) + ${times} + 1, 1):] END)`;
  return text(sql`array_to_string(${kept}, ${separator})`, widthOf(argument(args, 0)));
});

const inner = (name: string, length: number): SqlFunction =>
  define(1, 1, (args) => count(callSql(name, textSql(argument(args, 0))), args, length));

const byteLength = define(1, 1, (args) => {
  const value = argument(args, 0);
  const size =
    familyOf(value.type) === 'binary' ? callSql('octet_length', value.sql) : callSql('strlen', textSql(value));
  return count(size, args, 10);
});

const uuidType: SqlType = charType(36);

export const textFunctions: Readonly<Record<string, SqlFunction>> = {
  UPPER: sameWidth('upper'),
  UCASE: sameWidth('upper'),
  LOWER: sameWidth('lower'),
  LCASE: sameWidth('lower'),
  REVERSE: sameWidth('reverse'),
  LEFT: left,
  RIGHT: right,
  SUBSTRING: substring,
  CONCAT: concat,
  CONCAT_WS: concatWs,
  TRIM: trim('trim'),
  LTRIM: trim('ltrim'),
  RTRIM: trim('rtrim'),
  LPAD: pad('lpad'),
  RPAD: pad('rpad'),
  LOCATE: locate,
  POSITION: locate,
  INSTR: define(2, 2, (args) => position(argument(args, 1), argument(args, 0), args)),
  REPLACE: define(3, 3, (args) =>
    text(
      callSql('replace', ...args.map(textSql)),
      widthOf(argument(args, 0)) * Math.max(1, widthOf(argument(args, 2))),
    ),
  ),
  REPEAT: repeat,
  SPACE: define(1, 1, (args) =>
    text(sql`repeat(' ', ${integerArgument(argument(args, 0))})`, constantInteger(args[0]) ?? 255),
  ),
  LENGTH: byteLength,
  OCTET_LENGTH: byteLength,
  CHAR_LENGTH: inner('length', 10),
  CHARACTER_LENGTH: inner('length', 10),
  ASCII: inner('ascii', 3),
  STRCMP: define(2, 2, (args) => {
    const [one, two] = [sql`ci(${textSql(argument(args, 0))})`, sql`ci(${textSql(argument(args, 1))})`];
    return count(sql`(CASE WHEN ${one} = ${two} THEN 0 WHEN ${one} < ${two} THEN -1 ELSE 1 END)`, args, 2);
  }),
  FORMAT: format,
  FIELD: field,
  ELT: elt,
  SUBSTRING_INDEX: substringIndex,
  HEX: define(1, 1, (args) => {
    const value = argument(args, 0);
    const isNumber = ['integer', 'decimal', 'double', 'bit'].includes(familyOf(value.type));
    return text(callSql('hex', isNumber ? integerArgument(value) : textSql(value)), isNumber ? 16 : widthOf(value) * 8);
  }),
  MD5: digest('md5', 32),
  SHA: digest('sha1', 40),
  SHA1: digest('sha1', 40),
  SHA2: digest('sha256', 64),
  UUID: define(0, 0, () => compiled(sql`CAST(uuid() AS VARCHAR)`, uuidType, true)),
  REGEXP_REPLACE: define(3, 3, (args) => text(callSql('regexp_replace', ...args.map(textSql), sql`'gi'`), 16_383)),
  REGEXP_SUBSTR: define(2, 2, (args) =>
    text(callSql('regexp_extract', ...args.map(textSql)), widthOf(argument(args, 0))),
  ),
  FIND_IN_SET: define(2, 2, (args) => {
    const list = sql`string_split(ci(${textSql(argument(args, 1))}), ',')`;
    return count(sql`coalesce(list_position(${list}, ci(${textSql(argument(args, 0))})), 0)`, args, 3);
  }),
  JSON_VALID: define(1, 1, (args) => condition(callSql('json_valid', textSql(argument(args, 0))), true)),
  JSON_EXTRACT: define(2, 2, (args) =>
    text(castSql(callSql('json_extract', ...args.map(textSql)), sql`VARCHAR`), 16_383),
  ),
  JSON_VALUE: define(2, 2, (args) => text(callSql('json_extract_string', ...args.map(textSql)), 16_383)),
  JSON_UNQUOTE: define(1, 1, (args) =>
    text(sql`json_extract_string(${textSql(argument(args, 0))}, '$')`, widthOf(argument(args, 0))),
  ),
  CHAR: define(1, 1, (args) => text(callSql('chr', castSql(doubleSql(argument(args, 0)), sql`INTEGER`)), 4)),
};
