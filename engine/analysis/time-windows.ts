import { structType, timestampType, field, type DataType } from '../core/data-type.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression, ProjectItem } from '../plan/bound-expression.ts';
import { expressionKey } from '../plan/expression-key.ts';
import { newAttribute, passThrough } from './make-expression.ts';
import { sparkError } from '../core/spark-error.ts';

export const timeWindowMarker = 'spark.timeWindow';
export const sessionWindowMarker = 'spark.sessionWindow';

type Pending =
  | {
      readonly kind: 'time';
      readonly key: string;
      readonly time: BoundExpression;
      readonly window: Attribute;
      readonly windowUs: number;
      readonly slideUs: number;
      readonly startUs: number;
    }
  | {
      readonly kind: 'session';
      readonly key: string;
      readonly time: BoundExpression;
      readonly window: Attribute;
      readonly gap: BoundExpression;
    };

/**
 * Gathers the `window()`, `session_window()` and `window_time()` calls of one node. Each becomes a column of the node's input: equal calls share it,
 * different ones are refused, as Spark does.
 */
export class TimeWindowCollector {
  private window: Pending | undefined;
  private readonly times: ProjectItem[] = [];

  /** Columns that names may mean once the calls are known: `window`, `session_window`. */
  get attributes(): readonly Attribute[] {
    return this.window ? [this.window.window] : [];
  }

  addTimeWindow(
    time: BoundExpression,
    durations: { readonly windowUs: number; readonly slideUs: number; readonly startUs: number },
  ): Attribute {
    const key = `window ${expressionKey(time)} ${durations.windowUs} ${durations.slideUs} ${durations.startUs}`;
    const nullable = durations.windowUs !== durations.slideUs;
    return this.remember(key, () => ({
      kind: 'time',
      key,
      time,
      window: windowAttribute('window', timeWindowMarker, time, nullable),
      ...durations,
    }));
  }

  addSessionWindow(time: BoundExpression, gap: BoundExpression): Attribute {
    const key = `session ${expressionKey(time)} ${expressionKey(gap)}`;
    return this.remember(key, () => ({
      kind: 'session',
      key,
      time,
      gap,
      window: windowAttribute('session_window', sessionWindowMarker, time, false),
    }));
  }

  /** The column that holds `window_time(window)`, made below the node. */
  addWindowTime(item: ProjectItem): Attribute {
    const key = expressionKey(item.expression);
    const known = this.times.find((old) => expressionKey(old.expression) === key);
    if (known) return known.output;
    this.times.push(item);
    return item.output;
  }

  private remember(key: string, make: () => Pending): Attribute {
    if (this.window && this.window.key !== key) throw sparkError('_LEGACY_ERROR_TEMP_1039', {});
    this.window ??= make();
    return this.window.window;
  }

  /** The node's input with the gathered columns added; the very same relation where there are none. */
  over(input: AnalyzedRelation): AnalyzedRelation {
    const timed = this.times.length === 0 ? input : withColumns(input, this.times);
    const { window } = this;
    if (!window) return timed;
    const node = { output: [...timed.output, window.window], isStreaming: timed.isStreaming, planIds: [] };
    if (window.kind === 'session')
      return {
        ...node,
        kind: 'session_window',
        input: timed,
        time: window.time,
        gap: window.gap,
        window: window.window,
      };
    const { time, windowUs, slideUs, startUs } = window;
    return { ...node, kind: 'time_window', input: timed, time, window: window.window, windowUs, slideUs, startUs };
  }
}

export const windowStruct = (type: DataType): DataType => structType([field('start', type), field('end', type)]);

/** Spark keeps metadata, and so the watermark, only where the time is a plain column. */
function windowAttribute(name: string, marker: string, time: BoundExpression, nullable: boolean): Attribute {
  const source = time.kind === 'attribute' ? time.attribute : undefined;
  const timeType = time.type.kind === 'timestamp_ntz' ? time.type : timestampType;
  return {
    ...newAttribute(name, windowStruct(timeType), nullable),
    ...(source?.watermarkDelayMs === undefined ? {} : { watermarkDelayMs: source.watermarkDelayMs }),
    metadata: { ...source?.metadata, [marker]: true },
  };
}

/** Passes everything through and adds columns at the end. */
function withColumns(input: AnalyzedRelation, items: readonly ProjectItem[]): AnalyzedRelation {
  return {
    kind: 'project',
    input,
    items: [...input.output.map(passThrough), ...items],
    output: [...input.output, ...items.map((item) => item.output)],
    isStreaming: input.isStreaming,
    planIds: [],
  };
}
