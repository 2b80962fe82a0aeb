/** One measured number and what it must be; without a target it is only reported. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: { readonly kind: 'at most' | 'at least'; readonly value: number };
};

const prefix = 'figure ';

/** Tells `run.mjs`, which reads this program's output line by line. */
export function report(figure: Figure): void {
  console.log(`${prefix}${JSON.stringify(figure)}`);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Nearest rank: one of the values. Throws for an empty list: nothing was measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
