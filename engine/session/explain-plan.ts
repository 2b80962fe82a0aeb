import { printContext } from '../analysis/function-text.ts';
import { printPlan } from '../plan/print-plan.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';

/** `explain(mode)`: Marea has one plan where Spark has four, and prints it under each heading. */
export function explainPlan(
  plan: AnalyzedRelation,
  mode: 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted',
  zone: string,
): string {
  const tree = printPlan(plan, printContext(zone));
  if (mode === 'extended')
    return ['Parsed Logical Plan', 'Analyzed Logical Plan', 'Optimized Logical Plan', 'Physical Plan']
      .map((heading) => `== ${heading} ==\n${tree}`)
      .join('\n');
  return `== Physical Plan ==\n${tree}`;
}
