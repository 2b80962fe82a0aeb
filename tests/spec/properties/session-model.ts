import type { OutputMode } from '../../../engine/api/sink.ts';
import { windowText, type Event, type QueryModel } from './event-time-model.ts';

type Session = { readonly start: number; readonly end: number; readonly count: number };

/** Sessions by user; each row brings its own gap, `n` minutes, and is left out where that is nothing. */
export function sessionModel(mode: OutputMode): QueryModel {
  const state = new Map<string, readonly Session[]>();
  return ({ rows, lateUs, evictUs }) => {
    // Late rows are dropped in complete mode too.
    const fresh = rows.flat().flatMap((event) => sessionOf(event).filter(({ session }) => session.end > lateUs));
    for (const { user, session } of fresh) state.set(user, merged([...(state.get(user) ?? []), session]));
    const all = [...state].flatMap(([user, sessions]) => sessions.map((session) => ({ user, session })));
    const closed = mode === 'complete' ? [] : all.filter(({ session }) => session.end <= evictUs);
    for (const [user, sessions] of mode === 'complete' ? [] : [...state])
      state.set(
        user,
        sessions.filter((session) => session.end > evictUs),
      );
    return {
      output: (mode === 'complete' ? all : closed).map(
        ({ user, session }) => `${windowText(session.start, session.end)} ${user} ${session.count}`,
      ),
      state: [all.length - closed.length],
    };
  };
}

/** The batch answer: every session of all rows. */
export const sessionsOf = (events: readonly Event[]): readonly string[] =>
  sessionModel('complete')({ rows: [events], lateUs: 0, evictUs: 0 }).output.toSorted();

const sessionOf = ({ at, user, n }: Event): readonly { readonly user: string; readonly session: Session }[] =>
  at === null || n === null || n <= 0
    ? []
    : [{ user: user ?? 'NULL', session: { start: at, end: at + n * 60_000_000, count: 1 } }];

/** Sessions that touch or overlap are one. */
function merged(sessions: readonly Session[]): readonly Session[] {
  const result: Session[] = [];
  for (const next of sessions.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last === undefined || next.start > last.end) result.push(next);
    else result.splice(-1, 1, { ...last, end: Math.max(last.end, next.end), count: last.count + next.count });
  }
  return result;
}
