import { durationMicros, parseIntervalString } from '../../engine/core/duration.ts';

/** Durations and instants in microseconds, as Spark counts them; instants since 1970 in UTC. */
export type WindowSpec = {
  readonly sizeMicros: number;
  readonly slideMicros: number;
  readonly offsetMicros: number;
};

export type CalculatorInput = {
  readonly size: string;
  readonly slide: string;
  readonly offset: string;
  readonly instant: string;
};

/** `ended`: its end is at the instant or before. */
export type CandidateWindow = {
  readonly startMicros: number;
  readonly endMicros: number;
  readonly relation: 'contains' | 'ended' | 'later';
};

export type CalculatedWindows = {
  readonly spec: WindowSpec;
  readonly atMicros: number;
  /** The windows that contain the instant and their nearest neighbours, by start. */
  readonly candidates: readonly CandidateWindow[];
  readonly containing: number;
};

export type CalculatorProblem =
  | { readonly kind: 'span'; readonly text: string }
  | { readonly kind: 'months' }
  | { readonly kind: 'not-positive' }
  | { readonly kind: 'slide-too-long' }
  | { readonly kind: 'offset-too-long' }
  | { readonly kind: 'instant'; readonly text: string };

export type Calculation =
  | { readonly kind: 'windows'; readonly windows: CalculatedWindows }
  | { readonly kind: 'problem'; readonly problem: CalculatorProblem };

/** More windows than these cannot be told apart; the number of all is said. */
const mostCandidates = 120;

/** The windows of `window(column, size, slide, offset)` around an instant. `today` gives a bare time its date; times are of this machine's zone. */
export function calculateWindows(input: CalculatorInput, today: Date): Calculation {
  const [size, slide, offset] = [spanOf(input.size), spanOf(input.slide), spanOf(input.offset)];
  const atMicros = instantOf(input.instant, today);
  if (typeof size !== 'number') return { kind: 'problem', problem: size };
  if (typeof slide !== 'number') return { kind: 'problem', problem: slide };
  if (typeof offset !== 'number') return { kind: 'problem', problem: offset };
  if (typeof atMicros !== 'number') return { kind: 'problem', problem: atMicros };
  const spec = { sizeMicros: size, slideMicros: slide, offsetMicros: offset };
  const problem = problemOf(spec);
  return problem === null ? { kind: 'windows', windows: windowsAround(spec, atMicros) } : { kind: 'problem', problem };
}

/** Spark's own conditions on the arguments of `window`. */
function problemOf({ sizeMicros, slideMicros, offsetMicros }: WindowSpec): CalculatorProblem | null {
  if (sizeMicros <= 0 || slideMicros <= 0) return { kind: 'not-positive' };
  if (slideMicros > sizeMicros) return { kind: 'slide-too-long' };
  return Math.abs(offsetMicros) >= slideMicros ? { kind: 'offset-too-long' } : null;
}

/**
 * Spark's rule: starts are whole slides after 1970-01-01 plus the offset; the latest start that is not after the instant, and as many before it as
 * a size has slides. The start belongs to the window, the end does not.
 */
function windowsAround(spec: WindowSpec, atMicros: number): CalculatedWindows {
  const { sizeMicros, slideMicros, offsetMicros } = spec;
  const intoSlide = (((atMicros - offsetMicros) % slideMicros) + slideMicros) % slideMicros;
  const latest = atMicros - intoSlide;
  const containing = Math.ceil((sizeMicros - intoSlide) / slideMicros);
  const shown = Math.min(containing, mostCandidates);
  // One that has ended and one that has not begun show where the edges are.
  const candidates = Array.from({ length: shown + 2 }, (_, position): CandidateWindow => {
    const startMicros = latest + (position - shown) * slideMicros;
    const endMicros = startMicros + sizeMicros;
    const relation = startMicros > atMicros ? 'later' : endMicros > atMicros ? 'contains' : 'ended';
    return { startMicros, endMicros, relation };
  });
  const areAllShown = shown === containing;
  return { spec, atMicros, candidates: areAllShown ? candidates : candidates.slice(1), containing };
}

/** How many windows an instant may fall into: always `low`, or `low + 1` for a share of the time. */
export function windowShare({ sizeMicros, slideMicros }: WindowSpec): { readonly low: number; readonly more: number } {
  return { low: Math.floor(sizeMicros / slideMicros), more: (sizeMicros % slideMicros) / slideMicros };
}

/** Microseconds of `3 minutes`, read by Spark's own rules for intervals. */
function spanOf(text: string): number | CalculatorProblem {
  try {
    const interval = parseIntervalString(text);
    return interval.months === 0 ? Number(durationMicros(interval)) : { kind: 'months' };
  } catch {
    return { kind: 'span', text: text.trim() };
  }
}

/** Microseconds of `11:45:50`, `11:45` or `2024-01-10 11:45:50.250`. */
function instantOf(text: string, today: Date): number | CalculatorProblem {
  const match = /^(?:(\d{4})-(\d{2})-(\d{2})[ T])?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/.exec(text.trim());
  const problem = { kind: 'instant', text: text.trim() } as const;
  if (match === null) return problem;
  const [, year, month, day, hour, minute, second = '0', fraction = ''] = match;
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23 || minutes > 59 || seconds > 59) return problem;
  const date =
    year === undefined
      ? new Date(today.getFullYear(), today.getMonth(), today.getDate(), hours, minutes, seconds)
      : new Date(Number(year), Number(month) - 1, Number(day), hours, minutes, seconds);
  if (day !== undefined && date.getDate() !== Number(day)) return problem;
  return date.getTime() * 1_000 + Number(fraction.padEnd(6, '0'));
}
