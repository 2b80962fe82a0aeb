import type { DecimalType } from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlInteger, sqlString, type Sql } from '../core/sql-text.ts';
import { maxPrecision, type DecimalOperator } from './decimal-types.ts';

/**
 * Arithmetic between two decimals, exact first and then rounded half away from zero to `result`; NULL on overflow and on division by zero.
 * DuckDB divides decimals as doubles and caps precision otherwise than Spark: what does not fit 38 digits on the way is computed by `spark_decimal`.
 */
export function decimalArithmetic(
  operator: DecimalOperator,
  [a, b]: readonly [Sql, Sql],
  [left, right]: readonly [DecimalType, DecimalType],
  result: DecimalType,
): Sql {
  const to = storageType(result);
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  switch (operator) {
    case '+':
    case '-':
      if (whole + Math.max(left.scale, right.scale) + 1 > maxPrecision) break;
      return sql`((${a})::${to} ${operator === '+' ? sql`+` : sql`-`} (${b})::${to})::${to}`;
    case '*':
      if (left.precision + right.precision + 1 > maxPrecision) break;
      return sql`((${a}) * (${b}))::${to}`;
    default:
      break;
  }
  const digits = sql`spark_decimal(${sqlString(operator)}, (${a})::VARCHAR, (${b})::VARCHAR, ${sqlInteger(result.scale)})`;
  return sql`TRY_CAST(${digits} AS ${to})`;
}
