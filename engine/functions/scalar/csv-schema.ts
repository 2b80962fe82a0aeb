import {
  booleanType,
  dateType,
  decimalType,
  doubleType,
  integerType,
  longType,
  stringType,
  timestampType,
  type DataType,
} from '../../core/data-type.ts';
import { parseTimestampText, textToDate } from './time-text.ts';

/** What Spark infers from one CSV value. */
export function inferCsvLiteral(text: string): DataType {
  if (text === '') return stringType;
  if (/^[+-]?\d+$/.test(text)) return wholeType(text);
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/.test(text) || /^(NaN|-?Inf)$/.test(text)) return doubleType;
  if (/^\d{4}-\d\d-\d\d$/.test(text) && textToDate(text) !== null) return dateType;
  if (parseTimestampText(text)) return timestampType;
  return /^(true|false)$/i.test(text) ? booleanType : stringType;
}

function wholeType(text: string): DataType {
  const value = BigInt(text.replace('+', ''));
  if (BigInt.asIntN(32, value) === value) return integerType;
  if (BigInt.asIntN(64, value) === value) return longType;
  const digits = value.toString().replace('-', '').length;
  return digits <= 38 ? decimalType(digits, 0) : doubleType;
}
