import { booleanType, doubleType, integerType, isNumeric, isStringLike, sameType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression, BoundLiteral } from '../plan/bound-expression.ts';
import { caseBranch } from '../plan/case-branch.ts';
import type { Literal } from '../plan/expression.ts';
import type { NaReplace, Relation } from '../plan/relation.ts';
import { projectOver } from './analyze-project.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { bindLiteral } from './bind-literal.ts';
import { explicitCast, implicitCast } from './cast-expression.ts';
import {
  aliasItem,
  attributeReference,
  call,
  caseWhen,
  integerLiteral,
  isNotNull,
  nullLiteral,
  passThrough,
} from './make-expression.ts';
import { nodeOver } from './relation-binder.ts';
import { sameName } from './scope.ts';

type FillNa = Extract<Relation, { kind: 'fill_na' }>;
type DropNa = Extract<Relation, { kind: 'drop_na' }>;

function column(name: string, input: AnalyzedRelation, context: AnalysisContext): Attribute {
  const found = input.output.find((attribute) => sameName(attribute.name, name, context.caseSensitive));
  if (found) return found;
  const proposal = input.output
    .slice(0, 5)
    .map((attribute) => backQuoted(attribute.name))
    .join(', ');
  throw sparkError('UNRESOLVED_COLUMN.WITH_SUGGESTION', { objectName: backQuoted(name), proposal });
}

const isFloat = (attribute: Attribute): boolean => attribute.type.kind === 'float' || attribute.type.kind === 'double';

/** `fillna`: only columns of the value's own family are filled; NaN counts as missing in float and double columns. */
export function analyzeFillNa(relation: FillNa, input: AnalyzedRelation, context: AnalysisContext): AnalyzedRelation {
  const names = relation.cols.map((name) => column(name, input, context).id);
  const valueFor = (attribute: Attribute): Literal | undefined => {
    if (relation.cols.length === 0) return relation.values[0];
    const position = names.indexOf(attribute.id);
    return position < 0 ? undefined : (relation.values[relation.values.length === 1 ? 0 : position] ?? undefined);
  };
  return projectOver(
    input,
    input.output.map((attribute) => {
      const value = valueFor(attribute);
      const bound = value && bindLiteral(value);
      return bound && sameFamily(attribute, bound)
        ? aliasItem(attribute.name, filled(attribute, bound))
        : passThrough(attribute);
    }),
  );
}

const sameFamily = (attribute: Attribute, value: BoundLiteral): boolean =>
  (isNumeric(attribute.type) && isNumeric(value.type)) ||
  (isStringLike(attribute.type) && isStringLike(value.type)) ||
  (attribute.type.kind === 'boolean' && value.type.kind === 'boolean');

function filled(attribute: Attribute, value: BoundLiteral): BoundExpression {
  const own = attributeReference(attribute);
  const present = isFloat(attribute)
    ? caseWhen(call('isnan', [own], booleanType, false), nullLiteral(attribute.type), own)
    : own;
  const replacement = sameType(value.type, attribute.type) ? value : explicitCast(value, attribute.type, 'legacy');
  return call('coalesce', [present, replacement], attribute.type, present.nullable && replacement.nullable);
}

/** `dropna`: keeps rows with at least `min_non_nulls` present values (all of them when absent). */
export function analyzeDropNa(relation: DropNa, input: AnalyzedRelation, context: AnalysisContext): AnalyzedRelation {
  const columns = relation.cols.length > 0 ? relation.cols.map((name) => column(name, input, context)) : input.output;
  const present = columns.map(isPresent);
  const needed = relation.min_non_nulls ?? present.length;
  return { ...nodeOver(input), kind: 'filter', input, condition: atLeast(needed, present) };
}

function isPresent(attribute: Attribute): BoundExpression {
  const own = attributeReference(attribute);
  const notNull = isNotNull(own);
  return isFloat(attribute)
    ? call(
        'and',
        [notNull, call('not', [call('isnan', [own], booleanType, false)], booleanType, false)],
        booleanType,
        false,
      )
    : notNull;
}

/** Counted, as Spark does even when all must be present: no source can test it. */
function atLeast(needed: number, present: readonly BoundExpression[]): BoundExpression {
  const ones = present.map((condition): BoundExpression => caseWhen(condition, integerLiteral(1), integerLiteral(0)));
  const sum = ones.reduce((left, right) => call('+', [left, right], integerType, false), integerLiteral(0));
  return call('>=', [sum, integerLiteral(needed)], booleanType, false);
}

/** `replace`: CASE over the old values in the columns of their family. */
export function analyzeReplace(
  relation: NaReplace,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const chosen =
    relation.cols.length > 0 ? new Set(relation.cols.map((name) => column(name, input, context).id)) : undefined;
  return projectOver(
    input,
    input.output.map((attribute) => {
      const [first] = relation.replacements;
      const family = first && sameFamily(attribute, bindLiteral(first.old_value));
      if (!family || (chosen && !chosen.has(attribute.id))) return passThrough(attribute);
      return aliasItem(attribute.name, replaced(attribute, relation));
    }),
  );
}

function replaced(attribute: Attribute, relation: NaReplace): BoundExpression {
  const own = attributeReference(attribute);
  const branches = relation.replacements.map(({ old_value: oldValue, new_value: newValue }) => {
    const [old, next] = [bindLiteral(oldValue), bindLiteral(newValue)];
    const compared = isNumeric(attribute.type) ? implicitCast(own, doubleType, false) : own;
    return caseBranch(
      call('==', [compared, implicitCast(old, compared.type, false)], booleanType),
      implicitCast(next, attribute.type, false),
    );
  });
  const nullable = own.nullable || branches.some((branch) => branch.then.nullable);
  return { kind: 'case', branches, otherwise: own, type: attribute.type, nullable };
}
