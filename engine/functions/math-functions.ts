import { binaryType, doubleType, longType, stringType, type DataType } from '../core/data-type.ts';
import { sql, sqlWord, type Sql } from '../core/sql-text.ts';
import type { Example, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, callOf, gives, scalar, simple } from './function-forms.ts';

const notANumber = sql`'NaN'::DOUBLE`;

/** A function of one double. `outside`: where DuckDB raises, and the value that Spark gives there. */
const ofDouble = (
  name: string,
  examples: readonly Example[],
  outside?: { readonly when: (x: Sql) => Sql; readonly value: Sql },
  row: Partial<Pick<ScalarFunction, 'aliases' | 'text'>> = {},
): ScalarFunction =>
  simple({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    text: (args, spelling) => `${upperNames.has(spelling) ? spelling.toUpperCase() : spelling}(${args.join(', ')})`,
    write: (x) =>
      outside
        ? sql`CASE WHEN ${outside.when(x)} THEN ${outside.value} ELSE ${sqlWord(name)}(${x}) END`
        : callOf(name, x),
    examples,
    ...row,
  });
const nullValue = sql`NULL::DOUBLE`;
/** Functions whose printed name is in capitals. */
const upperNames: ReadonlySet<string> = new Set([
  'sqrt',
  'cbrt',
  'exp',
  'expm1',
  'log10',
  'log2',
  'log1p',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'cot',
  'csc',
  'sec',
  'degrees',
  'radians',
  'rint',
  'signum',
]);

const infinite = { when: (x: Sql) => sql`isinf(${x})`, value: notANumber };
const beyondOne = { when: (x: Sql) => sql`abs(${x}) > 1`, value: notANumber };
const notPositive = { when: (x: Sql) => sql`${x} <= 0`, value: nullValue };

