import { sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression, ProjectItem } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { joinWord } from '../plan/print-plan.ts';
import { printUnresolved } from '../plan/print-unresolved.ts';
import type { JoinRelation, JoinType } from '../plan/relation.ts';
import { hasAggregate, referencedAttributes } from '../plan/walk-expression.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { bindExpression } from './bind-expression.ts';
import { callFunction } from './bind-function.ts';
import { withPlanText, type Binder, type FrameReference } from './binder.ts';
import { parsedForm } from './parsed-text.ts';
import { checkAmbiguousSelfJoin } from './detect-ambiguous-self-join.ts';
import { withFreshAttributes } from './fresh-attributes.ts';
import { expressionText, quotedExpression } from './function-text.ts';
import { aliasItem, attributeReference, conjunction, passThrough } from './make-expression.ts';
import { exposeHidden } from './missing-columns.ts';
import { makeBinder } from './relation-binder.ts';
import { hiddenAttributes, sameName } from './scope.ts';

/** Joins with a condition, with key names, or with neither; a frame joined with itself gets new ids on the right. */
export function analyzeJoin(
  relation: JoinRelation,
  left: AnalyzedRelation,
  written: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const right = withFreshAttributes(written, left.output);
  const type = relation.join_type;
  const binder = makeBinder([left, right], context, {
    operator: (style) =>
      `Join ${joinWord(type)}${relation.join_condition ? `, ${printUnresolved(relation.join_condition, style)}` : ''}`,
  });
  if (relation.using_columns && relation.using_columns.length > 0)
    return usingJoin(relation.using_columns, type, left, right, binder);
  if (!relation.join_condition) return joinOver(left, right, type, undefined);
  const { condition, ignored } = joinCondition(relation.join_condition, left, right, binder);
  checkAmbiguousSelfJoin(binder, [left, right], ignored);
  if (condition.type.kind !== 'boolean')
    throw withPlanText(
      sparkError('JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE', {
        joinCondition: quotedExpression(condition, context),
        conditionType: `"${sqlTypeName(condition.type)}"`,
      }),
      binder.planText,
    );
  if (hasAggregate(condition))
    throw withPlanText(
      sparkError('JOIN_CONDITION_WITH_AGGREGATE', { condition: expressionText(condition, context) }),
      binder.planText,
    );
  const [l, r] = [withHidden(left, right, condition), withHidden(right, left, condition)];
  return joinOver(l, r, type, condition);
}

/** A side whose hidden USING key the condition reads shows it, unless the other side shows the same column: then that one is meant. */
function withHidden(side: AnalyzedRelation, other: AnalyzedRelation, condition: BoundExpression): AnalyzedRelation {
  const hidden = new Set(hiddenAttributes(side).map((attribute) => attribute.id));
  for (const attribute of other.output) hidden.delete(attribute.id);
  return exposeHidden(
    side,
    referencedAttributes(condition).filter((attribute) => hidden.has(attribute.id)),
  );
}

const asNullable = (attributes: readonly Attribute[]): readonly Attribute[] =>
  attributes.map((attribute) => (attribute.nullable ? attribute : { ...attribute, nullable: true }));

function joinOutput(left: readonly Attribute[], right: readonly Attribute[], type: JoinType): readonly Attribute[] {
  switch (type) {
    case 'inner':
    case 'cross':
      return [...left, ...right];
    case 'left_outer':
      return [...left, ...asNullable(right)];
    case 'right_outer':
      return [...asNullable(left), ...right];
    case 'full_outer':
      return [...asNullable(left), ...asNullable(right)];
    case 'left_semi':
    case 'left_anti':
      return left;
  }
}

function joinOver(
  left: AnalyzedRelation,
  right: AnalyzedRelation,
  joinType: JoinType,
  condition: BoundExpression | undefined,
): AnalyzedRelation {
  return {
    kind: 'join',
    left,
    right,
    joinType,
    ...(condition ? { condition } : {}),
    output: joinOutput(left.output, right.output, joinType),
    isStreaming: left.isStreaming || right.isStreaming,
    planIds: [],
  };
}

/**
 * `df.a == df.a` in a self join is trivially true as bound; Spark reads it as left = right instead, and so leaves it out of the ambiguity check.
 * The other conjuncts are bound as they are.
 */
