import { sameType, type DataType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { ProjectItem } from '../plan/bound-expression.ts';
import { printPlanUnder } from '../plan/print-plan.ts';
import type { SetOperation } from '../plan/relation.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { withPlanText } from './binder.ts';
import { implicitCast } from './cast-expression.ts';
import { isOrderable } from './check-ordering.ts';
import { mergeNullability, widerType } from './common-type.ts';
import { constantUnion } from './constant-rows.ts';
import { withFreshAttributes } from './fresh-attributes.ts';
import { printContext } from './function-text.ts';
import { aliasItem, attributeReference, nullLiteral, passThrough } from './make-expression.ts';
import { nodeOver } from './relation-binder.ts';
import { sameName } from './scope.ts';

const words = { union: 'UNION', intersect: 'INTERSECT', except: 'EXCEPT' } as const;

/** `union`, `unionByName`, `intersect`, `subtract`, `exceptAll`: columns meet by position (or name) in their widest types. */
export function analyzeSetOperation(
  relation: SetOperation,
  left: AnalyzedRelation,
  written: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const operation = relation.set_op_type;
  const isAll = relation.is_all ?? operation === 'union';
  const byName = relation.by_name
    ? alignedByName(left, written, relation.allow_missing_columns ?? false, context)
    : { left, right: written };
  const right = (operation === 'union' ? withAliases : withFreshAttributes)(byName.right, byName.left.output);
  const planText = (): string =>
    printPlanUnder(
      `'${words[operation][0] ?? ''}${words[operation].slice(1).toLowerCase()} false, false`,
      [byName.left, right],
      printContext(context.zone),
    );
  checkWidth(words[operation] + (isAll && operation !== 'union' ? ' ALL' : ''), byName.left, right, planText);
  const types = commonTypes(
    words[operation] + (isAll && operation !== 'union' ? ' ALL' : ''),
    byName.left.output,
    right.output,
    context,
    planText,
  );
  const [l, r] = [inTypes(byName.left, types, context), inTypes(right, types, context)];
  if (operation === 'union') {
    const union: AnalyzedNode<'union'> = {
      kind: 'union',
      inputs: [l, r],
      output: unionOutput(l.output, r.output),
      isStreaming: l.isStreaming || r.isStreaming,
      planIds: [],
    };
    return isAll
      ? (constantUnion(union) ?? union)
      : {
          ...nodeOver(union),
          kind: 'deduplicate',
          input: union,
          keys: union.output,
          withinWatermark: false,
          isDistinct: true,
        };
  }
  refuseMaps([...l.output], planText);
  const output =
    operation === 'except'
      ? l.output
      : l.output.map((attribute, index) => ({
          ...attribute,
          nullable: attribute.nullable && (r.output[index]?.nullable ?? true),
        }));
  return {
    kind: operation,
    left: l,
    right: r,
    isAll,
    output,
    isStreaming: l.isStreaming || r.isStreaming,
    planIds: [],
  };
}

/** A union with itself renames the second side's columns: the stream below stays one source, where a join would read it as two. */
function withAliases(right: AnalyzedRelation, left: readonly Attribute[]): AnalyzedRelation {
  if (!right.output.some((attribute) => left.some((own) => own.id === attribute.id))) return right;
  return projectOf(
    right,
    right.output.map((attribute) => aliasItem(attribute.name, attributeReference(attribute))),
  );
}

const projectOf = (input: AnalyzedRelation, items: readonly ProjectItem[]): AnalyzedRelation => ({
  ...nodeOver(
    input,
    items.map((item) => item.output),
  ),
  kind: 'project',
  input,
  items,
});

/** The first side's ids, names and watermark; nullable where either side is. */
function unionOutput(left: readonly Attribute[], right: readonly Attribute[]): readonly Attribute[] {
  return left.map((attribute, index) => {
    const other = right[index];
    return other
      ? {
          ...attribute,
          type: mergeNullability(attribute.type, other.type),
          nullable: attribute.nullable || other.nullable,
        }
      : attribute;
  });
}

/** Spark refuses to compare maps for equality. */
export function refuseMaps(attributes: readonly Attribute[], planText: () => string): void {
  const map = attributes.find(
    (attribute) => !isOrderable(attribute.type) && attribute.type.kind !== 'calendar_interval',
  );
  if (map)
    throw withPlanText(
      sparkError('UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE', {
        colName: backQuoted(map.name),
        dataType: `"${sqlTypeName(map.type)}"`,
      }),
      planText,
    );
}

function checkWidth(operator: string, left: AnalyzedRelation, right: AnalyzedRelation, planText: () => string): void {
  if (left.output.length === right.output.length) return;
  const parameters = {
    operator,
    firstNumColumns: String(left.output.length),
    invalidOrdinalNum: 'second',
    invalidNumColumns: String(right.output.length),
  };
  throw withPlanText(sparkError('NUM_COLUMNS_MISMATCH', parameters), planText);
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function commonTypes(
  operator: string,
  left: readonly Attribute[],
  right: readonly Attribute[],
  context: AnalysisContext,
  planText: () => string,
): readonly DataType[] {
  return left.map((attribute, index) => {
    const other = right[index]?.type ?? attribute.type;
    const type = widerType(attribute.type, other, { strings: true, ansi: context.ansi });
    if (type) return type;
    const parameters = {
      operator,
      columnOrdinalNumber: ordinals[index] ?? `${index + 1}-th`,
      tableOrdinalNumber: 'second',
      dataType1: `"${sqlTypeName(other)}"`,
      dataType2: `"${sqlTypeName(attribute.type)}"`,
      hint: '',
    };
    throw withPlanText(sparkError('INCOMPATIBLE_COLUMN_TYPE', parameters), planText);
  });
}

/** A project that casts what needs it; the very same relation where nothing does. */
function inTypes(plan: AnalyzedRelation, types: readonly DataType[], context: AnalysisContext): AnalyzedRelation {
  if (plan.output.every((attribute, index) => sameType(attribute.type, types[index] ?? attribute.type))) return plan;
  const items: readonly ProjectItem[] = plan.output.map((attribute, index) => {
    const type = types[index] ?? attribute.type;
    if (sameType(attribute.type, type)) return passThrough(attribute);
    return aliasItem(attribute.name, implicitCast(attributeReference(attribute), type, context.ansi));
  });
  return projectOf(plan, items);
}

type Sides = { readonly left: AnalyzedRelation; readonly right: AnalyzedRelation };

/** Puts the right side's columns in the left side's order; missing ones become NULL where allowed. */
function alignedByName(
  left: AnalyzedRelation,
  right: AnalyzedRelation,
  allowMissing: boolean,
  context: AnalysisContext,
): Sides {
  const match = (name: string, attributes: readonly Attribute[]): Attribute | undefined =>
    attributes.find((attribute) => sameName(attribute.name, name, context.caseSensitive));
  const fromRight = left.output.map((attribute): ProjectItem => {
    const found = match(attribute.name, right.output);
    if (found) return passThrough(found);
    if (allowMissing) return aliasItem(attribute.name, nullLiteral(attribute.type));
    throw sparkError('_LEGACY_ERROR_TEMP_1201', {
      colName: attribute.name,
      fieldNames: right.output.map((own) => own.name).join(', '),
    });
  });
  const extra = allowMissing ? right.output.filter((attribute) => !match(attribute.name, left.output)) : [];
  const rightItems = [...fromRight, ...extra.map(passThrough)];
  if (!allowMissing && right.output.length !== left.output.length)
    return { left, right: projectOf(right, right.output.map(passThrough)) };
  const leftItems = [
    ...left.output.map(passThrough),
    ...extra.map((attribute) => aliasItem(attribute.name, nullLiteral(attribute.type))),
  ];
  return {
    left: extra.length === 0 ? left : projectOf(left, leftItems),
    right: projectOf(right, rightItems),
  };
}