/** Functions of numbers, mostly over doubles. */
export const mathFunctions: FunctionTable = {
  sqrt: ofDouble('sqrt', [gives('sqrt(16)', '4.0'), gives('sqrt(-1)', 'NaN')], {
    when: (x) => sql`${x} < 0`,
    value: notANumber,
  }),
  cbrt: ofDouble('java_cbrt', [gives('cbrt(27)', '3.0'), gives('cbrt(-8)', '-2.0')]),
  exp: ofDouble('java_exp', [
    gives('exp(0)', '1.0'),
    gives('exp(1)', '2.7182818284590455'),
    gives('exp(1000)', 'Infinity'),
  ]),
  expm1: ofDouble('java_expm1', [gives('expm1(0)', '0.0')]),
  ln: ofDouble('java_log', [gives('ln(1)', '0.0'), gives('ln(0)', null), gives('ln(-1)', null)], notPositive),
  log10: ofDouble('java_log10', [gives('log10(1000)', '3.0'), gives('log10(0)', null)], notPositive),
  log2: ofDouble('java_log2', [gives('log2(8)', '3.0')], notPositive),
  log1p: ofDouble('java_log1p', [gives('log1p(0)', '0.0'), gives('log1p(-1)', null)], {
    when: (x) => sql`${x} <= -1`,
    value: nullValue,
  }),
  log: simple({
    takes: ['double', 'double'],
    optional: 1,
    returns: doubleType,
    nullable: 'always',
    text: (args) => `LOG(${args.length === 1 ? 'E(), ' : ''}${args.join(', ')})`,
    write: (a, b) =>
      b === undefined
        ? sql`CASE WHEN ${a} > 0 THEN java_log(${a}) END`
        : sql`CASE WHEN ${a} > 0 AND ${b} > 0 THEN java_log(${b}) / java_log(${a}) END`,
    examples: [gives('log(2, 8)', '3.0'), gives('log(10, 0)', null), gives('log(1)', '0.0')],
  }),
  pow: simple({
    takes: ['double', 'double'],
    returns: doubleType,
    aliases: ['power'],
    text: (args, spelling) => `${spelling === 'pow' ? spelling : 'POWER'}(${args.join(', ')})`,
    write: (a, b) => callOf('java_pow', a, b),
    examples: [gives('pow(2, 10)', '1024.0'), gives('pow(-8, 0.5)', 'NaN'), gives('power(0, -1)', 'Infinity')],
  }),
  hypot: simple({
    takes: ['double', 'double'],
    returns: doubleType,
    text: (args) => `HYPOT(${args.join(', ')})`,
    write: (a, b) => callOf('java_hypot', a, b),
    examples: [gives('hypot(3, 4)', '5.0')],
  }),
  atan2: simple({
    takes: ['double', 'double'],
    returns: doubleType,
    text: (args) => `ATAN2(${args.join(', ')})`,
    write: (a, b) => callOf('java_atan2', a, b),
    examples: [gives('atan2(0, 1)', '0.0')],
  }),
  sin: ofDouble('sin', [gives('sin(0)', '0.0'), gives("sin(double('inf'))", 'NaN')], infinite),
  cos: ofDouble('cos', [gives('cos(0)', '1.0')], infinite),
  tan: ofDouble('tan', [gives('tan(0)', '0.0')], infinite),
  cot: simple({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    text: (args) => `COT(${args.join('')})`,
    write: (x) => sql`CASE WHEN isinf(${x}) THEN ${notANumber} ELSE 1 / tan(${x}) END`,
    examples: [gives('cot(1)', '0.6420926159343306'), gives('cot(0)', 'Infinity')],
  }),
  sec: simple({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    text: (args) => `SEC(${args.join('')})`,
    write: (x) => sql`CASE WHEN isinf(${x}) THEN ${notANumber} ELSE 1 / cos(${x}) END`,
    examples: [gives('sec(0)', '1.0')],
  }),
  csc: simple({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    text: (args) => `CSC(${args.join('')})`,
    write: (x) => sql`CASE WHEN isinf(${x}) THEN ${notANumber} ELSE 1 / sin(${x}) END`,
    examples: [gives('csc(0)', 'Infinity')],
  }),
  asin: ofDouble('java_asin', [gives('asin(0)', '0.0'), gives('asin(2)', 'NaN')], beyondOne),
  acos: ofDouble('java_acos', [gives('acos(1)', '0.0'), gives('acos(2)', 'NaN')], beyondOne),
  atan: ofDouble('java_atan', [gives('atan(0)', '0.0')]),
  sinh: ofDouble('java_sinh', [gives('sinh(0)', '0.0')]),
  cosh: ofDouble('java_cosh', [gives('cosh(0)', '1.0')]),
  tanh: ofDouble('java_tanh', [gives('tanh(0)', '0.0')]),
  asinh: ofDouble('java_asinh', [gives('asinh(0)', '0.0')]),
  acosh: ofDouble('java_acosh', [gives('acosh(1)', '0.0'), gives('acosh(0)', 'NaN')], {
    when: (x) => sql`${x} < 1`,
    value: notANumber,
  }),
  atanh: ofDouble(
    'java_atanh',
    [gives('atanh(0)', '0.0'), gives('atanh(2)', 'NaN'), gives('atanh(1)', 'Infinity')],
    beyondOne,
  ),
  degrees: simple({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    text: (args) => `DEGREES(${args.join('')})`,
    write: (x) => sql`(${x} * 57.29577951308232::DOUBLE)`,
    examples: [gives('degrees(3.141592653589793D)', '180.0')],
  }),
  radians: simple({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    text: (args) => `RADIANS(${args.join('')})`,
    write: (x) => sql`(${x} * 0.017453292519943295::DOUBLE)`,
    examples: [gives('radians(180)', '3.141592653589793')],
  }),
  rint: simple({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    write: (x) => sql`round_even(${x}, 0)`,
    examples: [gives('rint(2.5)', '2.0'), gives('rint(3.5)', '4.0'), gives('rint(-0.4)', '-0.0')],
  }),
  signum: simple({
    takes: ['double'],
    returns: doubleType,
    nullable: 'always',
    aliases: ['sign'],
    text: (args, spelling) => `${spelling === 'signum' ? 'SIGNUM' : spelling}(${args.join('')})`,
    write: (x) => sql`CASE WHEN isnan(${x}) OR ${x} = 0 THEN ${x} ELSE sign(${x})::DOUBLE END`,
    examples: [gives('signum(-4)', '-1.0'), gives('sign(2.5)', '1.0'), gives('signum(0)', '0.0')],
  }),
  factorial: simple({
    takes: ['integer'],
    returns: longType,
    nullable: 'always',
    write: (n) => sql`CASE WHEN ${n} BETWEEN 0 AND 20 THEN factorial(${n})::BIGINT END`,
    examples: [gives('factorial(5)', '120'), gives('factorial(21)', null), gives('factorial(-1)', null)],
  }),
  e: simple({
    takes: [],
    returns: doubleType,
    text: () => 'E()',
    write: () => sql`2.718281828459045::DOUBLE`,
    examples: [gives('e()', '2.718281828459045')],
  }),
  pi: simple({
    takes: [],
    returns: doubleType,
    text: () => 'PI()',
    write: () => sql`pi()`,
    examples: [gives('pi()', '3.141592653589793')],
  }),
  bin: simple({
    takes: ['long'],
    returns: stringType,
    write: (n) => callOf('bin', n),
    examples: [gives('bin(13)', '1101'), gives('bin(-1)', '1'.repeat(64)), gives('bin(0)', '0')],
  }),
  hex: scalar({
    takes: ['any'],
    returns: stringType,
    sql: (call) =>
      integral(argumentType(call, 0)) ? sql`hex((${argument(call, 0)})::BIGINT)` : callOf('hex', argument(call, 0)),
    examples: [
      gives('hex(255)', 'FF'),
      gives("hex('hola')", '686F6C61'),
      gives('hex(-1)', 'FFFFFFFFFFFFFFFF'),
      gives("hex(X'1f')", '1F'),
    ],
  }),
  unhex: simple({
    takes: ['string'],
    returns: binaryType,
    nullable: 'always',
    write: (text) => callOf('java_unhex', text),
    examples: [
      gives("decode(unhex('537061726B'), 'UTF-8')", 'Spark'),
      gives("unhex('G')", null),
      gives("unhex('F')", '[0F]'),
    ],
  }),
  conv: simple({
    takes: ['string', 'integer', 'integer'],
    returns: stringType,
    nullable: 'always',
    write: (text, from, to) => callOf('java_conv', text, from, to),
    examples: [
      gives("conv('ff', 16, 10)", '255'),
      gives("conv('100', 2, 10)", '4'),
      gives('conv(-10, 16, -10)', '-16'),
      gives("conv('zz', 10, 2)", '0'),
    ],
  }),
  width_bucket: simple({
    takes: ['double', 'double', 'double', 'long'],
    returns: longType,
    nullable: 'always',
    write: (value, low, high, count) =>
      sql`CASE WHEN ${count} <= 0 OR ${low} = ${high} OR isnan(${value}) THEN NULL WHEN ${low} < ${high} THEN CASE WHEN ${value} < ${low} THEN 0 WHEN ${value} >= ${high} THEN ${count} + 1 ELSE floor(${count} * (${value} - ${low}) / (${high} - ${low}))::BIGINT + 1 END ELSE CASE WHEN ${value} > ${low} THEN 0 WHEN ${value} <= ${high} THEN ${count} + 1 ELSE floor(${count} * (${low} - ${value}) / (${low} - ${high}))::BIGINT + 1 END END`,
    examples: [
      gives('width_bucket(5.3, 0.2, 10.6, 5)', '3'),
      gives('width_bucket(-2.1, 1.3, 3.4, 3)', '0'),
      gives('width_bucket(8.1, 0.0, 5.7, 4)', '5'),
    ],
  }),
  // Another random number than Spark's for the same seed: Spark's depends on its partitions.
  rand: simple({
    takes: ['literal_integer'],
    optional: 1,
    returns: doubleType,
    nullable: 'never',
    nondeterministic: true,
    aliases: ['random'],
    write: () => sql`random()`,
    examples: [gives('rand() < 1 AND rand(7) >= 0', 'true')],
  }),
  randn: simple({
    takes: ['literal_integer'],
    optional: 1,
    returns: doubleType,
    nullable: 'never',
    nondeterministic: true,
    write: () => sql`(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))`,
    examples: [gives('randn() IS NOT NULL', 'true')],
  }),
};

const integral = (type: DataType): boolean => ['byte', 'short', 'integer', 'long'].includes(type.kind);
