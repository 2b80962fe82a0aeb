import {
  dateType,
  isStringLike,
  longType,
  stringType,
  timestampNtzType,
  timestampType,
  type DataType,
} from '../core/data-type.ts';
import { sql, sqlInteger, type Sql } from '../core/sql-text.ts';
import { mayGiveNull } from './cast-rules.ts';
import { castSql } from './cast.ts';
import { floorDivide } from './cast-to-number.ts';
import { literalPattern, formatTimestampSql, parseTimestampSql, type PatternArgument } from './datetime-pattern-sql.ts';
import type { CallShape, CompileContext, CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, gives, printsDefaults, scalar } from './function-forms.ts';

const defaultPattern = 'yyyy-MM-dd HH:mm:ss';

const patternArgument = (call: CompiledCall, index: number): PatternArgument => ({
  sql: argument(call, index),
  literal: call.literals[index],
});

/** A literal at the context's time: constant within a batch. */
export const nowSql = (context: CompileContext): Sql => sql`make_timestamp(${sqlInteger(context.nowUs)})`;

const nullableCast =
  (to: DataType) =>
  (shape: CallShape): boolean =>
    shape.args.length > 1 ||
    shape.args.some((arg) => arg.nullable) ||
    mayGiveNull(argumentType(shape, 0), to, shape.ansi ? 'ansi' : 'legacy');

type ToMoment = { readonly type: DataType; readonly tolerant?: boolean; readonly local?: boolean };

/** `to_timestamp(x)` is a cast; with a pattern a text is parsed by it, and a date or timestamp ignores it. */
function toMoment({ type, tolerant = false, local = false }: ToMoment): (call: CompiledCall) => Sql {
  return (call) => {
    const { context } = call;
    const [value, from] = [argument(call, 0), argumentType(call, 0)];
    const mode = tolerant ? 'try' : context.ansi ? 'ansi' : 'legacy';
    if (call.args.length === 1 || !isStringLike(from)) return castSql(value, from, type, mode, context);
    const parsed = parseTimestampSql(value, patternArgument(call, 1), { context, local, tolerant });
    return type.kind === 'date' ? castSql(parsed, timestampType, dateType, 'legacy', context) : parsed;
  };
}

const momentRow = (to: ToMoment, row: Pick<ScalarFunction, 'examples'>): ScalarFunction =>
  scalar({
    takes: ['any', 'string'],
    optional: 1,
    returns: to.type,
    nullable: to.tolerant ? 'always' : nullableCast(to.type),
    sql: toMoment(to),
    ...row,
  });

function secondsOf(call: CompiledCall): Sql {
  const { context } = call;
  if (call.args.length === 0) return floorDivide(sqlInteger(context.nowUs), 1_000_000);
  const [value, from] = [argument(call, 0), argumentType(call, 0)];
  const pattern = call.args.length > 1 ? patternArgument(call, 1) : literalPattern(defaultPattern);
  const moment = isStringLike(from)
    ? parseTimestampSql(value, pattern, { context })
    : castSql(value, from, timestampType, 'legacy', context);
  return castSql(moment, timestampType, longType, 'legacy', context);
}

const unixTimestamp = (row: Pick<ScalarFunction, 'examples' | 'text' | 'optional'>): ScalarFunction =>
  scalar({
    takes: ['any', 'string'],
    returns: longType,
    nullable: (shape) => shape.args.length > 0,
    sql: secondsOf,
    ...row,
  });

