import { isIntegral, isStringLike, timestampType, type DataType } from '../core/data-type.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { Interval } from '../core/duration.ts';
import { parseIntervalText } from '../parser/parse-interval-text.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { Expression, UnresolvedFunction } from '../plan/expression.ts';
import { withPlanText, type Binder } from './binder.ts';
import { implicitCast } from './cast-expression.ts';
import { parsedForm } from './parsed-text.ts';
import { quotedExpression, expressionText } from './function-text.ts';
import { attributeReference, call, newAttribute } from './make-expression.ts';
import { bindGap, intervalOrNothing } from './session-gap.ts';
import { sessionWindowMarker, timeWindowMarker, type TimeWindowCollector } from './time-windows.ts';

const requiredTime =
  '("(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)" or "STRUCT<start: TIMESTAMP, end: TIMESTAMP>" or "STRUCT<start: TIMESTAMP_NTZ, end: TIMESTAMP_NTZ>")';

/** `window(time, width[, slide[, start]])`: a reference to the column that the node's input will have. */
export function bindTimeWindow(expression: UnresolvedFunction, binder: Binder): BoundExpression {
  const count = expression.arguments.length;
  if (count < 2 || count > 4)
    throw sparkError('WRONG_NUM_ARGS.WITHOUT_SUGGESTION', {
      functionName: '`window`',
      expectedNum: '[2, 3, 4]',
      actualNum: String(count),
    });
  const [timeArgument, width, slide = width, start] = expression.arguments;
  const windowUs = literalMicros(width, binder);
  const durations = {
    windowUs,
    slideUs: slide === width ? windowUs : literalMicros(slide, binder),
    startUs: start ? literalMicros(start, binder) : 0,
  };
  const time = bindTime(timeArgument, binder);
  const unresolvedText = `window(${expressionText(time, binder.context)}, ${windowUs}, ${durations.slideUs}, ${durations.startUs})`;
  const sqlExpr = `"${unresolvedText}"`;
  const at = timeColumn(time, sqlExpr, binder);
  checkDurations(durations, sqlExpr, binder);
  const plain = isAlias(timeArgument, binder) ? untagged(at) : at;
  return { ...attributeReference(collector(binder).addTimeWindow(plain, durations)), unresolvedText };
}

/** `session_window(time, gap)`; a gap that does not parse is NULL and removes every row. */
export function bindSessionWindow(expression: UnresolvedFunction, binder: Binder): BoundExpression {
  const [timeArgument, gapArgument, ...extra] = expression.arguments;
  if (!gapArgument || extra.length > 0)
    throw sparkError('WRONG_NUM_ARGS.WITHOUT_SUGGESTION', {
      functionName: '`session_window`',
      expectedNum: '2',
      actualNum: String(expression.arguments.length),
    });
  const time = bindTime(timeArgument, binder);
  const { gap, text } = bindGap(gapArgument, timeArgument, binder);
  const at = timeColumn(
    time,
    `"session_window(${expressionText(time, binder.context)}, ${expressionText(gap, binder.context)})"`,
    binder,
  );
  const window = collector(binder).addSessionWindow(isAlias(timeArgument, binder) ? untagged(at) : at, gap);
  const unresolvedText = `sessionwindow(${expressionText(time, binder.context)}, ${text})`;
  return { ...attributeReference(window), unresolvedText };
}

/** `window_time(window)`: the last instant of a window, with the window's watermark. */
export function bindWindowTime(expression: UnresolvedFunction, binder: Binder): BoundExpression {
  const [argument, ...extra] = expression.arguments;
  if (!argument || extra.length > 0)
    throw sparkError('WRONG_NUM_ARGS.WITHOUT_SUGGESTION', {
      functionName: '`window_time`',
      expectedNum: '1',
      actualNum: String(expression.arguments.length),
    });
  const window = binder.bind(argument, binder);
  if (window.type.kind !== 'struct')
    throw unexpectedType(`"window_time(${expressionText(window, binder.context)})"`, window, '"STRUCT"', binder);
  return attributeReference(windowTime(window, binder));
}

function windowTime(window: BoundExpression, binder: Binder): Attribute {
  const source = window.kind === 'attribute' ? window.attribute : undefined;
  const metadata = source?.metadata ?? {};
  const struct = window.type.kind === 'struct' ? window.type : undefined;
  if (!source || !struct || !(metadata[timeWindowMarker] ?? metadata[sessionWindowMarker])) {
    const windowColumn = `window_time(${source ? `${source.name}#${source.id}` : expressionText(window, binder.context)})`;
    throw withPlanText(sparkError('NOT_A_WINDOW_COLUMN', { windowColumn }), binder.planText);
  }
  const type = struct.fields[1]?.type ?? timestampType;
  const expression = call('window_time', [window], type, window.nullable);
  const others = Object.fromEntries(
    Object.entries(metadata).filter(([key]) => key !== timeWindowMarker && key !== sessionWindowMarker),
  );
  const output: Attribute = {
    ...newAttribute(`window_time(${source.name})`, type, true),
    ...(source.watermarkDelayMs === undefined ? {} : { watermarkDelayMs: source.watermarkDelayMs }),
    ...(Object.keys(others).length > 0 ? { metadata: others } : {}),
  };
  return collector(binder).addWindowTime({ output, expression });
}

