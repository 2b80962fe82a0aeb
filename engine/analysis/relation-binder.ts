import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { sparkError } from '../core/spark-error.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { attributeText, printPlanUnder } from '../plan/print-plan.ts';
import type { UnresolvedStyle } from '../plan/print-unresolved.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { bindExpression } from './bind-expression.ts';
import { withPlanText, type Binder } from './binder.ts';
import { printContext } from './function-text.ts';
import { findName, hiddenAttributes, type Scope } from './scope.ts';
import { TimeWindowCollector } from './time-windows.ts';

type BinderOptions = {
  /** The failing node's own line, as Spark's plan would print it, without the mark before its name. */
  readonly operator: (style: UnresolvedStyle) => string;
  readonly attributes?: readonly Attribute[];
  readonly otherName?: (parts: readonly string[]) => BoundExpression | undefined;
  readonly missingAttribute?: (attribute: Attribute) => BoundExpression | undefined;
};

export const scopeOf = (inputs: readonly AnalyzedRelation[], context: AnalysisContext): Scope => ({
  attributes: inputs.flatMap((input) => input.output),
  hidden: inputs.flatMap(hiddenAttributes),
  caseSensitive: context.caseSensitive,
});

/** A binder over the columns of a node's inputs, with Spark's error for what is not there. */
export function makeBinder(
  inputs: readonly AnalyzedRelation[],
  context: AnalysisContext,
  options: BinderOptions,
): Binder {
  const base = scopeOf(inputs, context);
  const scope = options.attributes ? { ...base, attributes: options.attributes } : base;
  const style: UnresolvedStyle = { mark: "'", frameColumn: (name, planId) => frameColumn(name, planId, context) };
  const treeUnder = (mark: string): string =>
    printPlanUnder(`${mark}${options.operator(style)}`, inputs, printContext(context.zone));
  return {
    context,
    bind: bindExpression,
    scope,
    ...(options.otherName ? { otherName: options.otherName } : {}),
    missingAttribute: (attribute) => {
      const found = options.missingAttribute?.(attribute);
      if (found) return found;
      throw missingAttributes(attribute, scope, `!${options.operator(style)}`, () => treeUnder('!'));
    },
    lambdaVariables: new Map(),
    timeWindows: new TimeWindowCollector(),
    insideOver: false,
    frameReferences: [],
    planText: () => treeUnder("'"),
  };
}

function frameColumn(name: string, planId: number, context: AnalysisContext): string | undefined {
  const frame = context.cache.get(planId);
  const found =
    frame && findName([name], { attributes: frame.output, hidden: [], caseSensitive: context.caseSensitive });
  return found && attributeText(found.attribute);
}

function missingAttributes(attribute: Attribute, scope: Scope, operator: string, planText: () => string): Error {
  const quoted = (name: string): string => `"${name}"`;
  const input = scope.attributes.map((candidate) => quoted(candidate.name)).join(', ');
  const sameNames = scope.attributes.filter((candidate) => candidate.name === attribute.name);
  const parameters = { missingAttributes: quoted(attribute.name), input, operator };
  return withPlanText(
    sameNames.length > 0
      ? sparkError('MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_APPEAR_IN_OPERATION', {
          ...parameters,
          operation: quoted(attribute.name),
        })
      : sparkError('MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_MISSING_FROM_INPUT', parameters),
    planText,
  );
}

/** What every analyzed node over one input starts from. */
export const nodeOver = (
  input: AnalyzedRelation,
  output: readonly Attribute[] = input.output,
): { readonly output: readonly Attribute[]; readonly isStreaming: boolean; readonly planIds: readonly number[] } => ({
  output,
  isStreaming: input.isStreaming,
  planIds: [],
});
