import { sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { printUnresolved } from '../plan/print-unresolved.ts';
import { collectExpressions, hasAggregate, hasWindow } from '../plan/walk-expression.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { bindExpression } from './bind-expression.ts';
import { NestedGenerator } from './bind-function.ts';
import { generatorOutsideSelect } from './generator-outside-select.ts';
import { withPlanText, type Binder } from './binder.ts';
import { ExtendingBinder } from './extending-binder.ts';
import { expressionText, quotedExpression } from './function-text.ts';
import { trimmedTo } from './missing-columns.ts';
import { nodeOver } from './relation-binder.ts';

/** `filter`, `where`, HAVING: over an aggregate the condition may use aggregates and grouped columns that the result leaves out. */
export function filterOver(condition: Expression, input: AnalyzedRelation, context: AnalysisContext): AnalyzedRelation {
  const extending = new ExtendingBinder(input, context, (style) => `Filter ${printUnresolved(condition, style)}`);
  const bound = extending.finish(bindCondition(condition, input, extending.binder));
  checkCondition(bound, extending.binder);
  extending.checkSelfJoin();
  const below = extending.input;
  return trimmedTo(input, { ...nodeOver(below), kind: 'filter', input: below, condition: bound });
}

function bindCondition(condition: Expression, input: AnalyzedRelation, binder: Binder): BoundExpression {
  try {
    return bindExpression(condition, binder);
  } catch (error) {
    if (!(error instanceof NestedGenerator)) throw error;
    const shown = bindExpression(condition, { ...binder, printsGenerators: true });
    throw generatorOutsideSelect({ ...nodeOver(input), kind: 'filter', input, condition: shown }, binder.context);
  }
}

function checkCondition(condition: BoundExpression, binder: Binder): void {
  if (hasWindow(condition)) throw sparkError('_LEGACY_ERROR_TEMP_1034', { clauseName: 'WHERE' });
  if (condition.type.kind !== 'boolean') {
    const filter = quotedExpression(condition, binder.context);
    throw withPlanText(
      sparkError('DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN', {
        sqlExpr: filter,
        filter,
        type: `"${sqlTypeName(condition.type)}"`,
      }),
      binder.planText,
    );
  }
  if (!hasAggregate(condition)) return;
  const calls = collectExpressions(condition, (part) => part.kind === 'aggregate');
  const expressionList = calls.map((part) => expressionText(part, binder.context)).join(', ');
  throw withPlanText(
    sparkError('INVALID_WHERE_CONDITION', { condition: quotedExpression(condition, binder.context), expressionList }),
    binder.planText,
  );
}
