import { decimalType, doubleType, longType, type DataType, type DecimalType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlString, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import { decimalArithmetic } from './decimal-arithmetic.ts';
import { decimalFor, decimalResult, type DecimalOperator } from './decimal-types.ts';
import type { CallShape, CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, gives, printsInfix, sameAs, scalar } from './function-forms.ts';
import { castTo, integerOrError, overflowError, widerInteger, wrapInteger } from './integer-arithmetic.ts';
import { intervalResult, intervalSql, intervalText, isTimeArithmetic } from './interval-arithmetic.ts';
import { raiseError, raiseErrorWith } from './raise-error.ts';

type Operator = '+' | '-' | '*';
const symbol: Record<Operator, Sql> = { '+': sql`+`, '-': sql`-`, '*': sql`*` };

/** Both arguments as decimals, where one of them is. */
function decimalPair(types: readonly DataType[]): readonly [DecimalType, DecimalType] | undefined {
  const [a, b] = [types[0] && decimalFor(types[0]), types[1] && decimalFor(types[1])];
  return a && b && types.some((type) => type.kind === 'decimal') ? [a, b] : undefined;
}

const arithmeticType =
  (operator: DecimalOperator) =>
  (shape: CallShape): DataType => {
    if (isTimeArithmetic(shape.types)) return intervalResult(operator, shape.types);
    const decimals = decimalPair(shape.types);
    return decimals ? decimalResult(operator, ...decimals) : argumentType(shape, 0);
  };

const tryNames: Record<Operator, string> = { '+': 'try_add', '-': 'try_subtract', '*': 'try_multiply' };

type OnOverflow = 'session' | 'null';

function arithmeticSql(operator: Operator, onOverflow: OnOverflow): (call: CompiledCall) => Sql {
  return (call) => {
    const [a, b] = [argument(call, 0), argument(call, 1)];
    if (isTimeArithmetic(call.types)) return intervalSql(operator, call);
    const decimals = decimalPair(call.types);
    if (decimals) {
      const value = sql`TRY(${decimalArithmetic(operator, [a, b], decimals, decimalResult(operator, ...decimals))})`;
      return call.context.ansi && onOverflow === 'session' ? decimalOrError(value, [a, b], call, operator) : value;
    }
    // DuckDB raises on overflow, Spark wraps unless ANSI is on.
    const type = call.type;
    if (type.kind === 'double' || type.kind === 'float') return sql`(${a} ${symbol[operator]} ${b})`;
    const wide = sql`(${widerInteger(a, type)} ${symbol[operator]} ${widerInteger(b, type)})`;
    if (onOverflow === 'null') return sql`TRY_CAST(${wide} AS ${storageType(call.type)})`;
    return call.context.ansi
      ? integerOrError(wide, type, overflowError(type, tryNames[operator]))
      : wrapInteger(wide, type);
  };
}

function decimalOrError(value: Sql, [a, b]: readonly [Sql, Sql], call: CompiledCall, operator: Operator): Sql {
  const { precision, scale } = call.type.kind === 'decimal' ? call.type : decimalType(38, 0);
  const exact = sql`spark_decimal(${sqlString(operator)}, (${a})::VARCHAR, (${b})::VARCHAR, ${sqlInteger(scale)})`;
  const error = raiseErrorWith(
    'NUMERIC_VALUE_OUT_OF_RANGE',
    (at) => ({ value: at(0), precision: `${precision}`, scale: `${scale}` }),
    [exact],
  );
  return sql`coalesce(${value}, CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ${error} END)`;
}

const divisionByZero = (call: CompiledCall, a: Sql, b: Sql, body: Sql): Sql =>
  // DuckDB gives Infinity for x/0.
  call.context.ansi
    ? sql`CASE WHEN ${b} = 0 AND ${a} IS NOT NULL THEN ${raiseError('DIVIDE_BY_ZERO', {})} ELSE ${body} END`
    : body;

type Division = {
  readonly operator: '/' | '%' | 'pmod' | 'div';
  readonly body: (a: Sql, b: Sql, call: CompiledCall) => Sql;
};

/** Division and its kin: NULL when the divisor is 0, or Spark's error with ANSI on. */
const division = ({ operator, body }: Division, onZero: OnOverflow = 'session') => {
  return (call: CompiledCall): Sql => {
    const [a, b] = [argument(call, 0), argument(call, 1)];
    if (isTimeArithmetic(call.types)) return intervalSql(operator, call);
    const decimals = decimalPair(call.types);
    const value = decimals
      ? decimalArithmetic(operator, [a, b], decimals, decimalResult(operator, ...decimals))
      : body(a, sql`nullif(${b}, 0)`, call);
    const typed = decimals && operator === 'div' ? sql`TRY_CAST(${value} AS BIGINT)` : value;
    return onZero === 'null' ? typed : divisionByZero(call, a, b, typed);
  };
};

const divide: Division = { operator: '/', body: (a, b) => sql`(${a} / ${b})` };
const remainder: Division = {
  operator: '%',
  // Spark's `%` has the sign of the dividend, as DuckDB's; only the smallest long by -1 raises in DuckDB.
  body: (a, b, call) =>
    call.type.kind === 'double' || call.type.kind === 'float'
      ? sql`(${a} % ${b})`
      : sql`CASE WHEN ${b} = -1 AND ${a} IS NOT NULL THEN ${castTo(sql`0`, call.type)} ELSE ${a} % ${b} END`,
};
const positiveRemainder: Division = {
  operator: 'pmod',
  body: (a, b, call) =>
    call.type.kind === 'double' || call.type.kind === 'float'
      ? sql`CASE WHEN ${a} % ${b} < 0 THEN (${a} % ${b} + ${b}) % ${b} ELSE ${a} % ${b} END`
      : castTo(
          sql`CASE WHEN ${b} = -1 AND ${a} IS NOT NULL THEN 0 WHEN ${a} % ${b} < 0 THEN (${a} % ${b} + ${b}) % ${b} ELSE ${a} % ${b} END`,
          call.type,
        ),
};
const wholeDivision: Division = { operator: 'div', body: (a, b) => wrapInteger(sql`${a}::HUGEINT // ${b}`, longType) };

const arithmetic = (operator: Operator, row: Pick<ScalarFunction, 'examples'>): ScalarFunction =>
  scalar({
    takes: ['arithmetic', 'arithmetic'],
    returns: arithmeticType(operator),
    nullable: decimalOrNullable,
    text: (args, _spelling, types) =>
      isTimeArithmetic(types) ? intervalText(operator, args, types) : printsInfix(operator)(args),
    sql: arithmeticSql(operator, 'session'),
    ...row,
  });
const decimalOrNullable = (shape: CallShape): boolean =>
  (!shape.ansi && decimalPair(shape.types) !== undefined) || shape.args.some((arg) => arg.nullable);

const trying = (operator: Operator, row: Pick<ScalarFunction, 'examples'>): ScalarFunction =>
  scalar({
    takes: ['arithmetic', 'arithmetic'],
    returns: arithmeticType(operator),
    nullable: 'always',
    sql: arithmeticSql(operator, 'null'),
    ...row,
  });

/** `+ - * / % div` and their `try_` forms. */
export const operatorFunctions: FunctionTable = {
  '+': arithmetic('+', {
    examples: [
      gives('2147483647 + 1', '-2147483648'),
      gives('9223372036854775807L + 1L', '-9223372036854775808'),
      gives('1.1 + 2.25', '3.35'),
      gives('1 + NULL', null),
      gives('127Y + 1Y', '-128'),
      gives("1 + '2'", '3.0'),
      gives('cast(1 as decimal(38,10)) + cast(2.5 as decimal(38,2))', '3.500000'),
      gives('0.1D + 0.2D', '0.30000000000000004'),
    ],
  }),
  '-': arithmetic('-', {
    examples: [gives('-2147483648 - 1', '2147483647'), gives('3 - 5', '-2'), gives('1.50 - 2', '-0.50')],
  }),
  '*': arithmetic('*', {
    examples: [
      gives('2147483647 * 2', '-2'),
      gives('9223372036854775807L * 3L', '9223372036854775805'),
      gives('1.1 * 2.2', '2.42'),
      gives('cast(1.5 as decimal(38,10)) * cast(2.5 as decimal(38,10))', '3.750000'),
    ],
  }),
  try_add: trying('+', { examples: [gives('try_add(2147483647, 1)', null), gives('try_add(1, 2)', '3')] }),
  try_subtract: trying('-', { examples: [gives('try_subtract(-2147483648, 1)', null)] }),
  try_multiply: trying('*', {
    examples: [gives('try_multiply(2147483647, 2)', null), gives('try_multiply(3, 2)', '6')],
  }),
  '/': scalar({
    takes: ['division', 'division'],
    returns: (shape) =>
      isTimeArithmetic(shape.types)
        ? intervalResult('/', shape.types)
        : decimalPair(shape.types)
          ? arithmeticType('/')(shape)
          : doubleType,
    nullable: (shape) => !isTimeArithmetic(shape.types) || shape.args.some((arg) => arg.nullable),
    text: (args, _spelling, types) =>
      isTimeArithmetic(types) ? intervalText('/', args, types) : printsInfix('/')(args),
    sql: division(divide),
    examples: [
      gives('7 / 2', '3.5'),
      gives('1 / 0', null),
      gives('7.0 / 2', '3.500000'),
      gives('cast(1 as decimal(10,2)) / cast(3 as decimal(10,2))', '0.3333333333333'),
      gives('-1D / 0D', null),
      gives('1.0 / 0', null),
      gives('cast(2 as decimal(38,10)) / cast(3 as decimal(38,10))', '0.666667'),
    ],
  }),
  try_divide: scalar({
    takes: ['division', 'division'],
    returns: (shape) => (decimalPair(shape.types) ? arithmeticType('/')(shape) : doubleType),
    nullable: 'always',
    sql: division(divide, 'null'),
    examples: [gives('try_divide(3, 2)', '1.5'), gives('try_divide(1, 0)', null)],
  }),
  '%': scalar({
    takes: ['arithmetic', 'arithmetic'],
    returns: arithmeticType('%'),
    nullable: 'always',
    aliases: ['mod'],
    text: (args, spelling) => (spelling === 'mod' ? `mod(${args.join(', ')})` : printsInfix('%')(args)),
    sql: division(remainder),
    examples: [
      gives('-7 % 3', '-1'),
      gives('7 % -3', '1'),
      gives('1 % 0', null),
      gives('mod(7, 4)', '3'),
      gives('-7.5 % 2', '-1.5'),
      gives('7.5D % 2', '1.5'),
      gives('(-9223372036854775807L - 1L) % -1L', '0'),
    ],
  }),
  pmod: scalar({
    takes: ['arithmetic', 'arithmetic'],
    returns: arithmeticType('pmod'),
    nullable: 'always',
    sql: division(positiveRemainder),
    examples: [
      gives('pmod(-7, 3)', '2'),
      gives('pmod(7, 3)', '1'),
      gives('pmod(-7.5D, 2D)', '0.5'),
      gives('pmod(-7.5, 2.0)', '0.5'),
      gives('pmod(7, 0)', null),
      gives('pmod(-7, -3)', '-1'),
    ],
  }),
  div: scalar({
    takes: ['integral_division', 'integral_division'],
    returns: longType,
    nullable: 'always',
    text: printsInfix('div'),
    sql: division(wholeDivision),
    examples: [gives('7 div 2', '3'), gives('-7 div 2', '-3'), gives('7 div 0', null), gives('7.5 div 2', '3')],
  }),
  negative: scalar({
    takes: ['arithmetic'],
    returns: sameAs(0),
    text: (args, spelling) => (spelling === 'negative' ? `negative(${args.join('')})` : `(- ${args.join('')})`),
    aliases: ['-@'],
    sql: (call) => negated(call),
    examples: [
      gives('negative(5)', '-5'),
      gives('negative(-2147483648)', '-2147483648'),
      gives('negative(1.5)', '-1.5'),
    ],
  }),
  positive: scalar({
    takes: ['arithmetic'],
    returns: sameAs(0),
    text: (args) => `(+ ${args.join('')})`,
    sql: (call) => argument(call, 0),
    examples: [gives('positive(5)', '5')],
  }),
};

function negated(call: CompiledCall): Sql {
  const value = argument(call, 0);
  const type = argumentType(call, 0);
  switch (type.kind) {
    case 'byte':
    case 'short':
    case 'integer':
    case 'long': {
      const wide = sql`(- ${widerInteger(value, type)})`;
      return call.context.ansi ? integerOrError(wide, type, overflowError(type, '')) : wrapInteger(wide, type);
    }
    default:
      return sql`(- ${value})`;
  }
}
