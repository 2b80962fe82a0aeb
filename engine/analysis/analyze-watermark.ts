import { durationMicros, durationMillis, type Interval } from '../core/duration.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { DataType } from '../core/data-type.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import { attributeText, printPlanUnder } from '../plan/print-plan.ts';
import { calendarIntervalText } from '../core/interval-text.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { nameParts } from './name-parts.ts';
import { parsedInterval } from './bind-time-window.ts';
import { findInScope, unresolvedColumn, withPlanText } from './binder.ts';
import { printContext } from './function-text.ts';
import { makeBinder, nodeOver } from './relation-binder.ts';

type Watermark = { readonly event_time: string; readonly delay_threshold: string };

/** `withWatermark`: tags the column with its delay; on a batch frame only the delay is looked at and the frame stays as it is. */
export function analyzeWatermark(
  relation: Watermark,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const delay = delayOf(relation.delay_threshold);
  const delayMs = durationMillis(delay);
  if (!input.isStreaming) return input;
  const delayText = calendarIntervalText(delay);
  const binder = makeBinder([input], context, {
    operator: () => `EventTimeWatermark '${relation.event_time}, ${delayText}`,
  });
  const parts = nameParts(relation.event_time);
  const found = findInScope(parts, binder);
  if (!found) throw withPlanText(unresolvedColumn(parts, input.output), binder.planText);
  if (found.fields.length > 0) throw nestedField(found.attribute, found.fields, delayText);
  checkType(found.attribute, delayText, input, context);
  const attribute: Attribute = { ...found.attribute, watermarkDelayMs: delayMs };
  const output = input.output.map((own) =>
    own.id === attribute.id ? { ...own, watermarkDelayMs: delayMs } : untagged(own),
  );
  return { ...nodeOver(input, output), kind: 'watermark', input, attribute, delayMs, delayText };
}

function untagged(attribute: Attribute): Attribute {
  if (attribute.watermarkDelayMs === undefined) return attribute;
  const { watermarkDelayMs: _tag, ...rest } = attribute;
  return rest;
}

/** Throws on text that is no interval and on negative delays. */
function delayOf(text: string): Interval {
  const interval = parsedInterval(text);
  if (!interval) throw sparkError('CANNOT_PARSE_INTERVAL', { intervalString: text });
  if (durationMicros(interval) < 0n)
    throw new SparkError(
      'IllegalArgumentException',
      `requirement failed: delay threshold (${text}) should not be negative.`,
    );
  return interval;
}

const carriesTime = (type: DataType): boolean =>
  type.kind === 'timestamp' ||
  (type.kind === 'struct' && type.fields.find((field) => field.name === 'end')?.type.kind === 'timestamp');

function checkType(attribute: Attribute, delayText: string, input: AnalyzedRelation, context: AnalysisContext): void {
  if (carriesTime(attribute.type)) return;
  const line = `EventTimeWatermark ${attributeText({ ...attribute, type: { kind: 'void' } })}: ${sqlTypeName(attribute.type).toLowerCase()}, ${delayText}`;
  throw withPlanText(
    sparkError('EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE', {
      eventName: backQuoted(attribute.name),
      eventType: `"${sqlTypeName(attribute.type)}"`,
    }),
    () => printPlanUnder(line, [input], printContext(context.zone)),
  );
}

/** A field of a struct breaks Spark itself: the failure of its plan copier is what the learner sees. */
const nestedField = (attribute: Attribute, fields: readonly string[], delayText: string): SparkError =>
  new SparkError(
    { java: 'java.lang.IllegalStateException' },
    `\nFailed to copy node.\nIs otherCopyArgs specified correctly for EventTimeWatermark.\nException message: argument type mismatch\nargs: ${attributeText(attribute)}.${fields.join('.')} AS ${fields[fields.length - 1] ?? ''}, ${delayText}`,
  );
