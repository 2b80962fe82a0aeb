import { dateArithmeticFunctions } from './date-arithmetic-functions.ts';
import { datePartFunctions } from './date-part-functions.ts';
import { dateSpanFunctions } from './date-span-functions.ts';
import type { FunctionTable } from './define-function.ts';
import { timeMakeFunctions } from './time-make-functions.ts';
import { timeParseFunctions } from './time-parse-functions.ts';
import { timeZoneFunctions } from './time-zone-functions.ts';

/** Dates and times, but for `date_format`. */
export const timeFunctions: FunctionTable = {
  ...datePartFunctions,
  ...dateArithmeticFunctions,
  ...dateSpanFunctions,
  ...timeMakeFunctions,
  ...timeParseFunctions,
  ...timeZoneFunctions,
};
