import fc from 'fast-check';
import type { Row } from '../../../engine/core/spark-value.ts';
import { at } from '../../support/streaming.ts';
import type { Arrival, Event } from './event-time-model.ts';

const base = Number(at('10:00'));
const secondUs = 1_000_000;

/** Twelve minutes and six half hours, so that ties are common; a microsecond more or less decides what equals a watermark in whole milliseconds. */
const eventTime: fc.Arbitrary<number> = fc
  .record({
    halfHour: fc.nat(5),
    minute: fc.nat(11),
    second: fc.constantFrom(0, 0, 0, 30, 59),
    us: fc.constantFrom(0, 0, 0, 1, 999, 1000),
  })
  .map(({ halfHour, minute, second, us }) => base + (halfHour * 1800 + minute * 60 + second) * secondUs + us);

const event: fc.Arbitrary<Event> = fc.record({
  at: fc.option(eventTime, { freq: 12 }),
  user: fc.constantFrom('ana', 'eva', 'leo', null),
  n: fc.option(fc.integer({ min: -2, max: 6 }), { freq: 8 }),
});

/** What arrives for each micro-batch, in order: late and out of order as it comes, some of them empty. */
export const arrivals = (streams: number, most = 12): fc.Arbitrary<readonly Arrival[]> =>
  fc.array(fc.tuple(...Array.from({ length: streams }, () => fc.array(event, { maxLength: 6 }))), {
    minLength: 1,
    maxLength: most,
  });

/** The same with restarts of the query between micro-batches. */
export const arrivalsAndRestarts = (streams: number): fc.Arbitrary<readonly (Arrival | 'restart')[]> =>
  fc
    .array(fc.tuple(arrivals(streams, 4), fc.boolean()), { minLength: 1, maxLength: 4 })
    .map((parts) =>
      parts.flatMap(([list, restarts]): readonly (Arrival | 'restart')[] => (restarts ? [...list, 'restart'] : list)),
    );

/** Patience in minutes; half of the times so much that nothing is late. */
export const patience = fc.constantFrom(0, 5, 20, 400, 400, 400).map((minutes) => minutes * 60_000);

/** A row of `clickSchema`. */
export const clickRow = ({ at: us, user, n }: Event): Row => [us === null ? null : BigInt(us), user, n];

/** A row of `visitSchema`: `n` is the gap in minutes. */
export const visitRow = ({ at, user, n }: Event): Row => [
  at === null ? null : BigInt(at),
  user,
  n === null ? null : BigInt(n) * 60_000_000n,
];

/** Later than every window, session and join bound here, whatever the patience. */
export const farAhead: Event = { at: base + 3 * 86_400 * secondUs, user: 'fin', n: 1 };
