import * as mingo from 'mingo/operators/expression';
import { foldOperators } from './accumulator-operators.ts';
import { arithmeticOperators } from './arithmetic-operators.ts';
import { isDocument } from '../values/bson-document.ts';
import { typeName } from '../values/bson-order.ts';
import { comparisonOperators } from './comparison-operators.ts';
import { conversionOperators } from './conversion-operators.ts';
import { dateOperators } from './date-operators.ts';
import { argumentsOf, isNothing, onPlainNumbers, type ExpressionOperator } from './expression-arguments.ts';
import { MongoError } from '../mongo-error.ts';

const { $function, ...others } = mingo as unknown as Readonly<Record<string, ExpressionOperator>>;

/** mingo evaluates the arguments of these one by one, with variables of its own, or passes values through unseen. */
const evaluatedByMingo: ReadonlySet<string> = new Set([
  '$arrayToObject',
  '$concatArrays',
  '$firstN',
  '$getField',
  '$ifNull',
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

/** Of one argument, which may also be written as an array of one. */
const unary: ReadonlySet<string> = new Set([
  '$arrayToObject',
  '$bitNot',
  '$objectToArray',
  '$reverseArray',
  '$size',
  '$strLenBytes',
  '$strLenCP',
  '$toLower',
  '$toUpper',
]);

const withoutArrayOfOne =
  (operator: ExpressionOperator): ExpressionOperator =>
  (document, operand, options) =>
    operator(document, Array.isArray(operand) && operand.length === 1 ? operand[0] : operand, options);

/** The first or last element; missing in an empty array. In a window mingo gives an array of documents instead. */
const endElement =
  (name: '$first' | '$last', place: 0 | -1): ExpressionOperator =>
  (document, operand, options) => {
    if (Array.isArray(document)) return others[name]?.(document, operand, options);
    const [array] = argumentsOf(document, operand, options);
    if (isNothing(array)) return null;
    if (!Array.isArray(array))
      throw new MongoError(28689, `${name}'s argument must be an array, but is ${typeName(array)}`);
    return array.at(place) as unknown;
  };

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
  $function: ownFunction,
  ...arithmeticOperators,
  ...comparisonOperators,
  ...conversionOperators,
  ...dateOperators,
  $first: endElement('$first', 0),
  $last: endElement('$last', -1),
  ...foldOperators,
};
