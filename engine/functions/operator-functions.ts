import {
  booleanType,
  dateType,
  dayTimeIntervalType,
  doubleType,
  integerType,
  isInterval,
  longType,
  timestampType,
  type DataType,
  type DecimalType,
} from '../core/data-type.ts';
import { sql, type Sql } from '../core/sql-text.ts';
import { decimalArithmetic } from './decimal-arithmetic.ts';
import { decimalFor, decimalResult, type DecimalOperator } from './decimal-types.ts';
import type { CallShape, CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, callOf, gives, printsInfix, sameAs, scalar } from './function-forms.ts';
import { castTo, overflowWord, widerInteger, wrapInteger } from './integer-arithmetic.ts';
import { raiseError } from './raise-error.ts';
