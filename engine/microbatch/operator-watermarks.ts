import type { StatefulStep } from '../compile/compiled-step.ts';

/** The watermark that reaches each stateful operator, by operator number, when `originMs` is the global one. */
export function operatorWatermarks(steps: readonly StatefulStep[], originMs: number): ReadonlyMap<number, number> {
  const inputs = new Map<number, number>();
  const outputs = new Map<number, number>();
  // Steps come in the order they run, so those towards the sources are first.
  for (const step of steps) {
    const below = [...step.below, ...(step.kind === 'join' ? [...step.left.below, ...step.right.below] : [])];
    const input = Math.min(originMs, ...below.map((operator) => outputs.get(operator) ?? originMs));
    inputs.set(step.operator, input);
    outputs.set(step.operator, outputWatermark(step, input));
  }
  return inputs;
}

/** A join lets rows out as late as its state keeps them; the other operators pass their watermark on. */
function outputWatermark(step: StatefulStep, inputMs: number): number {
  if (step.kind !== 'join') return inputMs;
  const kept = [step.left.evict, step.right.evict].flatMap((evict) => (evict === undefined ? [] : [inputMs + Math.floor(evict.shiftUs / 1000)]));
  return kept.length === 0 ? inputMs : Math.max(0, Math.min(...kept));
}
