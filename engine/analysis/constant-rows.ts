import type { Row, SparkValue } from '../core/spark-value.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression, ProjectItem } from '../plan/bound-expression.ts';

/**
 * VALUES comes as a union of one-row selects, so that types widen as in Spark; where all values are literals of one type (or NULL) it is a single node
 * of rows. Frames of the learner's own are left as they are: columns are looked up in them.
 */
export function constantUnion(union: AnalyzedNode<'union'>): AnalyzedRelation | undefined {
  const rows = union.inputs.map(constantRows);
  if (rows.some((part) => part === undefined)) return undefined;
  const { output, isStreaming, planIds } = union;
  return { kind: 'local_rows', rows: rows.flatMap((part) => part ?? []), output, isStreaming, planIds };
}

function constantRows(plan: AnalyzedRelation): readonly Row[] | undefined {
  if (plan.planIds.length > 0 || plan.output.length === 0) return undefined;
  if (plan.kind === 'local_rows') return plan.rows;
  if (plan.kind !== 'project') return undefined;
  const { input, items } = plan;
  const below = input.kind === 'local_rows' && input.output.length === 0 ? input.rows : constantRows(input);
  const rows = below?.map((row) => constantRow(items, row, input.output));
  return rows?.some((row) => row === undefined) ? undefined : rows?.flatMap((row) => (row ? [row] : []));
}

function constantRow(items: readonly ProjectItem[], row: Row, columns: readonly Attribute[]): Row | undefined {
  const values = items.flatMap(({ expression }) => constant(expression, row, columns) ?? []);
  return values.length === items.length ? values.map(({ value }) => value) : undefined;
}

/** A literal, a value of the row, or a NULL in another type. */
function constant(
  expression: BoundExpression,
  row: Row,
  columns: readonly Attribute[],
): { readonly value: SparkValue } | undefined {
  if (expression.kind === 'literal') return { value: expression.value };
  if (expression.kind === 'attribute') {
    const index = columns.findIndex((column) => column.id === expression.attribute.id);
    return index < 0 ? undefined : { value: row[index] ?? null };
  }
  if (expression.kind !== 'cast') return undefined;
  const inner = constant(expression.child, row, columns);
  return inner?.value === null ? inner : undefined;
}
