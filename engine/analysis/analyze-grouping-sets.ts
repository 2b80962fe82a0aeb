import { longType } from '../core/data-type.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression, ProjectItem } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import type { AggregateRelation } from '../plan/relation.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { aggregateItems } from './grouping-items.ts';
import { aggregateOver } from './aggregate-over.ts';
import { filterOver } from './analyze-filter.ts';
import { bindExpression } from './bind-expression.ts';
import type { Binder } from './binder.ts';
import { expressionKey } from '../plan/expression-key.ts';
import { expressionText } from './function-text.ts';
import { attributeReference, call, integerLiteral, longLiteral, newAttribute, nullLiteral } from './make-expression.ts';
import { nodeOver } from './relation-binder.ts';
import { sparkError } from '../core/spark-error.ts';

/**
 * Rollup, cube and GROUPING SETS: every input row once for each set, with NULL in the columns the set leaves out and a number that tells the sets apart
 * (bit i from the left is 1 where grouping column i is left out), then an ordinary aggregate.
 */
export function analyzeGroupingSets(
  relation: AggregateRelation,
  grouping: readonly ProjectItem[],
  results: readonly Expression[],
  input: AnalyzedRelation,
  binder: Binder,
): AnalyzedRelation {
  const columns = distinctColumns(grouping);
  const sets = groupingSets(relation, columns, binder);
  const list = aggregateItems(relation, columns, results, input, binder);
  const below = binder.timeWindows?.over(list.input) ?? list.input;
  const keys = columns.map((item) => ({
    ...item.output,
    ...newAttribute(item.output.name, item.expression.type, true),
    qualifier: item.output.qualifier,
  }));
  const groupingId = newAttribute('spark_grouping_id', longType, false);
  const expanded = expandOver(below, columns, keys, groupingId, sets);
  const toKeys = keyReplacement(columns, keys);
  const items = list.items.map((item) => withKey(item, columns, keys, toKeys));
  const groupBy = [...keys, groupingId].map((attribute) => ({
    output: attribute,
    expression: attributeReference(attribute),
  }));
  const answer = (part: BoundExpression): BoundExpression | undefined => groupingAnswer(part, keys, groupingId, binder);
  const { having } = relation;
  return aggregateOver(expanded, groupBy, items, binder, {
    groupingFunction: answer,
    having: (aggregate) => (having ? filterOver(having, aggregate, binder.context) : aggregate),
  });
}

function distinctColumns(grouping: readonly ProjectItem[]): readonly ProjectItem[] {
  const seen = new Map(grouping.map((item) => [expressionKey(item.expression), item]));
  return [...seen.values()];
}

/** Each set as the positions of the grouping columns it keeps. */
function groupingSets(
  relation: AggregateRelation,
  columns: readonly ProjectItem[],
  binder: Binder,
): readonly (readonly number[])[] {
  const all = columns.map((_, index) => index);
  if (relation.grouping_sets)
    return relation.grouping_sets.map((set) =>
      set.map((expression) => positionOf(bindExpression(expression, binder), columns, binder)),
    );
  if (relation.group_type === 'rollup') return [...all, all.length].map((_, index) => all.slice(0, all.length - index));
  const subsets = Array.from({ length: 2 ** all.length }, (_, mask) =>
    all.filter((index) => (mask & (1 << (all.length - 1 - index))) === 0),
  );
  return subsets;
}

function positionOf(expression: BoundExpression, columns: readonly ProjectItem[], binder: Binder): number {
  const key = expressionKey(expression);
  const index = columns.findIndex((item) => expressionKey(item.expression) === key);
  if (index >= 0) return index;
  const groupingColumns = columns.map((item) => expressionText(item.expression, binder.context)).join(',');
  throw sparkError('GROUPING_COLUMN_MISMATCH', {
    grouping: expressionText(expression, binder.context),
    groupingColumns,
  });
}

function expandOver(
  input: AnalyzedRelation,
  columns: readonly ProjectItem[],
  keys: readonly Attribute[],
  groupingId: Attribute,
  sets: readonly (readonly number[])[],
): AnalyzedRelation {
  const projections = sets.map((set) => [
    ...input.output.map(attributeReference),
    ...columns.map((item, index) => (set.includes(index) ? item.expression : nullLiteral(item.expression.type))),
    longLiteral(leftOutBits(set, columns.length)),
  ]);
  return { ...nodeOver(input, [...input.output, ...keys, groupingId]), kind: 'expand', input, projections };
}

const leftOutBits = (set: readonly number[], width: number): bigint =>
  Array.from({ length: width }, (_, index) => (set.includes(index) ? 0n : 1n << BigInt(width - 1 - index))).reduce(
    (sum, bit) => sum | bit,
    0n,
  );

/** Grouping expressions outside aggregate calls become the expanded keys; inside, columns are the rows' own. */
function keyReplacement(
  columns: readonly ProjectItem[],
  keys: readonly Attribute[],
): (expression: BoundExpression) => BoundExpression {
  const byKey = new Map(columns.map((item, index) => [expressionKey(item.expression), keys[index]]));
  return (expression) =>
    rewriteExpression(expression, (part) => {
      if (part.kind === 'aggregate') return part;
      const key = byKey.get(expressionKey(part));
      return key && attributeReference(key);
    });
}

function withKey(
  item: ProjectItem,
  columns: readonly ProjectItem[],
  keys: readonly Attribute[],
  toKeys: (expression: BoundExpression) => BoundExpression,
): ProjectItem {
  const position = columns.findIndex((column) => column.output.id === item.output.id);
  const key = keys[position];
  if (key) return { ...item, output: key, expression: attributeReference(key) };
  const expression = toKeys(item.expression);
  return { ...item, output: { ...item.output, nullable: expression.nullable }, expression };
}

/** `grouping_id()` is the set's number, `grouping(a)` the bit of one column. */
function groupingAnswer(
  part: BoundExpression,
  keys: readonly Attribute[],
  groupingId: Attribute,
  binder: Binder,
): BoundExpression | undefined {
  if (part.kind !== 'call') return undefined;
  const id = attributeReference(groupingId);
  if (part.name === 'grouping_id') return id;
  const [column] = part.args;
  const position = keys.findIndex((key) => column?.kind === 'attribute' && column.attribute.id === key.id);
  if (position < 0) {
    const grouping = column ? expressionText(column, binder.context) : '';
    throw sparkError('GROUPING_COLUMN_MISMATCH', { grouping, groupingColumns: keys.map((key) => key.name).join(',') });
  }
  const shifted = call('shiftright', [id, integerLiteral(keys.length - 1 - position)], longType, false);
  const bit = call('&', [shifted, longLiteral(1n)], longType, false);
  return { kind: 'cast', child: bit, type: { kind: 'byte' }, nullable: false, mode: 'legacy', implicit: true };
}
