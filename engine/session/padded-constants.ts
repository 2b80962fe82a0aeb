import type { BatchSource } from '../api/source.ts';
import { paddedText } from '../core/character-padding.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { AttributeId } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';

const comparisons: ReadonlySet<string> = new Set(['=', '==', '<=>', '!=', '<', '<=', '>', '>=', 'in']);

/** Text constants as long as the columns of fixed length that they are compared with: Spark's `ApplyCharTypePadding`. */
export function withPaddedConstants(
  condition: BoundExpression,
  node: AnalyzedNode<'source'>,
  { schema, paddedColumns }: BatchSource,
): BoundExpression {
  if (paddedColumns === undefined || paddedColumns.size === 0) return condition;
  const lengths = new Map<AttributeId, number>();
  node.output.forEach(({ id }, i) => {
    const length = paddedColumns.get(schema.fields[i]?.name ?? '');
    if (length !== undefined) lengths.set(id, length);
  });
  return rewriteExpression(condition, (part) => {
    if (part.kind !== 'call' || !comparisons.has(part.name)) return undefined;
    const column = part.args.find((arg) => arg.kind === 'attribute');
    const length = column && lengths.get(column.attribute.id);
    return length === undefined ? undefined : { ...part, args: part.args.map((arg) => padded(arg, length)) };
  });
}

const padded = (arg: BoundExpression, length: number): BoundExpression =>
  arg.kind === 'literal' && typeof arg.value === 'string' ? { ...arg, value: paddedText(arg.value, length) } : arg;
