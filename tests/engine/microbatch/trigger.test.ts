import { expect, test, vi } from 'vitest';
import {
  aggregate,
  clickSchema,
  countRows,
  minutesUs,
  stream,
  timeWindow,
  withWatermark,
} from '../../support/analyzed-plans.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import {
  advance,
  add,
  at,
  expectRows,
  perform,
  runSteps,
  start,
  type StreamUnderTest,
} from '../../support/streaming.ts';
import { nextTick } from '../../../engine/microbatch/trigger.ts';

test('ticks are multiples of the interval since 1970, whenever the query started', () => {
  expect(nextTick(61_500, 60_000)).toBe(120_000);
  expect(nextTick(120_000, 60_000)).toBe(180_000);
});

const click = (time: string): readonly [bigint, string, number] => [at(time), 'ana', 1];
const copied = (trigger: StreamUnderTest['trigger']): StreamUnderTest => ({
  plan: () => stream(0, clickSchema),
  streams: [new MemoryStream(clickSchema)],
  outputMode: 'append',
  ...(trigger ? { trigger } : {}),
});

/** The loop runs beside the test: looks again until it has come so far. */
const settled = (isDone: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(isDone()).toBe(true), { timeout: 10_000, interval: 2 });

test('a processing-time trigger looks at once, then at the next tick and not before', () =>
  runSteps(copied({ kind: 'processing_time', intervalMs: 60_000 }), [
    add(click('12:00')),
    perform(async (world) => {
      world.query = await start(world);
      await settled(() => world.delivered.size === 1 && world.query?.status.message === 'Waiting for next trigger');
    }),
    add(click('12:01')),
    advance(30_000),
    perform((world) => settled(() => world.query?.status.message === 'Waiting for next trigger')),
    expectRows('2024-01-10 12:00:00 ana 1'),
    advance(30_000),
    perform((world) => settled(() => world.delivered.size === 2)),
    expectRows('2024-01-10 12:01:00 ana 1'),
  ]));

test('once runs a single batch and ends', () =>
  runSteps(copied({ kind: 'once' }), [
    add(click('12:00')),
    add(click('12:01')),
    perform(async (world) => {
      world.query = await start(world);
      expect(await world.query.awaitTermination()).toBe(true);
      expect(world.delivered.size).toBe(1);
      expect(world.query.status).toEqual({ message: 'Stopped', isDataAvailable: false, isTriggerActive: false });
    }),
    expectRows('2024-01-10 12:00:00 ana 1', '2024-01-10 12:01:00 ana 1'),
  ]));

test('available now ends after the batch without data that its watermark asks for', () => {
  const plan = () =>
    aggregate(timeWindow(withWatermark(stream(0, clickSchema), 'at', 0), 'at', minutesUs(10)), ['window'], {
      count: countRows(),
    });
  return runSteps(
    { plan, streams: [new MemoryStream(clickSchema)], outputMode: 'append', trigger: { kind: 'available_now' } },
    [
      add(click('12:00')),
      add(click('12:30')),
      perform(async (world) => {
        world.query = await start(world);
        await world.query.awaitTermination();
        expect([...world.delivered.keys()]).toEqual([0, 1]);
      }),
      expectRows('{2024-01-10 12:00:00, 2024-01-10 12:10:00} 1'),
    ],
  );
});
