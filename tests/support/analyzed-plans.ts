import {
  field,
  integerType,
  longType,
  stringType,
  structType,
  timestampType,
  type DataType,
  type StructType,
} from '../../engine/core/data-type.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../../engine/plan/analyzed-relation.ts';
import { newAttributeId, type Attribute } from '../../engine/plan/attribute.ts';
import type { BoundAggregate, BoundExpression, ProjectItem } from '../../engine/plan/bound-expression.ts';
import type { JoinType } from '../../engine/plan/relation.ts';

const second = 1_000_000;
export const minutesUs = (minutes: number): number => minutes * 60 * second;

export const attribute = (name: string, type: DataType, nullable = true): Attribute => ({
  id: newAttributeId(),
  name,
  type,
  nullable,
  qualifier: [],
});

export const column = (relation: AnalyzedRelation, name: string): Attribute => {
  const found = relation.output.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no column ${name} in ${relation.output.map((one) => one.name).join(', ')}`);
  return found;
};

export const ref = (one: Attribute): BoundExpression => ({
  kind: 'attribute',
  attribute: one,
  type: one.type,
  nullable: one.nullable,
});

/** A streaming source of the schema, under a key of the test's. */
export const stream = (sourceKey: number, schema: StructType): AnalyzedNode<'source'> => ({
  kind: 'source',
  sourceKey,
  format: 'memory_stream',
  description: 'MemoryStream',
  isStreaming: true,
  planIds: [],
  output: schema.fields.map((one) => attribute(one.name, one.type)),
});

export function withWatermark(input: AnalyzedRelation, name: string, delayMs: number): AnalyzedNode<'watermark'> {
  const tagged: Attribute = { ...column(input, name), watermarkDelayMs: delayMs };
  return {
    kind: 'watermark',
    input,
    attribute: tagged,
    delayMs,
    delayText: `${delayMs} milliseconds`,
    isStreaming: input.isStreaming,
    planIds: [],
    output: input.output.map((one) => (one.name === name ? tagged : one)),
  };
}

export const windowType = structType([field('start', timestampType), field('end', timestampType)]);

export function timeWindow(
  input: AnalyzedRelation,
  time: string,
  windowUs: number,
  slideUs = windowUs,
  startUs = 0,
): AnalyzedNode<'time_window'> {
  const at = column(input, time);
  const tag = at.watermarkDelayMs === undefined ? {} : { watermarkDelayMs: at.watermarkDelayMs };
  const window: Attribute = { ...attribute('window', windowType, false), ...tag };
  return {
    kind: 'time_window',
    input,
    time: ref(at),
    window,
    windowUs,
    slideUs,
    startUs,
    isStreaming: input.isStreaming,
    planIds: [],
    output: [...input.output, window],
  };
}

/** `session_window(time, gap)` with the gap of each row in a column, microseconds. */
export function sessionWindow(input: AnalyzedRelation, time: string, gap: string): AnalyzedNode<'session_window'> {
  const at = column(input, time);
  const tag = at.watermarkDelayMs === undefined ? {} : { watermarkDelayMs: at.watermarkDelayMs };
  const window: Attribute = { ...attribute('session_window', windowType, false), ...tag };
  return {
    kind: 'session_window',
    input,
    time: ref(at),
    gap: ref(column(input, gap)),
    window,
    isStreaming: input.isStreaming,
    planIds: [],
    output: [...input.output, window],
  };
}

export const aggregateCall = (name: string, args: readonly BoundExpression[], type: DataType): BoundAggregate => ({
  kind: 'aggregate',
  name,
  args,
  distinct: false,
  ignoreNulls: false,
  type,
  nullable: name !== 'count',
});

/** `groupBy(keys).agg(calls)`: keys by name, calls as alias → expression. */
export function aggregate(
  input: AnalyzedRelation,
  keys: readonly string[],
  calls: Readonly<Record<string, BoundAggregate>>,
): AnalyzedNode<'aggregate'> {
  const grouping = keys.map((name) => ({ output: column(input, name), expression: ref(column(input, name)) }));
  const outputs = Object.entries(calls).map(([name, call]) => ({
    output: attribute(name, call.type, call.nullable),
    call,
  }));
  const result = [...grouping.map((item) => item.output), ...outputs.map((one) => one.output)].map((output) => ({
    output,
    expression: ref(output),
  }));
  return {
    kind: 'aggregate',
    input,
    grouping,
    calls: outputs,
    result,
    isStreaming: input.isStreaming,
    planIds: [],
    output: result.map((item) => item.output),
  };
}

export const one: BoundExpression = { kind: 'literal', value: 1, type: integerType, nullable: false };
export const countRows = (): BoundAggregate => aggregateCall('count', [one], longType);
export const sumOf = (input: AnalyzedRelation, name: string): BoundAggregate =>
  aggregateCall('sum', [ref(column(input, name))], longType);

export const deduplicate = (
  input: AnalyzedRelation,
  keys: readonly string[],
  withinWatermark = false,
): AnalyzedNode<'deduplicate'> => ({
  kind: 'deduplicate',
  input,
  keys: keys.map((name) => column(input, name)),
  withinWatermark,
  isDistinct: false,
  isStreaming: input.isStreaming,
  planIds: [],
  output: input.output,
});

export const project = (input: AnalyzedRelation, items: readonly ProjectItem[]): AnalyzedNode<'project'> => ({
  kind: 'project',
  input,
  items,
  isStreaming: input.isStreaming,
  planIds: [],
  output: items.map((item) => item.output),
});

export const filter = (input: AnalyzedRelation, condition: BoundExpression): AnalyzedNode<'filter'> => ({
  kind: 'filter',
  input,
  condition,
  isStreaming: input.isStreaming,
  planIds: [],
  output: input.output,
});

export const join = (
  left: AnalyzedRelation,
  right: AnalyzedRelation,
  joinType: JoinType,
  condition: BoundExpression,
): AnalyzedNode<'join'> => ({
  kind: 'join',
  left,
  right,
  joinType,
  condition,
  isStreaming: true,
  planIds: [],
  output: joinType === 'left_semi' ? left.output : [...left.output, ...right.output],
});

export const call = (
  name: string,
  args: readonly BoundExpression[],
  type: DataType = { kind: 'boolean' },
): BoundExpression => ({ kind: 'call', name, args, type, nullable: true });

export const clickSchema = structType([field('at', timestampType), field('user', stringType), field('n', integerType)]);
