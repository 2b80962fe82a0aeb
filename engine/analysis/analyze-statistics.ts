import { isNumeric, isStringLike, stringType, type DataType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression, ProjectItem } from '../plan/bound-expression.ts';
import { printUnresolved } from '../plan/print-unresolved.ts';
import type { UnpivotRelation } from '../plan/relation.ts';
import { aggregateOver } from './aggregate-over.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { nameParts } from './name-parts.ts';
import { callFunction } from './bind-function.ts';
import { findInScope, unresolvedColumn, withPlanText, type Binder } from './binder.ts';
import { explicitCast, implicitCast } from './cast-expression.ts';
import { widestType } from './common-type.ts';
import {
  aliasItem,
  attributeReference,
  integerLiteral,
  literal,
  newAttribute,
  nullLiteral,
  stringLiteral,
} from './make-expression.ts';
import { makeBinder, nodeOver } from './relation-binder.ts';
import { bindSelectList } from './select-items.ts';

const described = ['count', 'mean', 'stddev', 'min', 'max'];
const summarized = ['count', 'mean', 'stddev', 'min', '25%', '50%', '75%', 'max'];

/** `describe`: over all numeric and text columns when none is named. */
export function analyzeDescribe(
  cols: readonly string[],
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const binder = makeBinder([input], context, {
    operator: () => `Project [${cols.map((name) => `'${name}`).join(', ')}]`,
  });
  const columns = cols.map((name) => {
    const found = findInScope(nameParts(name), binder);
    if (!found) throw withPlanText(unresolvedColumn(nameParts(name), input.output), binder.planText);
    return found.attribute;
  });
  return statistics(columns.length > 0 ? columns : input.output, described, input, binder);
}

export function analyzeSummary(
  wanted: readonly string[],
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const binder = makeBinder([input], context, { operator: () => 'Summary' });
  return statistics(input.output, wanted.length > 0 ? wanted : summarized, input, binder);
}

/** One global aggregate, then one row for each statistic, everything as text. */
function statistics(
  candidates: readonly Attribute[],
  wanted: readonly string[],
  input: AnalyzedRelation,
  binder: Binder,
): AnalyzedRelation {
  const columns = candidates.filter((attribute) => isNumeric(attribute.type) || isStringLike(attribute.type));
  const cells = wanted.map((statistic) =>
    columns.map((attribute): ProjectItem =>
      aliasItem(`${statistic} ${attribute.name}`, statisticOf(statistic, attribute, binder)),
    ),
  );
  const aggregate = aggregateOver(input, [], cells.flat(), binder);
  const projections = cells.map((row, index) => [
    stringLiteral(wanted[index] ?? ''),
    ...row.map((item) => attributeReference(item.output)),
  ]);
  const output = [
    newAttribute('summary', stringType, true),
    ...columns.map((attribute) => newAttribute(attribute.name, stringType, true)),
  ];
  return { ...nodeOver(aggregate, output), kind: 'expand', input: aggregate, projections };
}

function statisticOf(statistic: string, attribute: Attribute, binder: Binder): BoundExpression {
  const own = attributeReference(attribute);
  const number = isStringLike(attribute.type) ? implicitCast(own, { kind: 'double' }, false) : own;
  const asText = (value: BoundExpression): BoundExpression => explicitCast(value, stringType, 'legacy');
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(statistic);
  if (percent)
    return asText(
      callFunction(
        'percentile_approx',
        [number, literal(Number(percent[1]) / 100, { kind: 'double' }), integerLiteral(10_000)],
        binder,
      ),
    );
  switch (statistic) {
    case 'count':
    case 'min':
    case 'max':
      return asText(callFunction(statistic, [own], binder));
    case 'mean':
    case 'stddev':
      return asText(callFunction(statistic === 'mean' ? 'avg' : 'stddev', [number], binder));
    case 'count_distinct':
    case 'approx_count_distinct':
      return asText(callFunction('approx_count_distinct', [own], binder));
    default:
      throw sparkError('UNKNOWN_STATISTIC', { statistic });
  }
}

/** `unpivot`/`melt`: one row for each value column; identifiers repeat. Rows with NULL values stay. */
export function analyzeUnpivot(
  relation: UnpivotRelation,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const binder = makeBinder([input], context, {
    operator: (style) => `Unpivot ArraySeq(${relation.ids.map((id) => printUnresolved(id, style)).join(', ')})`,
  });
  const ids = bindSelectList(relation.ids, input, binder).items;
  const chosen = relation.values ? bindSelectList(relation.values, input, binder).items : restOf(input, ids);
  if (chosen.length === 0) throw withPlanText(sparkError('UNPIVOT_REQUIRES_VALUE_COLUMNS', {}), binder.planText);
  const type = valueType(chosen, binder);
  const projections = chosen.map((item) => [
    ...ids.map((id) => id.expression),
    stringLiteral(item.output.name),
    item.expression.kind === 'literal' && item.expression.value === null
      ? nullLiteral(type)
      : implicitCast(item.expression, type, context.ansi),
  ]);
  const output = [
    ...ids.map((id) => id.output),
    newAttribute(relation.variable_column_name, stringType, false),
    newAttribute(
      relation.value_column_name,
      type,
      chosen.some((item) => item.expression.nullable),
    ),
  ];
  return { ...nodeOver(input, output), kind: 'expand', input, projections };
}

const restOf = (input: AnalyzedRelation, ids: readonly ProjectItem[]): readonly ProjectItem[] => {
  const used = new Set(ids.map((item) => item.output.id));
  return input.output
    .filter((attribute) => !used.has(attribute.id))
    .map((attribute) => ({ output: attribute, expression: attributeReference(attribute) }));
};

function valueType(items: readonly ProjectItem[], binder: Binder): DataType {
  const type = widestType(
    items.map((item) => item.expression.type),
    { strings: false, ansi: binder.context.ansi },
  );
  if (type) return type;
  const types = items
    .map((item) => `"${sqlTypeName(item.expression.type)}" (${backQuoted(item.output.name)})`)
    .sort()
    .join(', ');
  throw withPlanText(sparkError('UNPIVOT_VALUE_DATA_TYPE_MISMATCH', { types }), binder.planText);
}
