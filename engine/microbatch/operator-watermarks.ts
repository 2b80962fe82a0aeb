import { statefulOperators } from '../compile/compile-batch.ts';
import type { StatefulStep } from '../compile/compiled-step.ts';
import type { OutputMode } from '../api/sink.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { plansOfKind } from '../plan/walk-plan.ts';

/** The stateful operators that have a `withWatermark` somewhere below them: no watermark reaches the others. */
export function operatorsWithWatermark(plan: AnalyzedRelation, outputMode: OutputMode): ReadonlySet<number> {
  const found = [...statefulOperators(plan, outputMode)].filter(([node]) => plansOfKind(node, 'watermark').length > 0);
  return new Set(found.map(([, operator]) => operator));
}

/**
 * The watermark that reaches each stateful operator, by operator number, when `originMs` is the global one: the least of its inputs', 0 where there is none.
 */
export function operatorWatermarks(
  steps: readonly StatefulStep[],
  marked: ReadonlySet<number>,
  originMs: number,
): ReadonlyMap<number, number> {
  const inputs = new Map<number, number>();
  const outputs = new Map<number, number>();
  // Steps come in the order they run, so those towards the sources are first.
  for (const step of steps) {
    const below = [...step.below, ...(step.kind === 'join' ? [...step.left.below, ...step.right.below] : [])];
    const input = marked.has(step.operator)
      ? Math.min(originMs, ...below.flatMap((operator) => outputs.get(operator) ?? []))
      : 0;
    inputs.set(step.operator, input);
    if (marked.has(step.operator)) outputs.set(step.operator, outputWatermark(step, input));
  }
  return inputs;
}

/** A join lets rows out as late as its state keeps them; the other operators pass their watermark on. */
function outputWatermark(step: StatefulStep, inputMs: number): number {
  if (step.kind !== 'join') return inputMs;
  const kept = [step.left.evict, step.right.evict].flatMap((evict) =>
    evict === undefined ? [] : [inputMs + Math.floor(evict.shiftUs / 1000)],
  );
  return kept.length === 0 ? inputMs : Math.max(0, Math.min(...kept));
}