const collector = (binder: Binder): TimeWindowCollector => {
  if (!binder.timeWindows) throw sparkError('_LEGACY_ERROR_TEMP_1039', {});
  return binder.timeWindows;
};

function bindTime(argument: Expression | undefined, binder: Binder): BoundExpression {
  if (!argument) throw new Error('internal error: window without time column');
  return binder.bind(argument, binder);
}

/** A timestamp as it is; text and dates cast to timestamp; a window column by its time. */
function timeColumn(time: BoundExpression, sqlExpr: string, binder: Binder): BoundExpression {
  const { type } = time;
  if (type.kind === 'timestamp' || type.kind === 'timestamp_ntz') return time;
  if (type.kind === 'date' || type.kind === 'void' || isStringLike(type))
    return implicitCast(time, timestampType, binder.context.ansi);
  if (isWindowStruct(type)) return attributeReference(windowTime(time, binder));
  throw unexpectedType(sqlExpr, time, requiredTime, binder);
}

const isWindowStruct = (type: DataType): boolean =>
  type.kind === 'struct' &&
  type.fields.length === 2 &&
  type.fields[0]?.name === 'start' &&
  type.fields[1]?.name === 'end' &&
  type.fields.every((field) => field.type.kind === 'timestamp' || field.type.kind === 'timestamp_ntz');

const unexpectedType = (sqlExpr: string, arg: BoundExpression, requiredType: string, binder: Binder): SparkError =>
  withPlanText(
    sparkError('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', {
      sqlExpr,
      paramIndex: '1',
      requiredType,
      inputSql: quotedExpression(arg, binder.context),
      inputType: `"${sqlTypeName(arg.type)}"`,
    }),
    binder.planText,
  );

/** `window(col("ts").alias("t"), …)` loses the watermark: Spark keeps metadata only for a bare column. */
const isAlias = (argument: Expression | undefined, binder: Binder): boolean =>
  argument !== undefined && parsedForm(argument, binder.context).kind === 'alias';

function untagged(time: BoundExpression): BoundExpression {
  if (time.kind !== 'attribute') return time;
  const { watermarkDelayMs: _tag, metadata: _metadata, ...attribute } = time.attribute;
  return attributeReference(attribute);
}

/** Text or whole microseconds; anything else is Spark's legacy refusal. */
function literalMicros(argument: Expression | undefined, binder: Binder): number {
  const bound = argument && binder.bind(argument, binder);
  const value = bound?.kind === 'literal' ? bound.value : undefined;
  if (typeof value === 'string') return intervalMicros(value);
  if (bound && isIntegral(bound.type) && value !== undefined && value !== null) return Number(value);
  throw sparkError('_LEGACY_ERROR_TEMP_1207', {});
}

function intervalMicros(text: string): number {
  const interval = parsedInterval(text);
  if (!interval) throw sparkError('CANNOT_PARSE_INTERVAL', { intervalString: text });
  if (interval.months !== 0)
    throw new SparkError('IllegalArgumentException', `Intervals greater than a month is not supported (${text}).`);
  return interval.days * 86_400_000_000 + Number(interval.micros);
}

/** A duration as `window` and `withWatermark` take it: `5 minutes`, `INTERVAL '5' MINUTE`. */
export const parsedInterval = (text: string): Interval | undefined => intervalOrNothing(() => parseIntervalText(text));

function checkDurations(
  d: { readonly windowUs: number; readonly slideUs: number; readonly startUs: number },
  sqlExpr: string,
  binder: Binder,
): void {
  const range = (name: string, value: number): void => {
    if (value > 0) return;
    const parameters = {
      sqlExpr,
      exprName: `\`${name}\``,
      valueRange: '(0, 9223372036854775807]',
      currentValue: `${value}L`,
    };
    throw withPlanText(sparkError('DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE', parameters), binder.planText);
  };
  const limit = (left: string, leftValue: number, constraint: string, rightName: string, rightValue: number): never => {
    const parameters = {
      sqlExpr,
      leftExprName: `\`${left}\``,
      leftExprValue: `${leftValue}L`,
      constraint,
      rightExprName: `\`${rightName}\``,
      rightExprValue: `${rightValue}L`,
    };
    throw withPlanText(sparkError('DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION', parameters), binder.planText);
  };
  range('window_duration', d.windowUs);
  range('slide_duration', d.slideUs);
  if (d.slideUs > d.windowUs) limit('slide_duration', d.slideUs, '<=', 'window_duration', d.windowUs);
  if (Math.abs(d.startUs) >= d.slideUs) limit('abs(start_time)', Math.abs(d.startUs), '<', 'slide_duration', d.slideUs);
}
