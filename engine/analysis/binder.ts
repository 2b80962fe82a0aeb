import { SparkError, sparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression, BoundLambdaVariable } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { findName, type Scope } from './scope.ts';
import { suggestNames } from './suggest-names.ts';
import type { TimeWindowCollector } from './time-windows.ts';

/** Everything that binding the expressions of one relation needs. */
export type Binder = {
  readonly context: AnalysisContext;
  /** `bindExpression` itself: binders of single forms call it through here, so that no file imports its own importer. */
  readonly bind: (expression: Expression, binder: Binder) => BoundExpression;
  readonly scope: Scope;
  /** A name that the scope does not have: an alias of the same select list, a column under a project… Undefined: unknown. */
  readonly otherName?: (parts: readonly string[]) => BoundExpression | undefined;
  /** A column taken from a frame (`df.a`) that is not among the input's; answers what stands for it or throws. */
  readonly missingAttribute: (attribute: Attribute) => BoundExpression;
  readonly lambdaVariables: ReadonlyMap<string, BoundLambdaVariable>;
  /** Where `window()` and `session_window()` register; absent where they make no sense. */
  readonly timeWindows?: TimeWindowCollector;
  /** Inside the function of an OVER clause, where ranking functions are allowed. */
  readonly insideOver: boolean;
  /** Columns without alias get the name that Spark makes before it resolves the expression: in `groupBy` and `agg`. */
  readonly namesUnresolved?: true;
  /** A generator where none may stand becomes a call, only to be printed in the message. */
  readonly printsGenerators?: true;
  /** References of the form `df.a`, for the ambiguous self-join check. */
  readonly frameReferences: FrameReference[];
  /** The failing plan as Spark prints it under the message. */
  readonly planText: () => string;
};

export type FrameReference = { readonly planId: number; readonly position: number; readonly attribute: Attribute };

/** The same error with the plan under it, as errors of Spark's `CheckAnalysis` have; others of Spark's carry no plan. */
export const withPlanText = (error: SparkError, planText: () => string): SparkError =>
  new SparkError(error.errorClass, `${error.message};\n${planText()}`, {
    parameters: error.parameters,
    blame: error.blame,
    ...(error.condition === undefined ? {} : { condition: error.condition }),
    ...(error.sqlState === undefined ? {} : { sqlState: error.sqlState }),
    ...(error.origin === undefined ? {} : { origin: error.origin }),
  });

/** `UNRESOLVED_COLUMN` with Spark's proposals. */
export function unresolvedColumn(parts: readonly string[], attributes: readonly Attribute[]): SparkError {
  const objectName = parts.map(backQuoted).join('.');
  const proposal = suggestNames(parts, attributes);
  return proposal.length === 0
    ? sparkError('UNRESOLVED_COLUMN.WITHOUT_SUGGESTION', { objectName })
    : sparkError('UNRESOLVED_COLUMN.WITH_SUGGESTION', { objectName, proposal: proposal.join(', ') });
}

export const findInScope = (parts: readonly string[], binder: Binder): ReturnType<typeof findName> =>
  findName(parts, binder.scope);

/** The input's own version of an attribute, by id. */
export const attributeInScope = (attribute: Attribute, scope: Scope): Attribute | undefined =>
  scope.attributes.find((candidate) => candidate.id === attribute.id) ??
  scope.hidden.find((candidate) => candidate.id === attribute.id);
