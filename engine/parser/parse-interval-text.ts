import { parseIntervalString, type Interval } from '../core/duration.ts';
import { sparkError } from '../core/spark-error.ts';
import { parseExpression } from './parse-expression.ts';

/**
 * An interval argument of `withWatermark` and `window`: plain text as `parseIntervalString`, but what begins with `interval` is read as SQL, so that
 * `INTERVAL '5' MINUTE` is allowed. Throws whatever the text is refused with; Spark turns it into CANNOT_PARSE_INTERVAL.
 */
export function parseIntervalText(text: string): Interval {
  if (!/^\s*interval/i.test(text)) return parseIntervalString(text);
  const parsed = parseExpression(text);
  const type = parsed.kind === 'literal' && typeof parsed.data_type === 'string' ? parsed.data_type : '';
  if (parsed.kind !== 'literal' || !type.startsWith('interval'))
    throw sparkError('INTERVAL_STRING_SYNTAX', { input: text, reason: 'not an interval' });
  if (/year|month/.test(type)) return { months: Number(parsed.value), days: 0, micros: 0n };
  return { months: 0, days: 0, micros: BigInt(String(parsed.value)) };
}
