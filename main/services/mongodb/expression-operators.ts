import * as mingo from 'mingo/operators/expression';
import { foldOperators } from './accumulator-operators.ts';
import { arithmeticOperators } from './arithmetic-operators.ts';
import { longOf } from './bson-number.ts';
import { comparisonOperators } from './comparison-operators.ts';
import { conversionOperators } from './conversion-operators.ts';
import { onPlainNumbers, type ExpressionOperator } from './expression-arguments.ts';

const { $dateDiff, ...others } = mingo as unknown as Readonly<Record<string, ExpressionOperator>>;

/** mingo evaluates the arguments of these one by one, with variables of its own, or passes values through unseen. */
const evaluatedByMingo: ReadonlySet<string> = new Set([
  '$arrayToObject',
  '$concatArrays',
  '$first',
  '$firstN',
  '$function',
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

/** The operators of expressions: ours where types, order or truth matter, mingo's on plain numbers elsewhere. */
export const expressionOperators: Readonly<Record<string, ExpressionOperator>> = {
  ...Object.fromEntries(
    Object.entries(others).map(([name, operator]) => [
      name,
      evaluatedByMingo.has(name) ? operator : onPlainNumbers(operator),
    ]),
  ),
  $dateDiff: dateDiff,
  ...arithmeticOperators,
  ...comparisonOperators,
  ...conversionOperators,
  ...foldOperators,
};
