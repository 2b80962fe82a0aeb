import { booleanType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { BoundAggregate, BoundExpression, ProjectItem } from '../plan/bound-expression.ts';
import type { Expression, Literal } from '../plan/expression.ts';
import type { AggregateRelation, Relation } from '../plan/relation.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { hasAggregate } from '../plan/walk-expression.ts';
import { aggregateOver } from './aggregate-over.ts';
import { groupingItems } from './grouping-items.ts';
import { bindExpression } from './bind-expression.ts';
import { bindLiteral } from './bind-literal.ts';
import { withPlanText, type Binder } from './binder.ts';
import { implicitCast } from './cast-expression.ts';
import { isAtomic } from './common-type.ts';
import { expressionText } from './function-text.ts';
import {
  aliasItem,
  attributeReference,
  call,
  caseWhen,
  newAttribute,
  nullLiteral,
  passThrough,
} from './make-expression.ts';
import { bindSelectList } from './select-items.ts';
import { literalText } from '../plan/print-value.ts';

type PivotSpec = { readonly col: Expression; readonly values: readonly Literal[] };

/** Thrown where a pivot names no values: the session runs `query` and answers through `AnalysisContext.pivotValues`. */
export class PivotValuesNeeded extends Error {
  readonly aggregate: AggregateRelation;
  /** The distinct values of the pivot column, in order; at most `spark.sql.pivotMaxValues` + 1 of them. */
  readonly query: Relation;
  constructor(aggregate: AggregateRelation, query: Relation) {
    super('the values of a pivot are needed before it can be analyzed');
    this.aggregate = aggregate;
    this.query = query;
  }
}

/**
 * Pivot: grouped twice as in Spark, first with the pivot column, then without, picking each value's aggregate (NULL where a group has no row of that value).
 * Aggregates of arrays, maps and structs are computed in one step over rows masked by value, again as in Spark.
 */
export function analyzePivot(
  relation: AggregateRelation,
  pivot: PivotSpec,
  input: AnalyzedRelation,
  binder: Binder,
): AnalyzedRelation {
  const values = pivot.values.length > 0 ? pivot.values : knownValues(relation, pivot, input, binder);
  const column = bindExpression(pivot.col, binder);
  const grouping = relation.grouping_expressions.flatMap((expression) => groupingItems(expression, relation, binder));
  const list = bindSelectList(relation.aggregate_expressions, input, binder);
  for (const item of list.items) {
    if (!hasAggregate(item.expression))
      throw withPlanText(
        sparkError('_LEGACY_ERROR_TEMP_1006', { sql: expressionText(item.expression, binder.context) }),
        binder.planText,
      );
  }
  const below = binder.timeWindows?.over(list.input) ?? list.input;
  const cells = values.map((value) => ({
    name: valueName(value, binder),
    value: implicitCast(bindLiteral(value), column.type, binder.context.ansi),
  }));
  const single = list.items.length === 1;
  const name = (cell: string, item: ProjectItem): string => (single ? cell : `${cell}_${item.output.name}`);
  const plan = { below, grouping, column, items: list.items, cells, name };
  return list.items.every((item) => isAtomic(item.expression.type)) ? twoSteps(plan, binder) : masked(plan, binder);
}

function knownValues(
  relation: AggregateRelation,
  pivot: PivotSpec,
  input: AnalyzedRelation,
  binder: Binder,
): readonly Literal[] {
  if (input.isStreaming)
    throw sparkError('UNSUPPORTED_IN_STREAMING', {
      sentence: 'pivot is not supported on a streaming DataFrames/Datasets',
    });
  const known = binder.context.pivotValues(relation);
  if (known) return known;
  const most = Number(binder.context.conf('spark.sql.pivotMaxValues') ?? '10000');
  const alias: Expression = { kind: 'alias', expr: pivot.col, name: ['value'] };
  const distinct: Relation = {
    kind: 'deduplicate',
    input: { kind: 'project', input: relation.input, expressions: [alias] },
    all_columns_as_keys: true,
  };
  const order = {
    kind: 'sort_order',
    child: { kind: 'unresolved_attribute', unparsed_identifier: 'value' },
    direction: 'ascending',
    null_ordering: 'nulls_first',
  } as const;
  throw new PivotValuesNeeded(relation, {
    kind: 'sort',
    input: { kind: 'limit', input: distinct, limit: most + 1 },
    order: [order],
    is_global: true,
  });
}

const valueName = (value: Literal, binder: Binder): string => {
  const bound = bindLiteral(value);
  return bound.value === null
    ? 'null'
    : literalText(bound.value, bound.type, binder.context.zone).replace(/^(?:DATE|TIMESTAMP) '(.*)'$/, '$1');
};

type PivotPlan = {
  readonly below: AnalyzedRelation;
  readonly grouping: readonly ProjectItem[];
  readonly column: BoundExpression;
  readonly items: readonly ProjectItem[];
  readonly cells: readonly { readonly name: string; readonly value: BoundExpression }[];
  readonly name: (cell: string, item: ProjectItem) => string;
};

const isValue = (column: BoundExpression, value: BoundExpression): BoundExpression =>
  call('<=>', [column, value], booleanType, false);

function twoSteps(plan: PivotPlan, binder: Binder): AnalyzedRelation {
  const key = aliasItem('__pivot_col', plan.column);
  const first = aggregateOver(plan.below, [...plan.grouping, key], [...plan.grouping, key, ...plan.items], binder);
  const picked = plan.cells.flatMap(({ name, value }) =>
    plan.items.map((item): ProjectItem => {
      const type = item.output.type;
      const only = caseWhen(
        isValue(attributeReference(key.output), value),
        attributeReference({ ...item.output, nullable: true }),
        nullLiteral(type),
      );
      const pick: BoundAggregate = {
        kind: 'aggregate',
        name: 'first',
        args: [only],
        distinct: false,
        ignoreNulls: true,
        type,
        nullable: true,
      };
      return { output: newAttribute(plan.name(name, item), type, true), expression: pick };
    }),
  );
  const groups = plan.grouping.map((item) => passThrough(item.output));
  return aggregateOver(first, groups, [...groups, ...picked], binder);
}

function masked(plan: PivotPlan, binder: Binder): AnalyzedRelation {
  const items = plan.cells.flatMap(({ name, value }) =>
    plan.items.map((item): ProjectItem => {
      const expression = rewriteExpression(item.expression, (part) =>
        part.kind === 'aggregate' ? maskedCall(part, isValue(plan.column, value)) : undefined,
      );
      return { output: newAttribute(plan.name(name, item), item.output.type, item.output.nullable), expression };
    }),
  );
  return aggregateOver(plan.below, plan.grouping, [...plan.grouping, ...items], binder);
}

const maskedCall = (aggregate: BoundAggregate, condition: BoundExpression): BoundAggregate => ({
  ...aggregate,
  args: aggregate.args.map((arg, index) => (index === 0 ? caseWhen(condition, arg, nullLiteral(arg.type)) : arg)),
});
