import { decimalType, type DataType, type DecimalType } from '../core/data-type.ts';

/** Spark's largest precision. */
export const maxPrecision = 38;
/** Fraction digits that Spark keeps when a result needs more than 38 digits. */
const minimumAdjustedScale = 6;

/** The decimal that holds every value of an integral type; a decimal as it is. */
export function decimalFor(type: DataType): DecimalType | undefined {
  switch (type.kind) {
    case 'decimal':
      return type;
    case 'byte':
      return decimalType(3, 0);
    case 'short':
      return decimalType(5, 0);
    case 'integer':
      return decimalType(10, 0);
    case 'long':
      return decimalType(20, 0);
    default:
      return undefined;
  }
}

/** Spark's `DecimalType.adjustPrecisionScale`: integer digits win over fraction digits, of which at least six (or all) stay. */
export function adjusted(precision: number, scale: number): DecimalType {
  if (precision <= maxPrecision) return decimalType(precision, scale);
  const integerDigits = precision - scale;
  return decimalType(maxPrecision, Math.max(maxPrecision - integerDigits, Math.min(scale, minimumAdjustedScale)));
}

export const bounded = (precision: number, scale: number): DecimalType =>
  decimalType(Math.min(precision, maxPrecision), Math.min(scale, maxPrecision));

/** The decimal that holds the values of both, as comparisons, unions and CASE need it. */
export function widerDecimal(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale);
  return bounded(Math.max(a.precision - a.scale, b.precision - b.scale) + scale, scale);
}

export type DecimalOperator = '+' | '-' | '*' | '/' | '%' | 'pmod' | 'div';

/** Result type of arithmetic between two decimals (`spark.sql.decimalOperations.allowPrecisionLoss=true`); of `div`, before it becomes a long. */
export function decimalResult(operator: DecimalOperator, a: DecimalType, b: DecimalType): DecimalType {
  const wholeA = a.precision - a.scale;
  const wholeB = b.precision - b.scale;
  const scale = Math.max(a.scale, b.scale);
  switch (operator) {
    case '+':
    case '-':
      return adjusted(Math.max(wholeA, wholeB) + scale + 1, scale);
    case '*':
      return adjusted(a.precision + b.precision + 1, a.scale + b.scale);
    case '/': {
      const quotientScale = Math.max(minimumAdjustedScale, a.scale + b.precision + 1);
      return adjusted(wholeA + b.scale + quotientScale, quotientScale);
    }
    case '%':
    case 'pmod':
      return adjusted(Math.min(wholeA, wholeB) + scale, scale);
    case 'div':
      return bounded(wholeA + b.scale, 0);
  }
}
