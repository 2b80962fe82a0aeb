import { booleanType, integerType, longType, stringType, voidType, type DataType } from '../core/data-type.ts';
import type { SparkValue } from '../core/spark-value.ts';
import { newAttributeId, type Attribute } from '../plan/attribute.ts';
import { caseBranch } from '../plan/case-branch.ts';
import type {
  BoundAttribute,
  BoundCall,
  BoundCase,
  BoundExpression,
  BoundField,
  BoundLiteral,
  ProjectItem,
} from '../plan/bound-expression.ts';

export const attributeReference = (attribute: Attribute): BoundAttribute => ({
  kind: 'attribute',
  attribute,
  type: attribute.type,
  nullable: attribute.nullable,
});

export const literal = (value: SparkValue, type: DataType): BoundLiteral => ({
  kind: 'literal',
  value,
  type,
  nullable: value === null,
});
export const stringLiteral = (value: string): BoundLiteral => literal(value, stringType);
export const integerLiteral = (value: number): BoundLiteral => literal(value, integerType);
export const longLiteral = (value: bigint): BoundLiteral => literal(value, longType);
export const nullLiteral = (type: DataType = voidType): BoundLiteral => literal(null, type);
const trueLiteral = literal(true, booleanType);

export const call = (
  name: string,
  args: readonly BoundExpression[],
  type: DataType,
  nullable = args.some((arg) => arg.nullable),
): BoundCall => ({ kind: 'call', name, args, type, nullable });

export const isNotNull = (child: BoundExpression): BoundCall => call('isnotnull', [child], booleanType, false);

/** Conjunction of any number of conditions; none is `true`. */
export const conjunction = (conditions: readonly BoundExpression[]): BoundExpression =>
  conditions.length === 0 ? trueLiteral : conditions.reduce((left, right) => call('and', [left, right], booleanType));

export const caseWhen = (when: BoundExpression, then: BoundExpression, otherwise?: BoundExpression): BoundCase => ({
  kind: 'case',
  branches: [caseBranch(when, then)],
  ...(otherwise ? { otherwise } : {}),
  type: then.type,
  nullable: then.nullable || (otherwise?.nullable ?? true),
});

export const structField = (child: BoundExpression, index: number, name: string): BoundField => {
  const found = child.type.kind === 'struct' ? child.type.fields[index] : undefined;
  if (!found) throw new Error(`internal error: no field ${index} in ${child.type.kind}`);
  return { kind: 'field', child, index, name, type: found.type, nullable: child.nullable || found.nullable };
};

/** A column that did not exist before. */
export const newAttribute = (name: string, type: DataType, nullable: boolean): Attribute => ({
  id: newAttributeId(),
  name,
  type,
  nullable,
  qualifier: [],
});

/** Passes a column on unchanged: same id, same tags. */
export const passThrough = (attribute: Attribute): ProjectItem => ({
  output: attribute,
  expression: attributeReference(attribute),
});

/** An alias: a new id; a plain column keeps its metadata and watermark under the new name. */
export function aliasItem(
  name: string,
  expression: BoundExpression,
  metadata?: Readonly<Record<string, unknown>>,
): ProjectItem {
  const source = expression.kind === 'attribute' ? expression.attribute : undefined;
  const kept = metadata ?? source?.metadata;
  const output: Attribute = {
    ...newAttribute(name, expression.type, expression.nullable),
    ...(source?.watermarkDelayMs === undefined ? {} : { watermarkDelayMs: source.watermarkDelayMs }),
    ...(kept && Object.keys(kept).length > 0 ? { metadata: kept } : {}),
  };
  return { output, expression };
}
