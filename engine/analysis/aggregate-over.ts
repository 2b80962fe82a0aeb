import { sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundAggregate, BoundExpression, ProjectItem } from '../plan/bound-expression.ts';
import { printPlan } from '../plan/print-plan.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { hasAggregate, hasWindow, referencedAttributes } from '../plan/walk-expression.ts';
import { withPlanText, type Binder } from './binder.ts';
import { isOrderable } from './check-ordering.ts';
import { expressionKey } from '../plan/expression-key.ts';
import { expressionText, printContext, quotedExpression } from './function-text.ts';
import { exposeHidden } from './missing-columns.ts';
import { attributeReference, newAttribute, passThrough } from './make-expression.ts';
import { nodeOver } from './relation-binder.ts';

/** How the `grouping()` calls of a rollup are answered; absent outside rollup, cube and grouping sets. */
type GroupingFunctions = (call: BoundExpression) => BoundExpression | undefined;

type AggregateOptions = {
  readonly groupingFunction?: GroupingFunctions;
  /** HAVING over the aggregate; analytic functions of the select list see only the groups that pass. */
  readonly having?: (aggregate: AnalyzedRelation) => AnalyzedRelation;
};

/** Splits bound items into grouping values, aggregate calls and a result over both, with Spark's refusals. */
export function aggregateOver(
  input: AnalyzedRelation,
  grouping: readonly ProjectItem[],
  items: readonly ProjectItem[],
  binder: Binder,
  { groupingFunction, having = (aggregate) => aggregate }: AggregateOptions = {},
): AnalyzedRelation {
  const failing = rawAggregate(input, grouping, items);
  const planText = (): string => printPlan(failing, printContext(binder.context.zone));
  checkGrouping(grouping, binder, planText);
  const split = new AggregateSplit(grouping, binder, planText, groupingFunction);
  const windowed = items.some((item) => hasWindow(item.expression));
  const result = items.map((item) => ({ ...item, expression: split.overResult(item.expression) }));
  const below = withReferences(input, [
    ...grouping.map((item) => item.expression),
    ...split.calls.map(({ call }) => call),
  ]);
  const node = { kind: 'aggregate', input: below, grouping, calls: split.calls } as const;
  const aggregate = (shown: readonly ProjectItem[]): AnalyzedRelation => ({
    ...nodeOver(below, outputs(shown)),
    ...node,
    result: shown,
  });
  if (!windowed) return having(aggregate(result));
  const parts = [...grouping.map((item) => item.output), ...split.calls.map(({ output }) => output)].map(passThrough);
  const plain = result.filter(
    (item) => !hasWindow(item.expression) && !parts.some((part) => part.output.id === item.output.id),
  );
  const groups = having(aggregate([...parts, ...plain]));
  const shown = result.map((item) => (plain.includes(item) ? { ...item, ...passThrough(item.output) } : item));
  return { ...nodeOver(groups, outputs(shown)), kind: 'project', input: groups, items: shown };
}

const outputs = (items: readonly ProjectItem[]): readonly Attribute[] => items.map((item) => item.output);

const withReferences = (input: AnalyzedRelation, expressions: readonly BoundExpression[]): AnalyzedRelation => {
  const known = new Set(input.output.map((attribute) => attribute.id));
  const missing = expressions.flatMap(referencedAttributes).filter((attribute) => !known.has(attribute.id));
  return missing.length > 0 ? exposeHidden(input, missing) : input;
};

/** The aggregate as written, only to be printed under a message. */
const rawAggregate = (
  input: AnalyzedRelation,
  grouping: readonly ProjectItem[],
  items: readonly ProjectItem[],
): AnalyzedNode<'aggregate'> => ({
  ...nodeOver(
    input,
    items.map((item) => item.output),
  ),
  kind: 'aggregate',
  input,
  grouping,
  calls: [],
  result: items,
});

function checkGrouping(grouping: readonly ProjectItem[], binder: Binder, planText: () => string): void {
  for (const { expression } of grouping) {
    if (hasAggregate(expression))
      throw withPlanText(
        sparkError('GROUP_BY_AGGREGATE', { sqlExpr: expressionText(expression, binder.context) }),
        planText,
      );
    if (isOrderable(expression.type)) continue;
    const parameters = {
      sqlExpr: quotedExpression(expression, binder.context),
      dataType: `"${sqlTypeName(expression.type)}"`,
    };
    throw withPlanText(sparkError('GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE', parameters), planText);
  }
}

/** Rewrites expressions over input columns into expressions over grouping values and call outputs, gathering the calls. */
export class AggregateSplit {
  readonly calls: { readonly output: Attribute; readonly call: BoundAggregate }[];
  private readonly grouping: ReadonlyMap<string, Attribute>;
  private readonly keys = new Map<string, Attribute>();
  private readonly binder: Binder;
  private readonly planText: () => string;
  private readonly groupingFunction: GroupingFunctions | undefined;

  constructor(
    grouping: readonly ProjectItem[],
    binder: Binder,
    planText: () => string,
    groupingFunction?: GroupingFunctions,
    calls: readonly { readonly output: Attribute; readonly call: BoundAggregate }[] = [],
  ) {
    this.grouping = new Map(grouping.map((item) => [expressionKey(item.expression), item.output]));
    this.binder = binder;
    this.planText = planText;
    this.groupingFunction = groupingFunction;
    this.calls = [...calls];
    for (const { output, call } of calls) this.keys.set(expressionKey(call), output);
  }

  /** `unknown` answers for a column that is neither grouped nor aggregated; without it Spark's error is thrown. */
  overResult(expression: BoundExpression, unknown?: (attribute: Attribute) => BoundExpression): BoundExpression {
    return rewriteExpression(expression, (part) => {
      const grouped = this.grouping.get(expressionKey(part));
      if (grouped)
        return attributeReference(
          part.kind === 'attribute' && part.attribute.id === grouped.id
            ? { ...grouped, name: part.attribute.name }
            : grouped,
        );
      if (part.kind === 'aggregate') return attributeReference(this.callOutput(part));
      if (part.kind === 'attribute') return unknown ? unknown(part.attribute) : this.notGrouped(part);
      if (part.kind === 'call' && (part.name === 'grouping' || part.name === 'grouping_id'))
        return this.groupingCall(part);
      return undefined;
    });
  }

  private groupingCall(part: BoundExpression): BoundExpression {
    const answer = this.groupingFunction?.(part);
    if (!answer) throw withPlanText(sparkError('UNSUPPORTED_GROUPING_EXPRESSION', {}), this.planText);
    return answer;
  }

  private callOutput(call: BoundAggregate): Attribute {
    if (call.args.some(hasAggregate) || (call.filter && hasAggregate(call.filter)))
      throw withPlanText(sparkError('NESTED_AGGREGATE_FUNCTION', {}), this.planText);
    const key = expressionKey(call);
    const known = this.keys.get(key);
    if (known) return known;
    const output = newAttribute(expressionText(call, this.binder.context), call.type, call.nullable);
    this.keys.set(key, output);
    this.calls.push({ output, call });
    return output;
  }

  private notGrouped(part: BoundExpression): never {
    if (this.grouping.size === 0) throw withPlanText(sparkError('MISSING_GROUP_BY', {}), this.planText);
    const text = expressionText(part, this.binder.context);
    throw withPlanText(
      sparkError('MISSING_AGGREGATION', { expression: `"${text}"`, expressionAnyValue: `"any_value(${text})"` }),
      this.planText,
    );
  }
}
