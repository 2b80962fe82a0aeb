import { integerType, type DataType } from '../core/data-type.ts';
import { sql, type Sql } from '../core/sql-text.ts';
import type { CallShape, FunctionTable } from './define-function.ts';
import { argument, argumentType, gives, printsInfix, sameAs, scalar, simple } from './function-forms.ts';
import { castTo, wrapInteger } from './integer-arithmetic.ts';

const shiftMask = (type: DataType): Sql => (type.kind === 'long' ? sql`63` : sql`31`);
const shiftType = (shape: CallShape): DataType => argumentType(shape, 0);

/** Bit operators and shifts. Java takes a shift modulo the width of its type; DuckDB raises. */
export const bitwiseFunctions: FunctionTable = {
  '&': simple({
    takes: ['arithmetic', 'arithmetic'],
    returns: sameAs(0),
    text: printsInfix('&'),
    write: (a, b) => sql`(${a} & ${b})`,
    examples: [gives('5 & 3', '1'), gives('-1 & 255', '255')],
  }),
  '|': simple({
    takes: ['arithmetic', 'arithmetic'],
    returns: sameAs(0),
    text: printsInfix('|'),
    write: (a, b) => sql`(${a} | ${b})`,
    examples: [gives('5 | 3', '7')],
  }),
  '^': simple({
    takes: ['arithmetic', 'arithmetic'],
    returns: sameAs(0),
    text: printsInfix('^'),
    write: (a, b) => sql`xor(${a}, ${b})`,
    examples: [gives('5 ^ 3', '6')],
  }),
  '~': simple({
    takes: ['integral'],
    returns: sameAs(0),
    text: (args) => `~${args.join('')}`,
    write: (a) => sql`(~ ${a})`,
    examples: [gives('~5', '-6')],
  }),
  shiftleft: scalar({
    takes: ['integral', 'integer'],
    returns: shiftType,
    sql: (call) => {
      const [value, by] = [argument(call, 0), sql`(${argument(call, 1)} & ${shiftMask(argumentType(call, 0))})`];
      // DuckDB refuses to shift a negative number left.
      return wrapInteger(sql`${castTo(value, call.type)}::HUGEINT * pow(2, ${by})::HUGEINT`, call.type);
    },
    examples: [
      gives('shiftleft(1, 4)', '16'),
      gives('shiftleft(1, 33)', '2'),
      gives('shiftleft(-3, 1)', '-6'),
      gives('shiftleft(1, 31)', '-2147483648'),
    ],
  }),
  shiftright: scalar({
    takes: ['integral', 'integer'],
    returns: shiftType,
    sql: (call) =>
      castTo(
        sql`${argument(call, 0)}::BIGINT >> (${argument(call, 1)} & ${shiftMask(argumentType(call, 0))})`,
        call.type,
      ),
    examples: [gives('shiftright(16, 2)', '4'), gives('shiftright(-8, 1)', '-4')],
  }),
  shiftrightunsigned: scalar({
    takes: ['integral', 'integer'],
    returns: shiftType,
    sql: (call) => {
      const mask = argumentType(call, 0).kind === 'long' ? sql`18446744073709551615::HUGEINT` : sql`4294967295`;
      const by = sql`(${argument(call, 1)} & ${shiftMask(argumentType(call, 0))})`;
      return wrapInteger(sql`(${argument(call, 0)}::HUGEINT & ${mask}) // pow(2, ${by})::HUGEINT`, call.type);
    },
    examples: [gives('shiftrightunsigned(-8, 28)', '15'), gives('shiftrightunsigned(16, 2)', '4')],
  }),
  bit_count: scalar({
    takes: ['any'],
    returns: integerType,
    sql: (call) => sql`bit_count(${argument(call, 0)}::BIGINT)::INTEGER`,
    examples: [gives('bit_count(7)', '3'), gives('bit_count(-1L)', '64'), gives('bit_count(true)', '1')],
  }),
  getbit: simple({
    takes: ['integral', 'integer'],
    returns: { kind: 'byte' },
    aliases: ['bit_get'],
    write: (value, at) => sql`((${value}::BIGINT >> ${at}) & 1)::TINYINT`,
    examples: [gives('getbit(11, 0)', '1'), gives('bit_get(11, 2)', '0')],
  }),
};
