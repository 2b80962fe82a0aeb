import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { ProjectItem } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { printUnresolved } from '../plan/print-unresolved.ts';
import { hasAggregate, referencedAttributes } from '../plan/walk-expression.ts';
import { aggregateOver } from './aggregate-over.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { Binder } from './binder.ts';
import { checkAmbiguousSelfJoin } from './detect-ambiguous-self-join.ts';
import { exposeHidden } from './missing-columns.ts';
import { makeBinder, nodeOver } from './relation-binder.ts';
import { bindEntries } from './select-items.ts';
import { expandSelectList, type SelectEntry } from './stars.ts';

/** `select`: aggregates without GROUP BY make it a global aggregate, generators and `window()` a relation below. */
export function analyzeProject(
  expressions: readonly Expression[],
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const binder = makeBinder([input], context, {
    operator: (style) => `Project [${expressions.map((expression) => printUnresolved(expression, style)).join(', ')}]`,
  });
  return projectEntries(expandSelectList(expressions, binder), input, binder);
}

/** As `analyzeProject`, for entries with stars already written out. */
export function projectEntries(
  entries: readonly SelectEntry[],
  input: AnalyzedRelation,
  binder: Binder,
): AnalyzedRelation {
  const list = bindEntries(entries, input, binder);
  checkAmbiguousSelfJoin(binder, [input]);
  const below = binder.timeWindows?.over(list.input) ?? list.input;
  if (list.items.some((item) => hasAggregate(item.expression))) return aggregateOver(below, [], list.items, binder);
  return projectOver(below, list.items);
}

/** A project node; reads hidden join keys where an item names one. */
export function projectOver(input: AnalyzedRelation, items: readonly ProjectItem[]): AnalyzedRelation {
  const known = new Set(input.output.map((attribute) => attribute.id));
  const missing: readonly Attribute[] = items
    .flatMap((item) => referencedAttributes(item.expression))
    .filter((attribute) => !known.has(attribute.id));
  const below = missing.length > 0 ? exposeHidden(input, missing) : input;
  return {
    ...nodeOver(
      below,
      items.map((item) => item.output),
    ),
    kind: 'project',
    input: below,
    items,
  };
}
