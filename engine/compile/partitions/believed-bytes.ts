import type { DataType } from '../../core/data-type.ts';
import type { AnalyzedRelation } from '../../plan/analyzed-relation.ts';
import type { Attribute } from '../../plan/attribute.ts';
import { planChildren } from '../../plan/plan-children.ts';

/** Bytes that Spark's planner expects of a relation (`SizeInBytesOnlyStatsPlanVisitor`): they decide what is broadcast. */
export function believedBytes(plan: AnalyzedRelation, leafBytes: (node: AnalyzedRelation) => number): number {
  const below = planChildren(plan).map((child) => believedBytes(child, leafBytes));
  const [first = 0, second = 0] = below;
  switch (plan.kind) {
    case 'source':
    case 'table':
    case 'local_rows':
    case 'range':
      return leafBytes(plan);
    case 'join':
      return plan.joinType === 'left_semi' || plan.joinType === 'left_anti' ? first : first * second;
    case 'union':
      return below.reduce((sum, bytes) => sum + bytes, 0);
    case 'intersect':
      return Math.min(first, second);
    case 'except':
      return first;
    case 'limit':
      return plan.count * rowBytes(plan.output);
    case 'expand':
      return first * plan.projections.length;
    case 'aggregate':
      return plan.grouping.length === 0 ? rowBytes(plan.output) : scaled(first, plan.input, plan);
    case 'project':
      return scaled(first, plan.input, plan);
    default:
      return first;
  }
}

const scaled = (bytes: number, from: AnalyzedRelation, to: AnalyzedRelation): number =>
  Math.max(1, (bytes * rowBytes(to.output)) / rowBytes(from.output));

/** Bytes of one row, as the planner takes them: eight and what a value of each type usually has. */
export const rowBytes = (columns: readonly Attribute[]): number =>
  columns.reduce((sum, { type }) => sum + typeBytes(type), 8);

const widths: Readonly<Partial<Record<DataType['kind'], number>>> = {
  boolean: 1,
  byte: 1,
  short: 2,
  integer: 4,
  float: 4,
  date: 4,
  string: 20,
  char: 20,
  varchar: 20,
  binary: 100,
  void: 1,
};

function typeBytes(type: DataType): number {
  switch (type.kind) {
    case 'decimal':
      return type.precision <= 18 ? 8 : 16;
    case 'array':
      return typeBytes(type.element);
    case 'map':
      return typeBytes(type.key) + typeBytes(type.value);
    case 'struct':
      return type.fields.reduce((sum, field) => sum + typeBytes(field.type), 0);
    default:
      return widths[type.kind] ?? 8;
  }
}
