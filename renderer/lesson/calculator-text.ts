import type { Texts } from '../text/texts.ts';
import { windowShare, type CalculatedWindows, type CalculatorProblem, type WindowSpec } from './window-calculator.ts';

const microsPerSecond = 1_000_000;
const microsPerDay = 86_400 * microsPerSecond;

/** How starts and ends are written: seconds only where some window has them, the date only where windows are a day long. */
export function writeBound({ spec, candidates }: CalculatedWindows): (micros: number) => string {
  const hasSeconds = candidates.some(({ startMicros, endMicros }) => hasParts(startMicros) || hasParts(endMicros));
  return (micros) => clockText(micros, hasSeconds, spec.sizeMicros >= microsPerDay);
}

export const writeInstant = ({ spec, atMicros }: CalculatedWindows): string =>
  clockText(atMicros, hasParts(atMicros), spec.sizeMicros >= microsPerDay);

const hasParts = (micros: number): boolean => micros % (60 * microsPerSecond) !== 0;

function clockText(micros: number, hasSeconds: boolean, hasDate: boolean): string {
  const at = new Date(Math.floor(micros / 1_000));
  const clock = [at.getHours(), at.getMinutes(), ...(hasSeconds ? [at.getSeconds()] : [])].map(padded).join(':');
  const fraction = ((micros % microsPerSecond) + microsPerSecond) % microsPerSecond;
  const date = hasDate ? `${at.getFullYear()}-${padded(at.getMonth() + 1)}-${padded(at.getDate())} ` : '';
  return `${date}${clock}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`}`;
}

const padded = (part: number): string => String(part).padStart(2, '0');

/** The length as a learner says it: `3 min`, `1 min 30 s`, `2 h`. */
export function spanText(micros: number, format: Texts['format']): string {
  const units = [
    ['d', microsPerDay],
    ['h', 3_600 * microsPerSecond],
    ['min', 60 * microsPerSecond],
  ] as const;
  let rest = Math.abs(micros);
  const parts: string[] = [];
  for (const [name, length] of units) {
    const whole = Math.floor(rest / length);
    if (whole > 0) parts.push(`${format.number(whole)} ${name}`);
    rest -= whole * length;
  }
  if (rest > 0 || parts.length === 0) parts.push(`${format.number(rest / microsPerSecond, 6)} s`);
  return parts.join(' ');
}

/** How many windows an instant falls into, whatever the instant. */
export function shareText(spec: WindowSpec, { calculator, format }: Texts): string {
  const { low, more } = windowShare(spec);
  return more === 0
    ? calculator.always(spanText(spec.sizeMicros, format), spanText(spec.slideMicros, format), low)
    : calculator.varies(low, Math.round(100 * more));
}

export function problemText(problem: CalculatorProblem, { calculator }: Texts): string {
  const { problems } = calculator;
  switch (problem.kind) {
    case 'span':
      return problems.span(problem.text);
    case 'months':
      return problems.months;
    case 'not-positive':
      return problems.notPositive;
    case 'slide-too-long':
      return problems.slideTooLong;
    case 'offset-too-long':
      return problems.offsetTooLong;
    case 'instant':
      return problems.instant(problem.text);
  }
}
