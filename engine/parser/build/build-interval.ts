import { durationMicros, parseIntervalString, type Interval } from '../../core/duration.ts';
import { SparkError } from '../../core/spark-error.ts';
import type { Literal } from '../../plan/expression.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, type BuildContext } from './build-context.ts';
import { literal, wireInteger } from './build-number.ts';
import { childNodes, hasWord, joinedText, nodes, onlyNode, optionalNode, sourceText } from './tree-access.ts';
import { readUnitRange } from './unit-range.ts';
import { unescapeString } from './unescape-string.ts';

const yearMonthFields = ['year', 'month'];
const dayTimeFields = ['day', 'hour', 'minute', 'second'];

/** `INTERVAL 1 hour 30 minutes`, `INTERVAL '1 02:03' DAY TO MINUTE`: a literal whose type is as fine as its units. */
export function buildInterval(node: Node, context: BuildContext): Literal {
  const [form, extra] = childNodes(node);
  if (!form) throw new Error('an interval without units');
  if (extra) throw errorAt('_LEGACY_ERROR_TEMP_0024', {}, extra, context);
  if (form.rule === 'unitRange') return buildUnitRange(form, context);
  const units = nodes(form, 'unit').map((unit) => joinedText(unit).toLowerCase().replace(/s$/, ''));
  return byUnits(readUnits(form, context), units, node, context);
}

/** `INTERVAL '10 minutes'`. */
export function buildIntervalText(value: string, node: Node, context: BuildContext): Literal {
  let interval: Interval;
  try {
    interval = parseIntervalString(value);
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    throw errorAt('INVALID_TYPED_LITERAL', { valueType: '"INTERVAL"', value: `'${value}'` }, node, context);
  }
  const words = value
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/s$/, ''));
  const units = words.filter((word) => word !== 'interval' && /^[a-z]+$/.test(word));
  return byUnits(interval, units, node, context);
}

function readUnits(node: Node, context: BuildContext): Interval {
  const values = nodes(node, 'amount');
  const pairs = nodes(node, 'unit').map((unit, index) => {
    const value = values[index];
    if (!value) throw new Error('a unit without value');
    return ` ${valueText(value, node, context)} ${joinedText(unit)}`;
  });
  const text = pairs.join('');
  try {
    return parseIntervalString(text);
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    throw errorAt('_LEGACY_ERROR_TEMP_0062', { msg: error.message }, node, context);
  }
}

function valueText(value: Node, node: Node, context: BuildContext): string {
  const quoted = optionalNode(value, 'string');
  if (!quoted) return joinedText(value);
  const text = unescapeString(joinedText(quoted));
  if (/\p{L}/u.test(text)) throw errorAt('_LEGACY_ERROR_TEMP_0026', { value: text }, node, context);
  return hasWord(value, '-') ? negated(text) : text;
}

const negated = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`);

function byUnits(interval: Interval, units: readonly string[], node: Node, context: BuildContext): Literal {
  const months = units.filter((unit) => yearMonthFields.includes(unit));
  const times = units.filter((unit) => !yearMonthFields.includes(unit)).map(dayTimeField);
  if (months.length === 0)
    return dayTimeLiteral(durationMicros(interval), widest(times, dayTimeFields), narrowest(times, dayTimeFields));
  if (times.length > 0)
    throw errorAt('_LEGACY_ERROR_TEMP_0029', { literal: sourceText(node, context.text) }, node, context);
  return yearMonthLiteral(interval.months, widest(months, yearMonthFields), narrowest(months, yearMonthFields));
}

function dayTimeField(unit: string): string {
  if (unit === 'week') return 'day';
  return dayTimeFields.includes(unit) ? unit : 'second';
}

const widest = (units: readonly string[], order: readonly string[]): string =>
  order.find((unit) => units.includes(unit)) ?? 'second';
const narrowest = (units: readonly string[], order: readonly string[]): string =>
  order.findLast((unit) => units.includes(unit)) ?? 'second';

const typeText = (from: string, to: string): string => (from === to ? `interval ${from}` : `interval ${from} to ${to}`);
const dayTimeLiteral = (micros: bigint, from: string, to: string): Literal =>
  literal(typeText(from, to), wireInteger(micros));
const yearMonthLiteral = (months: number, from: string, to: string): Literal => literal(typeText(from, to), months);

function buildUnitRange(node: Node, context: BuildContext): Literal {
  const [from = '', to = ''] = nodes(node, 'rangeUnit').map((unit) => joinedText(unit).toLowerCase());
  const value = onlyNode(node, 'amount');
  const quoted = optionalNode(value, 'string');
  if (!quoted) throw errorAt('_LEGACY_ERROR_TEMP_0027', {}, node, context);
  const text = unescapeString(joinedText(quoted));
  const read = readUnitRange(hasWord(value, '-') ? negated(text) : text, from, to);
  if (read.kind === 'unsupported') throw errorAt('_LEGACY_ERROR_TEMP_0028', { from, to }, node, context);
  if (read.kind === 'failure') throw errorAt('_LEGACY_ERROR_TEMP_0063', { msg: read.message }, node, context);
  return read.kind === 'months' ? yearMonthLiteral(read.months, from, to) : dayTimeLiteral(read.micros, from, to);
}
