import { sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { BoundOrder } from '../plan/bound-expression.ts';
import type { SortOrder } from '../plan/expression.ts';
import { printOrder } from '../plan/print-expression.ts';
import { printSort, type UnresolvedStyle } from '../plan/print-unresolved.ts';
import { hasWindow } from '../plan/walk-expression.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { NestedGenerator } from './bind-function.ts';
import { generatorOutsideSelect } from './generator-outside-select.ts';
import { bindOrder } from './bind-window.ts';
import { withPlanText, type Binder } from './binder.ts';
import { isOrderable } from './check-ordering.ts';
import { parsedForm } from './parsed-text.ts';
import { ExtendingBinder } from './extending-binder.ts';
import { printContext } from './function-text.ts';
import { aliasItem, attributeReference, passThrough } from './make-expression.ts';
import { trimmedTo } from './missing-columns.ts';
import { nodeOver } from './relation-binder.ts';

/** `orderBy`, `sort`, ORDER BY: columns below the select list and aggregates are fetched from there, integer literals are positions. */
export function analyzeSort(
  order: readonly SortOrder[],
  isGlobal: boolean,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const operator = (style: UnresolvedStyle): string =>
    `Sort [${order.map((item) => printSort(item, style)).join(', ')}], ${isGlobal}`;
  const extending = new ExtendingBinder(input, context, operator, { ignoresAmbiguous: true });
  const bound = order.map((item) => boundItem(item, input, extending, isGlobal));
  extending.checkSelfJoin();
  for (const item of bound) checkSortable(item, extending.binder);
  return trimmedTo(input, sortOver(extending.input, bound, isGlobal));
}

function boundItem(
  item: SortOrder,
  input: AnalyzedRelation,
  extending: ExtendingBinder,
  isGlobal: boolean,
): BoundOrder {
  const written = parsedForm(item.child, extending.binder.context);
  if (written.kind === 'literal' && written.data_type === 'integer' && written.value !== null) {
    const attribute = input.output[Number(written.value) - 1];
    if (!attribute)
      throw sparkError('ORDER_BY_POS_OUT_OF_RANGE', {
        index: String(written.value),
        size: String(input.output.length),
      });
    return { expression: attributeReference(attribute), direction: item.direction, nulls: item.null_ordering };
  }
  if (written.kind === 'sort_order') return boundItem(written, input, extending, isGlobal);
  const bound = sortedBy({ ...item, child: written }, input, extending.binder, isGlobal);
  return { ...bound, expression: extending.finish(bound.expression) };
}

function sortedBy(item: SortOrder, input: AnalyzedRelation, binder: Binder, isGlobal: boolean): BoundOrder {
  try {
    return bindOrder(item, binder);
  } catch (error) {
    if (!(error instanceof NestedGenerator)) throw error;
    const shown = bindOrder(item, { ...binder, printsGenerators: true });
    throw generatorOutsideSelect({ ...nodeOver(input), kind: 'sort', input, order: [shown], isGlobal }, binder.context);
  }
}

function checkSortable(item: BoundOrder, binder: Binder): void {
  if (isOrderable(item.expression.type)) return;
  const parameters = {
    sqlExpr: `"${printOrder(item, printContext(binder.context.zone))}"`,
    functionName: '`sortorder`',
    dataType: `"${sqlTypeName(item.expression.type)}"`,
  };
  throw withPlanText(sparkError('DATATYPE_MISMATCH.INVALID_ORDERING_TYPE', parameters), binder.planText);
}

/** A sort node; analytic functions among its keys are computed in a project below. */
function sortOver(input: AnalyzedRelation, order: readonly BoundOrder[], isGlobal: boolean): AnalyzedRelation {
  if (!order.some((item) => hasWindow(item.expression)))
    return { ...nodeOver(input), kind: 'sort', input, order, isGlobal };
  const computed = order.map((item) => (hasWindow(item.expression) ? aliasItem('_w', item.expression) : undefined));
  const items = [...input.output.map(passThrough), ...computed.filter((item) => item !== undefined)];
  const below: AnalyzedRelation = {
    ...nodeOver(
      input,
      items.map((item) => item.output),
    ),
    kind: 'project',
    input,
    items,
  };
  const keys = order.map((item, index) => {
    const key = computed[index];
    return key ? { ...item, expression: attributeReference(key.output) } : item;
  });
  return { ...nodeOver(below), kind: 'sort', input: below, order: keys, isGlobal };
}
