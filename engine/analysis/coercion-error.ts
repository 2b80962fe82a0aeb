import type { SparkError } from '../core/spark-error.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { DataType } from '../core/data-type.ts';
import { sameType } from '../core/data-type.ts';
import type { ArgumentRule } from '../functions/define-function.ts';
import type { BoundAggregate, BoundCall, BoundExpression } from '../plan/bound-expression.ts';
import type { CoercionFailure } from './coerce-arguments.ts';
import { quotedExpression } from './function-text.ts';
import { requirementText } from './type-requirement.ts';

type Zone = { readonly zone: string };
const quoted = (type: DataType | undefined): string => `"${type ? sqlTypeName(type) : 'VOID'}"`;

/** Functions whose message lists types as `["INT", "STRING"]`; the others write `("INT" or "STRING")`. */
const bracketed = new Set(['greatest', 'least', 'in', 'if', 'nvl2']);
const anyNumber = new Set(['sum', 'avg', 'try_sum', 'try_avg']);
const binaryOperators = new Set([
  '==',
  '<',
  '<=',
  '>',
  '>=',
  '<=>',
  '+',
  '-',
  '*',
  '/',
  '%',
  'div',
  '&',
  '|',
  '^',
  'and',
  'or',
]);

/** Spark's message for arguments that no implicit cast can mend. `whole` is the call with its arguments as written. */
export function coercionError(
  failure: CoercionFailure,
  whole: BoundCall | BoundAggregate,
  rules: readonly ArgumentRule[],
  context: Zone,
): SparkError {
  const sqlExpr = quotedExpression(whole, context);
  const [left, right] = whole.args;
  if (binaryOperators.has(whole.name) && left && right) return operandError(whole, sqlExpr, left, right, rules);
  switch (failure.kind) {
    case 'operands':
      return sparkError('DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES', {
        sqlExpr,
        left: quoted(left?.type),
        right: quoted(right?.type),
      });
    case 'common': {
      const types = failure.indexes.map((index) => quoted(whole.args[index]?.type));
      const dataType = bracketed.has(whole.name) ? `[${types.join(', ')}]` : `(${types.join(' or ')})`;
      return sparkError('DATATYPE_MISMATCH.DATA_DIFF_TYPES', {
        sqlExpr,
        functionName: backQuoted(whole.spelling ?? whole.name),
        dataType,
      });
    }
    case 'element':
      return sparkError('DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES', {
        sqlExpr,
        functionName: backQuoted(whole.name),
        leftType: quoted(left?.type),
        rightType: quoted(right?.type),
      });
    case 'key':
      return sparkError('DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES', {
        sqlExpr,
        functionName: backQuoted(whole.name),
        leftType: quoted(left?.type),
        rightType: quoted(right?.type),
      });
    case 'input': {
      const arg = whole.args[failure.index];
      return sparkError('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', {
        sqlExpr,
        paramIndex: String(failure.index + 1),
        requiredType: anyNumber.has(whole.name)
          ? '"NUMERIC" or "ANSI INTERVAL"'
          : requirementText(rules[failure.index] ?? 'any'),
        inputSql: arg ? quotedExpression(arg, context) : '',
        inputType: quoted(arg?.type),
      });
    }
  }
}

/** Binary operators complain about both sides together: different types, or the same wrong type twice. */
function operandError(
  whole: BoundCall | BoundAggregate,
  sqlExpr: string,
  left: BoundExpression,
  right: BoundExpression,
  rules: readonly ArgumentRule[],
): SparkError {
  if (!sameType(left.type, right.type))
    return sparkError('DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES', {
      sqlExpr,
      left: quoted(left.type),
      right: quoted(right.type),
    });
  const rule = rules[0] ?? 'any';
  const inputType =
    whole.name === 'and' || whole.name === 'or'
      ? '"BOOLEAN"'
      : rule === 'arithmetic'
        ? requirementText('arithmetic')
        : requirementText(rule);
  return sparkError('DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE', {
    sqlExpr,
    inputType,
    actualDataType: quoted(left.type),
  });
}
