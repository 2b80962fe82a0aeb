import { clickText, type Event, type QueryModel } from './event-time-model.ts';

/** How long `dropDuplicates` remembers a key: for ever, until its own event time has passed, or for the delay after its first row. */
export type Memory = 'for_ever' | 'event_time' | 'within_watermark';

/** The first row of each key goes out; keys are forgotten as `memory` says. */
export function deduplicateModel(memory: Memory, delayMs: number): QueryModel {
  const dies = new Map<string, number | null>();
  return ({ rows, lateUs, evictUs }) => {
    const output: string[] = [];
    for (const event of rows.flat()) {
      const key = memory === 'event_time' ? `${event.user} ${event.at}` : String(event.user);
      if ((event.at !== null && event.at <= lateUs) || dies.has(key)) continue;
      output.push(clickText(event));
      dies.set(
        key,
        { for_ever: null, event_time: event.at, within_watermark: (event.at ?? 0) + delayMs * 1000 }[memory],
      );
    }
    for (const [key, us] of dies) if (us !== null && us <= evictUs) dies.delete(key);
    return { output, state: [dies.size] };
  };
}

/** The batch answer. */
export function firstRows(events: readonly Event[], memory: 'for_ever' | 'event_time'): readonly string[] {
  return deduplicateModel(memory, 0)({ rows: [events], lateUs: -1, evictUs: -1 }).output.toSorted();
}