/** Text to moments, and seconds since 1970 to and from text. */
export const timeParseFunctions: FunctionTable = {
  to_timestamp: momentRow(
    { type: timestampType },
    {
      examples: [
        gives("to_timestamp('2016-12-31 00:12:00')", '2016-12-31 00:12:00'),
        gives("to_timestamp('2016-12-31', 'yyyy-MM-dd')", '2016-12-31 00:00:00'),
        gives("to_timestamp('2024-3-1 1:2:3')", '2024-03-01 01:02:03'),
        gives("to_timestamp('2024-03-01T')", null),
        gives("to_timestamp('2023-03-29 09:45:28', 'yyyy-MM-dd HH:mm:ss')", '2023-03-29 09:45:28'),
        gives("to_timestamp('2023-03-29 09:45:28.71', 'yyyy-MM-dd HH:mm:ss[.SSSSSS]')", '2023-03-29 09:45:28.71'),
        gives("to_timestamp('2023-03-29 09:45:28', 'yyyy-MM-dd HH:mm:ss.SSSSSS')", null),
        gives("to_timestamp('2023-03-29 10:05 pm', 'yyyy-MM-dd hh:mm a')", '2023-03-29 22:05:00'),
        gives("to_timestamp('2023-02-30', 'yyyy-MM-dd')", null),
        gives("to_timestamp('1/2/23', 'd/M/yy')", '2023-02-01 00:00:00'),
        gives("to_timestamp('29-mar-2023', 'dd-MMM-yyyy')", '2023-03-29 00:00:00'),
        gives("to_timestamp('20230329100500', 'yyyyMMddHHmmss')", '2023-03-29 10:05:00'),
        gives("to_timestamp('2023-03-29', 'yyyy-mm-dd')", '2023-01-29 00:03:00'),
        gives("to_timestamp('2024-01-01 10:00:00', NULL)", null),
        gives("to_timestamp(DATE '2024-01-01')", '2024-01-01 00:00:00'),
        gives("to_timestamp(TIMESTAMP '2024-01-01 10:00:00', 'yyyy')", '2024-01-01 10:00:00'),
      ],
    },
  ),
  to_timestamp_ltz: momentRow(
    { type: timestampType },
    {
      examples: [
        gives("to_timestamp_ltz('2016-12-31 00:12:00')", '2016-12-31 00:12:00'),
        gives("to_timestamp_ltz(DATE '2016-12-31')", '2016-12-31 00:00:00'),
      ],
    },
  ),
  to_timestamp_ntz: momentRow(
    { type: timestampNtzType, local: true },
    {
      examples: [
        gives("to_timestamp_ntz('2016-12-31 00:12:00')", '2016-12-31 00:12:00'),
        gives("to_timestamp_ntz('2016-12-31', 'yyyy-MM-dd')", '2016-12-31 00:00:00'),
      ],
    },
  ),
  try_to_timestamp: momentRow(
    { type: timestampType, tolerant: true },
    {
      examples: [
        gives("try_to_timestamp('2016-12-31 00:12:00')", '2016-12-31 00:12:00'),
        gives("try_to_timestamp('foo', 'yyyy-MM-dd')", null),
        gives("try_to_timestamp('2016-12-31', 'yyyy-MM-dd')", '2016-12-31 00:00:00'),
      ],
    },
  ),
  to_date: momentRow(
    { type: dateType },
    {
      examples: [
        gives("to_date('2009-07-30 04:17:52')", '2009-07-30'),
        gives("to_date('2016-12-31', 'yyyy-MM-dd')", '2016-12-31'),
        gives("to_date('31/12/2016', 'dd/MM/yyyy')", '2016-12-31'),
        gives("to_date(TIMESTAMP '2024-01-01 23:30:00')", '2024-01-01'),
        gives("to_date('bad')", null),
        gives("to_date(DATE '2024-01-01', 'yyyy')", '2024-01-01'),
      ],
    },
  ),
  unix_timestamp: unixTimestamp({
    optional: 2,
    text: (args, spelling) => printsDefaults(2, 'current_timestamp()', defaultPattern)(args, spelling),
    examples: [
      gives("unix_timestamp('2016-04-08 10:00:00') - unix_timestamp('2016-04-08', 'yyyy-MM-dd')", '36000'),
      gives("unix_timestamp(TIMESTAMP '2016-04-08 10:00:00.9') - unix_timestamp(DATE '2016-04-08')", '36000'),
      gives("unix_timestamp('2016-04-08')", null),
      gives("unix_timestamp('bad')", null),
    ],
  }),
  to_unix_timestamp: unixTimestamp({
    optional: 1,
    text: printsDefaults(2, defaultPattern),
    examples: [gives("to_unix_timestamp('2016-04-08', 'yyyy-MM-dd') - unix_timestamp(DATE '2016-04-08')", '0')],
  }),
  from_unixtime: scalar({
    takes: ['long', 'string'],
    optional: 1,
    returns: stringType,
    nullable: 'always',
    text: printsDefaults(2, defaultPattern),
    sql: (call) => {
      const pattern = call.args.length > 1 ? patternArgument(call, 1) : literalPattern(defaultPattern);
      return formatTimestampSql(
        castSql(argument(call, 0), longType, timestampType, 'legacy', call.context),
        pattern,
        call.context,
      );
    },
    examples: [
      gives("from_unixtime(1720000000, 'dd/MM/yyyy')", '03/07/2024'),
      gives("from_unixtime(unix_timestamp('2024-01-01 10:00:00'))", '2024-01-01 10:00:00'),
      gives('from_unixtime(NULL)', null),
    ],
  }),
};
