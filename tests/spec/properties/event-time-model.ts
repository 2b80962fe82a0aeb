/** Event time in microseconds: small enough for a number. */
export type Event = { readonly at: number | null; readonly user: string | null; readonly n: number | null };

/** The rows of one micro-batch, by stream. */
export type Arrival = readonly (readonly Event[])[];

export type ModelBatch = {
  readonly rows: Arrival;
  /** The watermark of the batch before: what is not after it is late. */
  readonly lateUs: number;
  /** The watermark of this batch: what is not after it can change no more. */
  readonly evictUs: number;
};
/** `state`: rows that each stateful operator still holds after the batch. */
export type ModelAnswer = { readonly output: readonly string[]; readonly state: readonly number[] };
/** What a query does with one micro-batch, written from Spark's rules and not from the engine's code. */
export type QueryModel = (batch: ModelBatch) => ModelAnswer;

export type PlayedBatch = ModelAnswer & { readonly watermarkMs: number };

export type Timing = {
  /** Delay of the watermark of each stream; none: the query has no watermark. */
  readonly delaysMs: readonly number[];
  readonly policy: 'min' | 'max';
  /** The query wants a batch without data when the watermark has moved, and the conf lets it have one. */
  readonly hasNoDataBatches: boolean;
  /** Rows that a filter below the watermark lets through; all of them unless said. */
  readonly reaches?: (event: Event, stream: number) => boolean;
};

/** Spark's timeline, one entry for each executed batch. */
export function playTimeline(
  arrivals: readonly (Arrival | 'restart')[],
  timing: Timing,
  query: QueryModel,
): readonly PlayedBatch[] {
  const played: PlayedBatch[] = [];
  const nodes = timing.delaysMs.map((): number | undefined => undefined);
  let previous = 0;
  let current = 0;
  const runBatch = (arrival: Arrival): void => {
    const rows = arrival.map((events, stream) => events.filter((event) => timing.reaches?.(event, stream) ?? true));
    const answer = query({ rows, lateUs: previous * 1000, evictUs: current * 1000 });
    played.push({ ...answer, output: answer.output.toSorted(), watermarkMs: current });
    previous = current;
    current = Math.max(current, nextWatermark(nodes, rows, timing));
  };
  for (const arrival of arrivals) {
    // What each stream has reached is not in the checkpoint, only the watermark is.
    if (arrival === 'restart') nodes.fill(undefined);
    else {
      runBatch(arrival);
      if (timing.hasNoDataBatches && current > previous) runBatch(arrival.map(() => []));
    }
  }
  return played;
}

function nextWatermark(nodes: (number | undefined)[], rows: Arrival, { delaysMs, policy }: Timing): number {
  delaysMs.forEach((delayMs, stream) => {
    // A row without time counts as 1970.
    const times = (rows[stream] ?? []).map((event) => Math.floor((event.at ?? 0) / 1000) - delayMs);
    nodes[stream] = times.length > 0 ? Math.max(nodes[stream] ?? -Infinity, ...times) : (nodes[stream] ?? 0);
  });
  const known = nodes.map((node) => node ?? 0);
  return (policy === 'min' ? Math.min : Math.max)(...known);
}

/** A time as the tests' sink writes it. */
export function timeText(us: number | null): string {
  if (us === null) return 'NULL';
  const fraction = String(((us % 1_000_000) + 1_000_000) % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const seconds = new Date(Math.floor(us / 1_000_000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return fraction === '' ? seconds : `${seconds}.${fraction}`;
}

export const windowText = (start: number, end: number): string => `{${timeText(start)}, ${timeText(end)}}`;

export const clickText = ({ at, user, n }: Event): string => `${timeText(at)} ${user ?? 'NULL'} ${n ?? 'NULL'}`;
