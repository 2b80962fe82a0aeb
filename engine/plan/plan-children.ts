import { assertNever } from '../core/assert-never.ts';
import type { AnalyzedRelation } from './analyzed-relation.ts';

/** The relations a node reads, left to right. */
export function planChildren(plan: AnalyzedRelation): readonly AnalyzedRelation[] {
  switch (plan.kind) {
    case 'source':
    case 'table':
    case 'local_rows':
    case 'range':
      return [];
    case 'join':
    case 'intersect':
    case 'except':
      return [plan.left, plan.right];
    case 'union':
      return plan.inputs;
    case 'project':
    case 'filter':
    case 'time_window':
    case 'session_window':
    case 'watermark':
    case 'generate':
    case 'expand':
    case 'aggregate':
    case 'deduplicate':
    case 'sort':
    case 'limit':
    case 'offset':
    case 'tail':
    case 'sample':
    case 'subquery_alias':
    case 'repartition':
    case 'hint':
      return [plan.input];
    default:
      return assertNever(plan, 'relation');
  }
}

/** The same node over other inputs, as many as it had; `output` is kept. */
export function withChildren(plan: AnalyzedRelation, children: readonly AnalyzedRelation[]): AnalyzedRelation {
  const [first, second] = children;
  switch (plan.kind) {
    case 'source':
    case 'table':
    case 'local_rows':
    case 'range':
      return plan;
    case 'join':
    case 'intersect':
    case 'except':
      return { ...plan, left: first ?? plan.left, right: second ?? plan.right };
    case 'union':
      return { ...plan, inputs: children };
    default:
      return { ...plan, input: first ?? plan.input };
  }
}
