import { describe, expect, test } from 'vitest';
import type { OutputMode } from '../../engine/api/sink.ts';
import {
  aggregate,
  clickSchema,
  countRows,
  minutesUs,
  stream,
  sumOf,
  timeWindow,
  withWatermark,
} from '../support/analyzed-plans.ts';
import { MemoryStream } from '../support/memory-stream.ts';
import {
  add,
  at,
  expectProgress,
  expectRows,
  restart,
  run,
  runSteps,
  type StreamUnderTest,
} from '../support/streaming.ts';

const click = (time: string, user = 'ana', n = 1): readonly [bigint, string, number] => [at(time), user, n];

function byUser(outputMode: OutputMode): StreamUnderTest {
  const plan = () => {
    const source = stream(0, clickSchema);
    return aggregate(source, ['user'], { n: sumOf(source, 'n') });
  };
  return { plan, streams: [new MemoryStream(clickSchema)], outputMode };
}

describe('output modes', () => {
  test('update shows the groups of the batch, complete shows all', async () => {
    await runSteps(byUser('update'), [
      add(click('12:00', 'ana', 1), click('12:00', 'eva', 2)),
      run,
      expectRows('ana 1', 'eva 2'),
      add(click('12:00', 'eva', 3)),
      run,
      expectRows('eva 5'),
    ]);
    await runSteps(byUser('complete'), [
      add(click('12:00', 'ana', 1), click('12:00', 'eva', 2)),
      run,
      expectRows('ana 1', 'eva 2'),
      add(click('12:00', 'eva', 3)),
      run,
      expectRows('ana 1', 'eva 5'),
    ]);
  });

  test('a NULL key is a group of its own and stays one over the batches', () =>
    runSteps(byUser('update'), [
      add([at('12:00'), null, 1]),
      run,
      add([at('12:00'), null, 4]),
      run,
      expectRows('NULL 1', 'NULL 5'),
      expectProgress((progress) => expect(progress.stateOperators[0]?.numRowsTotal).toBe(1)),
    ]));

  test('a global aggregate answers in every batch of update and complete', async () => {
    for (const outputMode of ['update', 'complete'] as const) {
      const plan = () => aggregate(stream(0, clickSchema), [], { count: countRows() });
      await runSteps({ plan, streams: [new MemoryStream(clickSchema)], outputMode }, [
        add(click('12:00')),
        run,
        expectRows('1'),
        add(click('12:00'), click('12:01')),
        run,
        expectRows('3'),
      ]);
    }
  });

  test('complete mode keeps windows that the watermark has passed and drops nothing', () => {
    const windowed = () => timeWindow(withWatermark(stream(0, clickSchema), 'at', 0), 'at', minutesUs(10));
    const plan = () => aggregate(windowed(), ['window'], { count: countRows() });
    return runSteps({ plan, streams: [new MemoryStream(clickSchema)], outputMode: 'complete' }, [
      add(click('12:01')),
      run,
      add(click('13:01')),
      run,
      add(click('12:02')),
      run,
      expectRows(
        '{2024-01-10 12:00:00, 2024-01-10 12:10:00} 1',
        '{2024-01-10 12:00:00, 2024-01-10 12:10:00} 1',
        '{2024-01-10 13:00:00, 2024-01-10 13:10:00} 1',
        '{2024-01-10 12:00:00, 2024-01-10 12:10:00} 2',
        '{2024-01-10 13:00:00, 2024-01-10 13:10:00} 1',
      ),
      expectProgress((progress, all) => {
        expect(all).toHaveLength(3);
        expect(progress.stateOperators[0]?.numRowsDroppedByWatermark).toBe(0);
      }),
    ]);
  });

  test('complete mode still counts windows that the watermark has passed as state after a restart', () => {
    const windowed = () => timeWindow(withWatermark(stream(0, clickSchema), 'at', 0), 'at', minutesUs(10));
    const plan = () => aggregate(windowed(), ['window'], { count: countRows() });
    return runSteps({ plan, streams: [new MemoryStream(clickSchema)], outputMode: 'complete' }, [
      add(click('12:01')),
      run,
      add(click('13:01')),
      run,
      add(click('13:02')),
      run,
      restart,
      add(click('13:03')),
      run,
      expectProgress((progress) => expect(progress.stateOperators[0]?.numRowsTotal).toBe(2)),
    ]);
  });
});