function joinCondition(
  expression: Expression,
  left: AnalyzedRelation,
  right: AnalyzedRelation,
  binder: Binder,
): { readonly condition: BoundExpression; readonly ignored: ReadonlySet<FrameReference> } {
  const ignored = new Set<FrameReference>();
  const parts = conjuncts(expression, binder).map((part) => {
    const from = binder.frameReferences.length;
    const bound = bindExpression(part, binder);
    const references = binder.frameReferences.slice(from);
    const trivial = trivialEquality(bound, references);
    if (!trivial) return bound;
    const sides = [sideColumn(trivial, left, binder), sideColumn(trivial, right, binder)];
    const [l, r] = sides;
    if (!l || !r) return bound;
    for (const reference of references) ignored.add(reference);
    return callFunction(
      bound.kind === 'call' ? bound.name : '==',
      [attributeReference(l), attributeReference(r)],
      binder,
    );
  });
  return { condition: parts.length === 1 && parts[0] ? parts[0] : conjunction(parts), ignored };
}

function conjuncts(expression: Expression, binder: Binder): readonly Expression[] {
  const written = parsedForm(expression, binder.context);
  return written.kind === 'unresolved_function' && written.function_name.toLowerCase() === 'and'
    ? written.arguments.flatMap((part) => conjuncts(part, binder))
    : [written];
}

function trivialEquality(bound: BoundExpression, references: readonly FrameReference[]): Attribute | undefined {
  if (bound.kind !== 'call' || (bound.name !== '==' && bound.name !== '<=>') || references.length !== 2)
    return undefined;
  const [a, b] = bound.args;
  return a?.kind === 'attribute' && b?.kind === 'attribute' && a.attribute.id === b.attribute.id
    ? a.attribute
    : undefined;
}

const sideColumn = (attribute: Attribute, side: AnalyzedRelation, binder: Binder): Attribute | undefined =>
  side.output.find((candidate) => candidate.id === attribute.id) ??
  side.output.find((candidate) => sameName(candidate.name, attribute.name, binder.context.caseSensitive));

/** USING: keys first and once, then the rest; what is left out stays reachable as hidden columns. */
function usingJoin(
  names: readonly string[],
  type: JoinType,
  left: AnalyzedRelation,
  right: AnalyzedRelation,
  binder: Binder,
): AnalyzedRelation {
  const keys = names.map((name) => ({
    left: keyColumn(name, left, 'left', binder),
    right: keyColumn(name, right, 'right', binder),
  }));
  const condition = conjunction(
    keys.map((key) => callFunction('==', [attributeReference(key.left), attributeReference(key.right)], binder)),
  );
  const join = joinOver(left, right, type, condition);
  const shown = new Map(join.output.map((attribute) => [attribute.id, attribute]));
  const own = (attribute: Attribute): Attribute => shown.get(attribute.id) ?? attribute;
  const [leftKeys, rightKeys] = [new Set(keys.map((key) => key.left.id)), new Set(keys.map((key) => key.right.id))];
  const rest = join.output
    .filter((attribute) => !leftKeys.has(attribute.id) && !rightKeys.has(attribute.id))
    .map(passThrough);
  const keyItems = keys.map((key): ProjectItem => keyItem(own(key.left), own(key.right), type, binder));
  const items = [...keyItems, ...rest];
  const out = new Set(items.map((item) => item.output.id));
  const hidden = join.output.filter((attribute) => !out.has(attribute.id));
  return {
    kind: 'project',
    input: join,
    items,
    hidden,
    output: items.map((item) => item.output),
    isStreaming: join.isStreaming,
    planIds: [],
  };
}

function keyItem(left: Attribute, right: Attribute, type: JoinType, binder: Binder): ProjectItem {
  if (type === 'right_outer') return passThrough(right);
  if (type !== 'full_outer') return passThrough(left);
  return aliasItem(left.name, callFunction('coalesce', [attributeReference(left), attributeReference(right)], binder));
}

function keyColumn(name: string, side: AnalyzedRelation, word: 'left' | 'right', binder: Binder): Attribute {
  const found = side.output.find((attribute) => sameName(attribute.name, name, binder.context.caseSensitive));
  if (found) return found;
  const suggestion = side.output
    .map((attribute) => attribute.name)
    .sort()
    .map(backQuoted)
    .join(', ');
  throw sparkError('UNRESOLVED_USING_COLUMN_FOR_JOIN', { colName: backQuoted(name), side: word, suggestion });
}
