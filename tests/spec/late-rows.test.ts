import { describe, expect, test } from 'vitest';
import type { OutputMode } from '../../engine/api/sink.ts';
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
import { add, at, expectProgress, expectRows, run, runSteps, type StreamUnderTest } from '../support/streaming.ts';

/** Clicks counted in ten-minute windows, ten minutes of patience. */
function clicks(outputMode: OutputMode, slideMinutes = 10): StreamUnderTest {
  const windowed = () =>
    timeWindow(withWatermark(stream(0, clickSchema), 'at', 600_000), 'at', minutesUs(10), minutesUs(slideMinutes));
  return {
    plan: () => aggregate(windowed(), ['window'], { count: countRows() }),
    streams: [new MemoryStream(clickSchema)],
    outputMode,
  };
}

const click = (time: string): readonly [bigint, string, number] => [at(time), 'ana', 1];

describe('late rows', () => {
  test('a click whose window the watermark has passed is dropped, not counted', () =>
    runSteps(clicks('update'), [
      add(click('12:11'), click('12:25')),
      run,
      expectRows('{2024-01-10 12:10:00, 2024-01-10 12:20:00} 1', '{2024-01-10 12:20:00, 2024-01-10 12:30:00} 1'),
      expectProgress((progress) => expect(progress.eventTime?.watermark).toBe('2024-01-10T12:15:00.000Z')),
      add(click('12:04')),
      run,
      expectRows(),
      expectProgress((progress) => expect(progress.stateOperators[0]?.numRowsDroppedByWatermark).toBe(1)),
    ]));

  test('a row is judged by the watermark of the batch before: it may still enter a window that closes in the same batch', () =>
    runSteps({ ...clicks('append'), confs: { 'spark.sql.streaming.noDataMicroBatches.enabled': 'false' } }, [
      add(click('12:08')),
      run,
      add(click('12:21')),
      run,
      expectRows(),
      add(click('12:04'), click('12:17')),
      run,
      expectRows('{2024-01-10 12:00:00, 2024-01-10 12:10:00} 2'),
      expectProgress((progress) =>
        expect(progress.stateOperators[0]).toMatchObject({ numRowsRemoved: 1, numRowsDroppedByWatermark: 0 }),
      ),
      add(click('12:04')),
      run,
      expectRows(),
      expectProgress((progress) => expect(progress.stateOperators[0]?.numRowsDroppedByWatermark).toBe(1)),
    ]));

  test('a window appears once in append mode, with the batch that has no data', () =>
    runSteps(clicks('append'), [
      add(click('12:02'), click('12:03'), click('12:30')),
      run,
      expectRows('{2024-01-10 12:00:00, 2024-01-10 12:10:00} 2'),
      expectProgress((progress, all) => {
        expect(all.map((one) => [one.batchId, one.numInputRows])).toEqual([
          [0, 3],
          [1, 0],
        ]);
        expect(progress.stateOperators[0]).toMatchObject({
          operatorName: 'stateStoreSave',
          numRowsTotal: 1,
          numRowsRemoved: 1,
          numRowsUpdated: 0,
        });
      }),
    ]));

  test('a row may be late for one sliding window and in time for another', () =>
    runSteps(clicks('update', 5), [
      add(click('12:20')),
      run,
      add(click('12:04')),
      run,
      expectRows('{2024-01-10 12:15:00, 2024-01-10 12:25:00} 1', '{2024-01-10 12:20:00, 2024-01-10 12:30:00} 1'),
      add(click('12:08')),
      run,
      expectRows('{2024-01-10 12:05:00, 2024-01-10 12:15:00} 1'),
      expectProgress((progress) => expect(progress.stateOperators[0]?.numRowsDroppedByWatermark).toBe(1)),
    ]));
});
