import * as mingo from 'mingo/operators/expression';
import { foldOperators } from './accumulator-operators.ts';
import { arithmeticOperators } from './arithmetic-operators.ts';
import { isDocument } from './bson-document.ts';
import { longOf } from './bson-number.ts';
import { comparisonOperators } from './comparison-operators.ts';
import { conversionOperators } from './conversion-operators.ts';
import { onPlainNumbers, type ExpressionOperator } from './expression-arguments.ts';
import { MongoError } from './mongo-error.ts';

const { $dateDiff, $function, ...others } = mingo as unknown as Readonly<Record<string, ExpressionOperator>>;

/** mingo evaluates the arguments of these one by one, with variables of its own, or passes values through unseen. */
const evaluatedByMingo: ReadonlySet<string> = new Set([
  '$arrayToObject',
  '$concatArrays',
  '$first',
  '$firstN',
  '$getField',
  '$ifNull',
  '$last',
  '$lastN',
  '$let',
  '$literal',
  '$map',
  '$maxN',
  '$mergeObjects',
  '$minN',
  '$objectToArray',
  '$reduce',
  '$reverseArray',
  '$setField',
  '$unsetField',
  '$zip',
]);

const dateDiff: ExpressionOperator = (document, operand, options) => {
  const difference = $dateDiff === undefined ? null : onPlainNumbers($dateDiff)(document, operand, options);
  return typeof difference === 'number' ? longOf(difference) : difference;
};

/** Of one argument, which may also be written as an array of one. */
const unary: ReadonlySet<string> = new Set([
  '$arrayToObject',
  '$bitNot',
  '$dayOfMonth',
  '$dayOfWeek',
  '$dayOfYear',
  '$first',
  '$hour',
  '$isoDayOfWeek',
  '$isoWeek',
  '$isoWeekYear',
  '$last',
  '$millisecond',
  '$minute',
  '$month',
  '$objectToArray',
  '$reverseArray',
  '$second',
  '$size',
  '$strLenBytes',
  '$strLenCP',
  '$toLower',
  '$toUpper',
  '$week',
  '$year',
]);

const withoutArrayOfOne =
  (operator: ExpressionOperator): ExpressionOperator =>
  (document, operand, options) =>
    operator(document, Array.isArray(operand) && operand.length === 1 ? operand[0] : operand, options);

/** mingo's windows are functions of its own; JavaScript of a client is not run. */
const ownFunction: ExpressionOperator = (document, operand, options) => {
  if (!isDocument(operand) || typeof operand['body'] !== 'function')
    throw new MongoError(238, "Marea's embedded server does not support $function");
  return $function?.(document, operand, options);
};

/** The operators of expressions: ours where types, order or truth matter, mingo's on plain numbers elsewhere. */
export const expressionOperators: Readonly<Record<string, ExpressionOperator>> = {
  ...Object.fromEntries(
    Object.entries(others).map(([name, operator]) => {
      const plain = evaluatedByMingo.has(name) ? operator : onPlainNumbers(operator);
      return [name, unary.has(name) ? withoutArrayOfOne(plain) : plain];
    }),
  ),
  $dateDiff: dateDiff,
  $function: ownFunction,
  ...arithmeticOperators,
  ...comparisonOperators,
  ...conversionOperators,
  ...foldOperators,
};
