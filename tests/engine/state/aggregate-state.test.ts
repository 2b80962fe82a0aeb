import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutputMode } from '../../../engine/api/sink.ts';
import {
  aggregate,
  clickSchema,
  countRows,
  minutesUs,
  stream,
  sumOf,
  timeWindow,
  withWatermark,
} from '../../support/analyzed-plans.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import { add, at, perform, restart, run, runSteps, type Step, type StreamUnderTest } from '../../support/streaming.ts';

type Event = { readonly minute: number; readonly user: string | null; readonly n: number };

const base = at('10:00');
const row = (event: Event): readonly [bigint, string | null, number] => [
  base + BigInt(event.minute) * 60_000_000n,
  event.user,
  event.n,
];
const text = (us: bigint): string => new Date(Number(us / 1000n)).toISOString().slice(0, 19).replace('T', ' ');

/** The batch answer: every window of every row, counted and summed. */
function batchAnswer(events: readonly Event[], windowMinutes: number, slideMinutes: number): readonly string[] {
  const groups = new Map<string, { count: number; sum: number }>();
  for (const event of events) {
    const [us] = row(event);
    const slide = BigInt(minutesUs(slideMinutes));
    const width = BigInt(minutesUs(windowMinutes));
    for (let start = us - (us % slide); start + width > us; start -= slide) {
      const key = `{${text(start)}, ${text(start + width)}} ${event.user ?? 'NULL'}`;
      const group = groups.get(key) ?? { count: 0, sum: 0 };
      groups.set(key, { count: group.count + 1, sum: group.sum + event.n });
    }
  }
  return [...groups].map(([key, group]) => `${key} ${group.count} ${group.sum}`).toSorted();
}

/** Patience longer than the whole input: nothing is late, so any split into batches must give the batch answer. */
function query(outputMode: OutputMode, windowMinutes: number, slideMinutes: number): StreamUnderTest {
  const plan = () => {
    const windowed = timeWindow(
      withWatermark(stream(0, clickSchema), 'at', minutesUs(300) / 1000),
      'at',
      minutesUs(windowMinutes),
      minutesUs(slideMinutes),
    );
    return aggregate(windowed, ['window', 'user'], { count: countRows(), n: sumOf(windowed, 'n') });
  };
  return { plan, streams: [new MemoryStream(clickSchema)], outputMode };
}

const events = fc.array(
  fc.record({
    minute: fc.integer({ min: 0, max: 200 }),
    user: fc.constantFrom('ana', 'eva', null),
    n: fc.integer({ min: -5, max: 5 }),
  }),
  { minLength: 1, maxLength: 30 },
);
const splits = fc.array(fc.record({ size: fc.integer({ min: 1, max: 8 }), restarts: fc.boolean() }), {
  minLength: 1,
  maxLength: 8,
});
const windows = fc.constantFrom([10, 10], [10, 5], [15, 10], [7, 3]) as fc.Arbitrary<readonly [number, number]>;

function feed(
  rows: readonly Event[],
  parts: readonly { readonly size: number; readonly restarts: boolean }[],
): readonly Step[] {
  const steps: Step[] = [];
  let from = 0;
  for (let part = 0; from < rows.length; part += 1) {
    const { size, restarts } = parts[part % parts.length]!;
    steps.push(add(...rows.slice(from, from + size).map(row)), run);
    if (restarts) steps.push(restart);
    from += size;
  }
  return steps;
}

describe('aggregate state', () => {
  test('append mode gives the batch answer for any split into batches, restarts included', async () => {
    await fc.assert(
      fc.asyncProperty(events, splits, windows, async (rows, parts, [width, slide]) => {
        await runSteps(query('append', width, slide), [
          ...feed(rows, parts),
          // Far enough ahead to close every window.
          add(row({ minute: 1000, user: 'end', n: 0 })),
          run,
          perform((world) => {
            const shown = [...world.delivered.values()].flat().toSorted();
            expect(shown).toEqual(batchAnswer(rows, width, slide));
          }),
        ]);
      }),
      { numRuns: 12 },
    );
  });

  test('the newest answer of update mode for each window is the batch answer', async () => {
    await fc.assert(
      fc.asyncProperty(events, splits, windows, async (rows, parts, [width, slide]) => {
        await runSteps(query('update', width, slide), [
          ...feed(rows, parts),
          perform((world) => {
            const newest = new Map<string, string>();
            for (const line of [...world.delivered].toSorted(([a], [b]) => a - b).flatMap(([, lines]) => lines))
              newest.set(line.replace(/ -?\d+ -?\d+$/, ''), line);
            expect([...newest.values()].toSorted()).toEqual(batchAnswer(rows, width, slide));
          }),
        ]);
      }),
      { numRuns: 12 },
    );
  });

  test('the number of state rows is the number of groups, however they came in', async () => {
    await fc.assert(
      fc.asyncProperty(events, splits, windows, async (rows, parts, [width, slide]) => {
        await runSteps(query('complete', width, slide), [
          ...feed(
            rows,
            parts.map((part) => ({ ...part, restarts: false })),
          ),
          perform((world) => {
            const last = world.query?.recentProgress.filter((one) => one.durationMs['addBatch'] !== undefined).at(-1);
            expect(last?.stateOperators[0]?.numRowsTotal).toBe(batchAnswer(rows, width, slide).length);
          }),
        ]);
      }),
      { numRuns: 10 },
    );
  });
});
