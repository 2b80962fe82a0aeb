import { doubleType, type DataType } from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import type { SparkValue } from '../../core/spark-value.ts';

const ofNumbers = (
  name: string,
  compute: (...numbers: readonly number[]) => number,
  takes: readonly DataType[],
): JsScalar => ({
  name,
  takes,
  returns: doubleType,
  evaluate: (...args: readonly SparkValue[]) => compute(...args.map(Number)),
});

/** Where the C library that DuckDB calls and Java give different last digits or special values. */
export const mathScalars: readonly JsScalar[] = [
  // Spark takes Java's StrictMath; V8 has the same algorithms but treats e itself apart.
  ofNumbers('java_exp', (x = 0) => (x === 1 ? 2.718_281_828_459_045_5 : Math.exp(x)), [doubleType]),
  ofNumbers('java_log', (x = 0) => Math.log(x), [doubleType]),
  ofNumbers('java_log2', (x = 0) => Math.log(x) / Math.log(2), [doubleType]),
  ofNumbers('java_log10', (x = 0) => Math.log10(x), [doubleType]),
  ofNumbers('java_asin', (x = 0) => Math.asin(x), [doubleType]),
  ofNumbers('java_acos', (x = 0) => Math.acos(x), [doubleType]),
  ofNumbers('java_atan', (x = 0) => Math.atan(x), [doubleType]),
  ofNumbers('java_atan2', (y = 0, x = 0) => Math.atan2(y, x), [doubleType, doubleType]),
  ofNumbers('java_sinh', (x = 0) => Math.sinh(x), [doubleType]),
  ofNumbers('java_cosh', (x = 0) => Math.cosh(x), [doubleType]),
  ofNumbers('java_tanh', (x = 0) => Math.tanh(x), [doubleType]),
  // Spark's own formulas.
  ofNumbers('java_asinh', (x = 0) => (x === -Infinity ? x : Math.log(x + Math.sqrt(x * x + 1))), [doubleType]),
  ofNumbers('java_acosh', (x = 0) => Math.log(x + Math.sqrt(x * x - 1)), [doubleType]),
  ofNumbers('java_atanh', (x = 0) => 0.5 * (Math.log1p(x) - Math.log1p(-x)), [doubleType]),
  ofNumbers('java_cbrt', (x = 0) => Math.cbrt(x), [doubleType]),
  ofNumbers('java_expm1', (x = 0) => Math.expm1(x), [doubleType]),
  ofNumbers('java_log1p', (x = 0) => Math.log1p(x), [doubleType]),
  ofNumbers('java_hypot', (x = 0, y = 0) => Math.sqrt(x * x + y * y), [doubleType, doubleType]),
  ofNumbers('java_pow', (x = 0, y = 0) => x ** y, [doubleType, doubleType]),
];
