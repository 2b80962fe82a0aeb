import { windowText, timeText, type Event, type ModelBatch, type QueryModel } from './event-time-model.ts';
import type { OutputMode } from '../../../engine/api/sink.ts';

/** One group that a row belongs to. `closesAt` null: never. */
export type Group = { readonly key: string; readonly closesAt: number | null };

type Totals = Group & { readonly count: number; readonly sum: number | null };

/** `groupBy(…).agg(count, sum(n))`: each group appears as its mode says, and goes when the watermark has passed it. */
export function groupModel(groupsOf: (event: Event) => readonly Group[], mode: OutputMode): QueryModel {
  const state = new Map<string, Totals>();
  return ({ rows, lateUs, evictUs }) => {
    const touched = new Set<string>();
    for (const event of rows.flat())
      for (const group of groupsOf(event)) {
        if (mode !== 'complete' && group.closesAt !== null && group.closesAt <= lateUs) continue;
        touched.add(group.key);
        state.set(group.key, plus(state.get(group.key) ?? { ...group, count: 0, sum: null }, event));
      }
    const all = [...state.values()];
    const closed = all.filter((group) => mode !== 'complete' && group.closesAt !== null && group.closesAt <= evictUs);
    const shown = { append: closed, update: all.filter((group) => touched.has(group.key)), complete: all }[mode];
    for (const group of closed) state.delete(group.key);
    return { output: shown.map(totalsText), state: [state.size] };
  };
}

const plus = (totals: Totals, { n }: Event): Totals => ({
  ...totals,
  count: totals.count + 1,
  sum: n === null ? totals.sum : (totals.sum ?? 0) + n,
});

const totalsText = ({ key, count, sum }: Totals): string => `${key} ${count} ${sum ?? 'NULL'}`;

/** The batch answer: every row counted, nothing late. */
export function batchAnswer(events: readonly Event[], groupsOf: (event: Event) => readonly Group[]): readonly string[] {
  const all = { rows: [events], lateUs: 0, evictUs: 0 };
  return groupModel(groupsOf, 'complete')(all).output.toSorted();
}

/** Every window that holds the row, found by looking at each possible start. */
export function windowsOf(at: number, widthUs: number, slideUs: number): readonly (readonly [number, number])[] {
  const first = Math.floor((at - widthUs) / slideUs) * slideUs;
  const starts = Array.from({ length: Math.ceil(widthUs / slideUs) + 2 }, (_, index) => first + index * slideUs);
  return starts.filter((start) => start <= at && at < start + widthUs).map((start) => [start, start + widthUs]);
}

export const byWindowAndUser =
  (widthUs: number, slideUs: number) =>
  ({ at, user }: Event): readonly Group[] =>
    at === null
      ? []
      : windowsOf(at, widthUs, slideUs).map(([start, end]) => ({
          key: `${windowText(start, end)} ${user ?? 'NULL'}`,
          closesAt: end,
        }));

export const byTimeAndUser = ({ at, user }: Event): readonly Group[] => [
  { key: `${timeText(at)} ${user ?? 'NULL'}`, closesAt: at },
];

export const byUser = ({ user }: Event): readonly Group[] => [{ key: user ?? 'NULL', closesAt: null }];

/** Counts by user in windows, then how many of those counts, and clicks, fall into wider windows. */
export function chainedModel(innerUs: number, outerUs: number): QueryModel {
  const inner = new Map<string, { readonly end: number; readonly user: string | null; count: number }>();
  const outer = new Map<string, { readonly start: number; rows: number; clicks: number }>();
  return ({ rows, lateUs, evictUs }: ModelBatch) => {
    for (const { at, user } of rows.flat())
      for (const [start, end] of at === null ? [] : windowsOf(at, innerUs, innerUs)) {
        if (end <= lateUs) continue;
        const key = `${start} ${user}`;
        const group = inner.get(key) ?? { end, user, count: 0 };
        group.count += 1;
        inner.set(key, group);
      }
    for (const [key, { end, count }] of inner) {
      if (end > evictUs) continue;
      inner.delete(key);
      for (const [start] of windowsOf(end - 1, outerUs, outerUs)) {
        const group = outer.get(String(start)) ?? { start, rows: 0, clicks: 0 };
        group.rows += 1;
        group.clicks += count;
        outer.set(String(start), group);
      }
    }
    const closed = [...outer.values()].filter((group) => group.start + outerUs <= evictUs);
    for (const group of closed) outer.delete(String(group.start));
    return {
      output: closed.map((group) => `${windowText(group.start, group.start + outerUs)} ${group.rows} ${group.clicks}`),
      // Progress names the operator nearest to the sink first.
      state: [outer.size, inner.size],
    };
  };
}
