import { describe, expect, test } from 'vitest';
import { clickSchema, deduplicate, stream, withWatermark } from '../support/analyzed-plans.ts';
import { MemoryStream } from '../support/memory-stream.ts';
import { add, at, expectProgress, expectRows, restart, run, runSteps } from '../support/streaming.ts';

const click = (time: string, user: string, n = 1): readonly [bigint, string, number] => [at(time), user, n];

describe('deduplication', () => {
  test('the first row of each key goes out, over batches and restarts', () => {
    const plan = () => deduplicate(stream(0, clickSchema), ['user']);
    return runSteps({ plan, streams: [new MemoryStream(clickSchema)], outputMode: 'append' }, [
      add(click('12:00', 'ana', 1), click('12:01', 'ana', 2), click('12:02', 'eva', 3)),
      run,
      restart,
      add(click('12:03', 'ana', 4), click('12:04', 'leo', 5)),
      run,
      expectRows('2024-01-10 12:00:00 ana 1', '2024-01-10 12:02:00 eva 3', '2024-01-10 12:04:00 leo 5'),
      expectProgress((progress) =>
        expect(progress.stateOperators[0]).toMatchObject({
          operatorName: 'dedupe',
          numRowsTotal: 3,
          numRowsUpdated: 1,
          customMetrics: { numDroppedDuplicateRows: 1 },
        }),
      ),
    ]);
  });

  test('a key with its event time dies when the watermark reaches it, and late rows are dropped', () => {
    const plan = () => deduplicate(withWatermark(stream(0, clickSchema), 'at', 600_000), ['user', 'at']);
    return runSteps({ plan, streams: [new MemoryStream(clickSchema)], outputMode: 'append' }, [
      add(click('12:00', 'ana'), click('12:20', 'ana')),
      run,
      expectProgress((progress) =>
        expect(progress.stateOperators[0]).toMatchObject({ numRowsTotal: 1, numRowsRemoved: 1 }),
      ),
      add(click('12:00', 'ana'), click('12:20', 'ana')),
      run,
      expectRows('2024-01-10 12:00:00 ana 1', '2024-01-10 12:20:00 ana 1'),
      expectProgress((progress) =>
        expect(progress.stateOperators[0]).toMatchObject({
          numRowsDroppedByWatermark: 1,
          customMetrics: { numDroppedDuplicateRows: 1 },
        }),
      ),
    ]);
  });

  test('within the watermark a key lives for the delay threshold after its first row', () => {
    const plan = () => deduplicate(withWatermark(stream(0, clickSchema), 'at', 600_000), ['user'], true);
    return runSteps({ plan, streams: [new MemoryStream(clickSchema)], outputMode: 'append' }, [
      add(click('12:00', 'ana', 1)),
      run,
      add(click('12:05', 'ana', 2)),
      run,
      add(click('12:21', 'eva', 3)),
      run,
      add(click('12:22', 'ana', 4)),
      run,
      expectRows('2024-01-10 12:00:00 ana 1', '2024-01-10 12:21:00 eva 3', '2024-01-10 12:22:00 ana 4'),
      expectProgress((progress) => expect(progress.stateOperators[0]?.operatorName).toBe('dedupeWithinWatermark')),
    ]);
  });
});
