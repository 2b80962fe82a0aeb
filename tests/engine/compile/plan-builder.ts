import {
  booleanType,
  field,
  longType,
  structType,
  timestampType,
  type DataType,
} from '../../../engine/core/data-type.ts';
import type { Row, SparkValue } from '../../../engine/core/spark-value.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import { newAttributeId, type Attribute } from '../../../engine/plan/attribute.ts';
import type {
  BoundAggregate,
  BoundCall,
  BoundExpression,
  BoundLiteral,
  BoundOrder,
  ProjectItem,
} from '../../../engine/plan/bound-expression.ts';
import type { JoinType } from '../../../engine/plan/relation.ts';

/** Analyzed plans for tests, written down without an analyser. */
export const attribute = (name: string, type: DataType, nullable = true): Attribute => ({
  id: newAttributeId(),
  name,
  type,
  nullable,
  qualifier: [],
});
export const ref = (of: Attribute): BoundExpression => ({
  kind: 'attribute',
  attribute: of,
  type: of.type,
  nullable: of.nullable,
});
export const lit = (value: SparkValue, type: DataType): BoundLiteral => ({
  kind: 'literal',
  value,
  type,
  nullable: value === null,
});
export const call = (name: string, type: DataType, ...args: readonly BoundExpression[]): BoundCall => ({
  kind: 'call',
  name,
  args,
  type,
  nullable: true,
});
export const test = (name: string, ...args: readonly BoundExpression[]): BoundCall => call(name, booleanType, ...args);
export const aggregateCall = (name: string, type: DataType, ...args: readonly BoundExpression[]): BoundAggregate => ({
  kind: 'aggregate',
  name,
  args,
  distinct: false,
  ignoreNulls: false,
  type,
  nullable: true,
});
export const item = (expression: BoundExpression, name = 'x'): ProjectItem => ({
  output: expression.kind === 'attribute' ? expression.attribute : attribute(name, expression.type),
  expression,
});

const node = { isStreaming: false, planIds: [] } as const;
const over = (input: AnalyzedRelation) => ({ output: input.output, isStreaming: input.isStreaming, planIds: [] });

export const localRows = (output: readonly Attribute[], rows: readonly Row[]): AnalyzedRelation => ({
  kind: 'local_rows',
  output,
  rows,
  ...node,
});
export const source = (sourceKey: number, output: readonly Attribute[], isStreaming = true): AnalyzedRelation => ({
  kind: 'source',
  sourceKey,
  format: 'json',
  description: 'FileSource[x]',
  output,
  isStreaming,
  planIds: [],
});
export const project = (input: AnalyzedRelation, ...items: readonly ProjectItem[]): AnalyzedRelation => ({
  ...over(input),
  kind: 'project',
  input,
  items,
  output: items.map((each) => each.output),
});
export const filter = (input: AnalyzedRelation, condition: BoundExpression): AnalyzedRelation => ({
  ...over(input),
  kind: 'filter',
  input,
  condition,
});
export const sort = (input: AnalyzedRelation, ...order: readonly BoundOrder[]): AnalyzedRelation => ({
  ...over(input),
  kind: 'sort',
  input,
  order,
  isGlobal: true,
});
export const ascending = (expression: BoundExpression): BoundOrder => ({
  expression,
  direction: 'ascending',
  nulls: 'nulls_first',
});
export const cut = (kind: 'limit' | 'offset' | 'tail', input: AnalyzedRelation, count: number): AnalyzedRelation => ({
  ...over(input),
  kind,
  input,
  count,
});
export const union = (...inputs: readonly AnalyzedRelation[]): AnalyzedRelation => {
  const [first] = inputs;
  if (!first) throw new Error('no input');
  return { ...over(first), kind: 'union', inputs, output: first.output.map((a) => attribute(a.name, a.type)) };
};
export const deduplicate = (input: AnalyzedRelation, ...keys: readonly Attribute[]): AnalyzedRelation => ({
  ...over(input),
  kind: 'deduplicate',
  input,
  keys,
  withinWatermark: false,
  isDistinct: false,
});
export const join = (
  left: AnalyzedRelation,
  right: AnalyzedRelation,
  joinType: JoinType,
  condition?: BoundExpression,
): AnalyzedRelation => ({
  kind: 'join',
  left,
  right,
  joinType,
  ...(condition ? { condition } : {}),
  output: joinType === 'left_semi' || joinType === 'left_anti' ? left.output : [...left.output, ...right.output],
  isStreaming: left.isStreaming || right.isStreaming,
  planIds: [],
});
export const watermark = (input: AnalyzedRelation, name: string, delayMs: number): AnalyzedRelation => {
  const output = input.output.map((a) => (a.name === name ? { ...a, watermarkDelayMs: delayMs } : a));
  return {
    ...over(input),
    kind: 'watermark',
    input,
    attribute: column(input, name),
    delayMs,
    delayText: `${delayMs} ms`,
    output,
  };
};
export const column = (input: AnalyzedRelation, name: string): Attribute => {
  const found = input.output.find((a) => a.name === name);
  if (!found) throw new Error(`no column ${name}`);
  return found;
};

export const windowType = structType([field('start', timestampType), field('end', timestampType)]);
export const timeWindow = (
  input: AnalyzedRelation,
  time: Attribute,
  windowUs: number,
  slideUs = windowUs,
  startUs = 0,
): AnalyzedNode<'time_window'> => {
  const window: Attribute = {
    ...attribute('window', windowType, slideUs !== windowUs),
    ...(time.watermarkDelayMs === undefined ? {} : { watermarkDelayMs: time.watermarkDelayMs }),
  };
  return {
    ...over(input),
    kind: 'time_window',
    input,
    time: ref(time),
    window,
    windowUs,
    slideUs,
    startUs,
    output: [...input.output, window],
  };
};
export const sessionWindow = (
  input: AnalyzedRelation,
  time: Attribute,
  gapUs: bigint,
): AnalyzedNode<'session_window'> => {
  const window: Attribute = {
    ...attribute('session_window', windowType, false),
    ...(time.watermarkDelayMs === undefined ? {} : { watermarkDelayMs: time.watermarkDelayMs }),
  };
  return {
    ...over(input),
    kind: 'session_window',
    input,
    time: ref(time),
    gap: lit(gapUs, longType),
    window,
    output: [...input.output, window],
  };
};
/** Groups by plain columns; the result is the keys, then the calls. */
export const aggregate = (
  input: AnalyzedRelation,
  keys: readonly Attribute[],
  calls: readonly BoundAggregate[],
): AnalyzedNode<'aggregate'> => {
  const outputs = calls.map((each) => ({ output: attribute(each.name, each.type), call: each }));
  const result = [...keys.map((key) => item(ref(key))), ...outputs.map(({ output }) => item(ref(output)))];
  return {
    ...over(input),
    kind: 'aggregate',
    input,
    grouping: keys.map((key) => item(ref(key))),
    calls: outputs,
    result,
    output: result.map((each) => each.output),
  };
};
