import { describe, expect, test } from 'vitest';
import type { BatchScript, ScriptedTurn } from '../../engine/api/batch-script.ts';
import type { InputWitness } from '../../engine/api/input-witness.ts';
import {
  aggregate,
  clickSchema,
  countRows,
  minutesUs,
  stream,
  timeWindow,
  withWatermark,
} from '../support/analyzed-plans.ts';
import { MemoryStream } from '../support/memory-stream.ts';
import {
  add,
  at,
  expectRows,
  perform,
  run,
  runSteps,
  start,
  type StreamUnderTest,
  type World,
} from '../support/streaming.ts';

const click = (time: string): readonly [bigint, string, number] => [at(time), 'ana', 1];
const window = (start: string, end: string, count: number): string =>
  `{2024-01-10 ${start}:00, 2024-01-10 ${end}:00} ${count}`;

/** Clicks counted in ten-minute windows that close when the watermark passes. */
function clicks(ports: StreamUnderTest['ports'] = {}): StreamUnderTest {
  const windowed = () =>
    timeWindow(withWatermark(stream(0, clickSchema), 'at', 600_000), 'at', minutesUs(10), minutesUs(10));
  return {
    plan: () => aggregate(windowed(), ['window'], { count: countRows() }),
    streams: [new MemoryStream(clickSchema)],
    outputMode: 'append',
    ports,
  };
}

/** A script that gives a turn when the test says so, and then waits until it is over. */
class Turns implements BatchScript {
  #go: ((turn: ScriptedTurn | null) => void) | undefined;
  #over: (() => void) | undefined;
  #isWaiting: (() => void) | undefined;

  next(_query: unknown, signal: AbortSignal): Promise<ScriptedTurn | null> {
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(null));
      this.#go = resolve;
      this.#isWaiting?.();
    });
  }

  done(): void {
    this.#over?.();
  }

  async give(turn: ScriptedTurn | null): Promise<void> {
    if (this.#go === undefined) await new Promise<void>((resolve) => (this.#isWaiting = resolve));
    const over = turn === null ? Promise.resolve() : new Promise<void>((resolve) => (this.#over = resolve));
    this.#go?.(turn);
    this.#go = undefined;
    await over;
  }
}

const batch = (end: number | null, isFollowed = false): ScriptedTurn => ({
  kind: 'batch',
  timestampMs: Date.parse('2024-01-10T13:00:00Z'),
  ends: [end],
  isFollowed,
});

const begin = perform(async (world) => {
  world.query = await start(world);
});
const progressOf = (world: World) => world.query?.recentProgress ?? [];

describe('a query whose batches are named', () => {
  test('reads as far as it is told and no further, at the time that it is told', () => {
    const turns = new Turns();
    return runSteps(clicks({ script: turns }), [
      add(click('12:01')),
      add(click('12:02')),
      add(click('12:41')),
      begin,
      perform(() => turns.give(batch(0))),
      perform(() => turns.give(batch(2))),
      expectRows(),
      perform((world) => {
        expect(progressOf(world).map(({ batchId, numInputRows }) => [batchId, numInputRows])).toEqual([
          [0, 1],
          [1, 2],
        ]);
      }),
      // A batch without data closes the window, when it is named and not before.
      perform(() => turns.give(batch(null))),
      expectRows(window('12:00', '12:10', 2)),
    ]);
  });

  test('of another record the batches that become due without data run too', () => {
    const turns = new Turns();
    return runSteps(clicks({ script: turns }), [
      add(click('12:01')),
      add(click('12:41')),
      begin,
      perform(() => turns.give(batch(1, true))),
      expectRows(window('12:00', '12:10', 1)),
    ]);
  });

  test('an idle turn says that there was nothing, and runs nothing', () => {
    const turns = new Turns();
    return runSteps(clicks({ script: turns }), [
      add(click('12:01')),
      begin,
      perform(() => turns.give(batch(0))),
      perform(() => turns.give({ kind: 'idle' })),
      perform((world) => {
        const last = progressOf(world).at(-1);
        expect(last).toMatchObject({ batchId: 1, numInputRows: 0 });
        expect(Object.keys(last?.durationMs ?? {})).toEqual(['latestOffset', 'triggerExecution']);
      }),
    ]);
  });

  test('lives on without turns until it is stopped', () => {
    const turns = new Turns();
    return runSteps(clicks({ script: turns }), [
      add(click('12:01')),
      begin,
      perform(() => turns.give(batch(0))),
      perform(() => turns.give(null)),
      add(click('12:02')),
      perform(async (world) => {
        await world.query?.processAllAvailable();
        expect(progressOf(world)).toHaveLength(1);
        expect(world.query?.isActive).toBe(true);
      }),
    ]);
  });
});

describe('whoever witnesses a query', () => {
  const witnessed = () => {
    const told: string[] = [];
    const witness: InputWitness = {
      planned: ({ batchId }) => void told.push(`planned ${batchId}`),
      read: ({ batchId, source, start: from, end, rows }) =>
        void told.push(
          `read ${batchId}: source ${source}, ${JSON.stringify(from)}–${JSON.stringify(end)}, ${rows?.length ?? 'too many'} rows`,
        ),
    };
    return { told, witness };
  };

  test('is told of each batch with what it read, and of one without data that it ran', () => {
    const { told, witness } = witnessed();
    return runSteps(clicks({ witness }), [
      add(click('12:01')),
      run,
      add(click('12:02'), click('12:41')),
      run,
      expectRows(window('12:00', '12:10', 2)),
      perform(() => {
        expect(told).toEqual([
          'planned 0',
          'read 0: source 0, null–0, 1 rows',
          // The watermark has moved.
          'planned 1',
          'planned 2',
          'read 2: source 0, 0–1, 2 rows',
          'planned 3',
        ]);
      }),
    ]);
  });

  test('is not given more rows than a learner can type', () => {
    const { told, witness } = witnessed();
    const many = Array.from({ length: 5001 }, () => click('12:01'));
    return runSteps(clicks({ witness }), [
      add(...many),
      run,
      perform(() => {
        expect(told).toContain('read 0: source 0, null–0, too many rows');
      }),
    ]);
  });
});
