import { clickText, type Event, type QueryModel } from './event-time-model.ts';

export type JoinKind = 'inner' | 'left_outer' | 'right_outer' | 'full_outer' | 'left_semi';
/** The right row comes from `fromUs` to `toUs` after the left one. */
export type TimeRange = { readonly fromUs: number; readonly toUs: number };

type Stored = { readonly event: Event; hasMatched: boolean };

const keepsSide = (kind: JoinKind, stream: number): boolean =>
  kind === 'full_outer' || kind === (stream === 0 ? 'left_outer' : 'right_outer');

/** Spark asks the columns of the condition not to be null on each side that is not preserved; for the key it does so before the watermark looks at the rows. */
export const reachesJoin =
  (kind: JoinKind) =>
  ({ user }: Event, stream: number): boolean =>
    user !== null || keepsSide(kind, stream);

/** Stream-stream join on `user` with a time range, step by step as Spark's two hash tables work. */
export function joinModel(kind: JoinKind, { fromUs, toUs }: TimeRange): QueryModel {
  const left: Stored[] = [];
  const right: Stored[] = [];
  const keepsLeft = keepsSide(kind, 0);
  const keepsRight = keepsSide(kind, 1);
  return ({ rows: [lefts = [], rights = []], lateUs, evictUs }) => {
    const output: string[] = [];
    // right ≤ left + to: a left row waits for right rows until the watermark has passed left + to, and one millisecond, Spark's rounding; the other side likewise.
    const leftCut = evictUs - toUs - 1000;
    const rightCut = evictUs + fromUs - 1000;
    const enters = ({ at }: Event, isPreserved: boolean): boolean => (at === null ? isPreserved : at > lateUs);
    const isPast = ({ at }: Event, cut: number): boolean => at !== null && at <= cut;
    for (const event of lefts.filter((one) => enters(one, keepsLeft))) {
      const partners = right.filter((one) => matches(event, one.event, fromUs, toUs));
      for (const partner of kind === 'left_semi' ? partners.slice(0, 1) : partners) {
        partner.hasMatched = true;
        output.push(kind === 'left_semi' ? clickText(event) : pairText(event, partner.event));
      }
      const isDone = kind === 'left_semi' && partners.length > 0;
      if (!isDone && (keepsLeft || !isPast(event, leftCut))) left.push({ event, hasMatched: partners.length > 0 });
    }
    for (const event of rights.filter((one) => enters(one, keepsRight))) {
      const partners = left.filter((one) => matches(one.event, event, fromUs, toUs));
      for (const partner of partners) {
        if (kind !== 'left_semi') output.push(pairText(partner.event, event));
        else if (!partner.hasMatched) output.push(clickText(partner.event));
        partner.hasMatched = true;
      }
      if (keepsRight || !isPast(event, rightCut)) right.push({ event, hasMatched: partners.length > 0 });
    }
    for (const one of takePast(left, leftCut))
      if (keepsLeft && !one.hasMatched) output.push(`${clickText(one.event)} NULL NULL NULL`);
    for (const one of takePast(right, rightCut))
      if (keepsRight && !one.hasMatched) output.push(`NULL NULL NULL ${clickText(one.event)}`);
    return { output, state: [left.length + right.length] };
  };
}

const matches = (left: Event, right: Event, fromUs: number, toUs: number): boolean =>
  left.user !== null &&
  left.user === right.user &&
  left.at !== null &&
  right.at !== null &&
  left.at + fromUs <= right.at &&
  right.at <= left.at + toUs;

const pairText = (left: Event, right: Event): string => `${clickText(left)} ${clickText(right)}`;

function takePast(rows: Stored[], cut: number): readonly Stored[] {
  const past = rows.filter(({ event }) => event.at !== null && event.at <= cut);
  for (const one of past) rows.splice(rows.indexOf(one), 1);
  return past;
}

/** The batch answer of the inner and the left outer join, rows without time left out as the stream never closes them. */
export function joinedRows(
  kind: 'inner' | 'left_outer',
  lefts: readonly Event[],
  rights: readonly Event[],
  { fromUs, toUs }: TimeRange,
): readonly string[] {
  return lefts
    .filter(({ at }) => at !== null)
    .flatMap((left) => {
      const pairs = rights.filter((right) => matches(left, right, fromUs, toUs)).map((right) => pairText(left, right));
      return pairs.length > 0 || kind === 'inner' ? pairs : [`${clickText(left)} NULL NULL NULL`];
    })
    .toSorted();
}
