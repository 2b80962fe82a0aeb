import * as mingo from 'mingo/operators/expression';
import {
  addNumbers,
  compareNumbers,
  divideNumbers,
  doubleOf,
  integerValue,
  isBsonNumber,
  longOf,
  multiplyNumbers,
  negate,
  numberType,
  toDouble,
  exactOf,
  wholeNumber,
  type BsonNumber,
} from '../values/bson-number.ts';
import { isInt32 } from '../values/bson-document.ts';
import { typeName } from '../values/bson-order.ts';
import { roundExact, toDecimal128, type Rounding } from '../values/decimal-number.ts';
import {
  argumentsOf,
  isNothing,
  onPlainNumbers,
  withArguments,
  type ExpressionOperator,
} from './expression-arguments.ts';
import { MongoError } from '../mongo-error.ts';
import { shellText } from '../values/shell-text.ts';

const add: ExpressionOperator = (document, operand, options) => {
  let sum: BsonNumber = 0;
  let date: Date | undefined;
  for (const value of argumentsOf(document, operand, options)) {
    if (isNothing(value)) return null;
    if (value instanceof Date) {
      if (date !== undefined) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isBsonNumber(value)) sum = addNumbers(sum, value) ?? doubleOf(toDouble(sum) + toDouble(value));
    else throw new MongoError(14, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return date === undefined ? sum : new Date(date.getTime() + Math.round(toDouble(sum)));
};

const subtract = withArguments('$subtract', 2, (left, right) => {
  if (isNothing(left) || isNothing(right)) return null;
  if (left instanceof Date) {
    if (right instanceof Date) return longOf(left.getTime() - right.getTime());
    if (isBsonNumber(right)) return new Date(left.getTime() - Math.round(toDouble(right)));
  }
  if (isBsonNumber(left) && isBsonNumber(right))
    return addNumbers(left, negate(right)) ?? doubleOf(toDouble(left) - toDouble(right));
  throw new MongoError(14, `can't $subtract ${typeName(right)} from ${typeName(left)}`);
});

const multiply: ExpressionOperator = (document, operand, options) => {
  let product: BsonNumber = 1;
  for (const value of argumentsOf(document, operand, options)) {
    if (isNothing(value)) return null;
    if (!isBsonNumber(value)) throw new MongoError(14, `$multiply only supports numeric types, not ${typeName(value)}`);
    product = multiplyNumbers(product, value) ?? doubleOf(toDouble(product) * toDouble(value));
  }
  return product;
};

const divide = withArguments('$divide', 2, (left, right) => {
  if (isNothing(left) || isNothing(right)) return null;
  if (!isBsonNumber(left) || !isBsonNumber(right))
    throw new MongoError(14, `$divide only supports numeric types, not ${typeName(left)} and ${typeName(right)}`);
  if (compareNumbers(right, 0) === 0) throw new MongoError(2, "can't $divide by zero");
  return divideNumbers(left, right);
});

const modulo = withArguments('$mod', 2, (left, right) => {
  if (isNothing(left) || isNothing(right)) return null;
  if (!isBsonNumber(left) || !isBsonNumber(right))
    throw new MongoError(14, `$mod only supports numeric types, not ${typeName(left)} and ${typeName(right)}`);
  if (compareNumbers(right, 0) === 0) throw new MongoError(16610, "can't $mod by zero");
  const [a, b] = [integerValue(left), integerValue(right)];
  if (a === null || b === null) return doubleOf(toDouble(left) % toDouble(right));
  const isLong = numberType(left) === 'long' || numberType(right) === 'long';
  return isLong ? longOf(a % b) : Number(a % b);
});

/** An operator on one number. */
const onNumber = (name: string, compute: (value: BsonNumber) => BsonNumber): ExpressionOperator =>
  withArguments(name, 1, (value) => {
    if (isNothing(value)) return null;
    if (!isBsonNumber(value))
      throw new MongoError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return compute(value);
  });

/** Whole numbers stay as they are, others become whole ones of their own type. */
const toWhole = (name: string, rounding: Rounding): ExpressionOperator =>
  onNumber(name, (value) => roundNumber(value, 0, rounding));

function roundNumber(value: BsonNumber, place: number, rounding: Rounding): BsonNumber {
  const exact = exactOf(value);
  if (typeof exact === 'number') return value;
  const rounded = roundExact(exact, place, rounding);
  switch (numberType(value)) {
    case 'decimal':
      return toDecimal128(rounded);
    case 'double':
      return doubleOf(Number(`${rounded.coefficient}e${rounded.exponent}`));
    default: {
      const whole = rounded.coefficient * 10n ** BigInt(Math.max(rounded.exponent, 0));
      return numberType(value) === 'int' && isInt32(Number(whole)) ? Number(whole) : longOf(whole);
    }
  }
}

const toPlace =
  (name: string, rounding: Rounding): ExpressionOperator =>
  (document, operand, options) => {
    const [value, place = 0] = argumentsOf(document, operand, options);
    if (isNothing(value) || place === null) return null;
    if (!isBsonNumber(value))
      throw new MongoError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
    const digits = wholeNumber(place);
    if (digits === null || digits < -20 || digits > 100)
      throw new MongoError(
        51082,
        `cannot apply ${name} with precision value ${shellText(place)} value must be in [-20, 100]`,
      );
    return roundNumber(value, digits, rounding);
  };

const power = withArguments('$pow', 2, (base, exponent) => {
  if (isNothing(base) || isNothing(exponent)) return null;
  if (!isBsonNumber(base)) throw new MongoError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isBsonNumber(exponent))
    throw new MongoError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  const [a, b] = [integerValue(base), integerValue(exponent)];
  const result = toDouble(base) ** toDouble(exponent);
  if (a === null || b === null || b < 0n || !Number.isSafeInteger(result)) return doubleOf(result);
  const isLong = numberType(base) === 'long' || numberType(exponent) === 'long' || !isInt32(result);
  return isLong ? longOf(result) : result;
});

/** Functions whose result is a double whatever their arguments are. */
const doubleFunctions = {
  $exp: mingo.$exp,
  $ln: mingo.$ln,
  $log: mingo.$log,
  $log10: mingo.$log10,
  $sqrt: mingo.$sqrt,
  $sin: mingo.$sin,
  $cos: mingo.$cos,
  $tan: mingo.$tan,
  $asin: mingo.$asin,
  $acos: mingo.$acos,
  $atan: mingo.$atan,
  $atan2: mingo.$atan2,
  $sinh: mingo.$sinh,
  $cosh: mingo.$cosh,
  $tanh: mingo.$tanh,
  $degreesToRadians: mingo.$degreesToRadians,
  $radiansToDegrees: mingo.$radiansToDegrees,
};

const asDouble =
  (operator: ExpressionOperator): ExpressionOperator =>
  (document, operand, options) => {
    const result = onPlainNumbers(operator)(document, operand, options);
    return typeof result === 'number' ? doubleOf(result) : result;
  };

/** Arithmetic that keeps MongoDB's number types: int and int is int, with a long a long, `$divide` always a double … */
export const arithmeticOperators: Readonly<Record<string, ExpressionOperator>> = {
  ...Object.fromEntries(
    Object.entries(doubleFunctions).map(([name, operator]) => [name, asDouble(operator as ExpressionOperator)]),
  ),
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: divide,
  $mod: modulo,
  $abs: onNumber('$abs', (value) => (compareNumbers(value, 0) < 0 ? negate(value) : value)),
  $ceil: toWhole('$ceil', 'up'),
  $floor: toWhole('$floor', 'down'),
  $round: toPlace('$round', 'half-even'),
  $trunc: toPlace('$trunc', 'to-zero'),
  $pow: power,
};
