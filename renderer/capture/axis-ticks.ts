export type Axis = { readonly least: number; readonly greatest: number; readonly ticks: readonly number[] };

const mostSteps = 5;
const timeSteps = 3;

/** From zero, or from below it where values are, to the first round number above them. Between whole numbers there is no half one. */
export function numberAxis(values: readonly number[]): Axis {
  const [low, high] = rangeOf([0, ...values]);
  const least = values.every(Number.isInteger) ? 1 : 0;
  const step = Math.max(least, roundStep((high - low || 1) / mostSteps));
  const [first, last] = [Math.floor(low / step), Math.max(Math.ceil(high / step), Math.floor(low / step) + 1)];
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  return { least: first * step, greatest: last * step, ticks };
}

/** Between the first time and the last: a clock has no zero. */
export function timeAxis(values: readonly number[]): Axis {
  const [least, greatest] = rangeOf(values);
  if (least === greatest) return { least: least - 1, greatest: greatest + 1, ticks: [least] };
  const ticks = Array.from({ length: timeSteps + 1 }, (_, at) => least + ((greatest - least) * at) / timeSteps);
  return { least, greatest, ticks };
}

const rangeOf = (values: readonly number[]): readonly [number, number] => [
  values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  values.reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY),
];

/** 1, 2 or 5 times a power of ten, not less than asked. */
function roundStep(asked: number): number {
  const power = 10 ** Math.floor(Math.log10(asked));
  const factor = [1, 2, 5, 10].find((it) => it * power >= asked * (1 - 1e-9)) ?? 10;
  return factor * power;
}
