import { describe, expect, test } from 'vitest';
import type { OutputMode } from '../../engine/api/sink.ts';
import { field, stringType, structType, timestampType } from '../../engine/core/data-type.ts';
import { aggregate, countRows, minutesUs, stream, timeWindow, withWatermark } from '../support/analyzed-plans.ts';
import { MemoryStream } from '../support/memory-stream.ts';
import {
  add,
  at,
  expectProgress,
  expectRows,
  run,
  runSteps,
  type Step,
  type StreamUnderTest,
} from '../support/streaming.ts';

/**
 * The figures of Spark's Structured Streaming guide: words counted in windows of 10 minutes every 5, a trigger every 5 minutes. What each batch puts out was
 * recorded from Spark 3.5.7; the guide's pictures leave out the windows that begin at 11:55.
 */
const wordSchema = structType([field('timestamp', timestampType), field('word', stringType)]);

function words(outputMode: OutputMode, delayMinutes?: number): StreamUnderTest {
  const read = () => stream(0, wordSchema);
  const marked = () =>
    delayMinutes === undefined ? read() : withWatermark(read(), 'timestamp', delayMinutes * 60_000);
  const windowed = () => timeWindow(marked(), 'timestamp', minutesUs(10), minutesUs(5));
  return {
    plan: () => aggregate(windowed(), ['window', 'word'], { count: countRows() }),
    streams: [new MemoryStream(wordSchema)],
    outputMode,
  };
}

/** Every trigger of the figures finds data, so that no batch without data comes between. */
const figure = (test: StreamUnderTest): StreamUnderTest => ({
  ...test,
  confs: { 'spark.sql.streaming.noDataMicroBatches.enabled': 'false' },
});

/** One trigger: what arrived since the last, such as `12:07 dog`. */
const trigger = (...arrived: readonly string[]): readonly Step[] => [
  add(...arrived.map((line) => [at(line.slice(0, 5)), line.slice(6)])),
  run,
];

/** Rows such as `12:00-12:10 dog 1`. */
const expectCounts = (...lines: readonly string[]): Step =>
  expectRows(
    ...lines.map((line) => `{2024-01-10 ${line.slice(0, 5)}:00, 2024-01-10 ${line.slice(6, 11)}:00}${line.slice(11)}`),
  );

const expectBatch = (batch: { readonly watermark: string; readonly dropped?: number; readonly total: number }): Step =>
  expectProgress((progress) => {
    expect(progress.eventTime?.watermark?.slice(11, 16)).toBe(batch.watermark);
    expect(progress.stateOperators[0]).toMatchObject({
      numRowsDroppedByWatermark: batch.dropped ?? 0,
      numRowsTotal: batch.total,
    });
  });

const at1210 = trigger('12:07 dog', '12:08 owl');
const at1215 = trigger('12:14 dog', '12:09 cat');
const at1220 = trigger('12:15 cat', '12:08 dog', '12:13 owl', '12:21 owl');

describe('the figures of the Structured Streaming guide', () => {
  test('update mode shows what each trigger changed; the donkey of 12:04 still counts in the trigger that raises the watermark to 12:11', () =>
    runSteps(figure(words('update', 10)), [
      ...at1210,
      expectBatch({ watermark: '00:00', total: 4 }),
      expectCounts('12:00-12:10 dog 1', '12:00-12:10 owl 1', '12:05-12:15 dog 1', '12:05-12:15 owl 1'),
      ...at1215,
      expectBatch({ watermark: '11:58', total: 7 }),
      expectCounts('12:00-12:10 cat 1', '12:05-12:15 cat 1', '12:05-12:15 dog 2', '12:10-12:20 dog 1'),
      ...at1220,
      expectBatch({ watermark: '12:04', total: 12 }),
      expectCounts(
        '12:00-12:10 dog 2',
        '12:05-12:15 dog 3',
        '12:05-12:15 owl 2',
        '12:10-12:20 cat 1',
        '12:10-12:20 owl 1',
        '12:15-12:25 cat 1',
        '12:15-12:25 owl 1',
        '12:20-12:30 owl 1',
      ),
      ...trigger('12:04 donkey', '12:17 owl'),
      expectBatch({ watermark: '12:11', total: 9 }),
      expectCounts('11:55-12:05 donkey 1', '12:00-12:10 donkey 1', '12:10-12:20 owl 2', '12:15-12:25 owl 2'),
      ...trigger('12:04 donkey'),
      expectBatch({ watermark: '12:11', dropped: 2, total: 9 }),
      expectCounts(),
    ]));

  test('append mode shows a window once, when the watermark has passed its end', () =>
    runSteps(figure(words('append', 10)), [
      ...at1210,
      expectBatch({ watermark: '00:00', total: 4 }),
      ...at1215,
      expectBatch({ watermark: '11:58', total: 7 }),
      ...at1220,
      expectBatch({ watermark: '12:04', total: 12 }),
      expectCounts(),
      ...trigger('12:04 donkey', '12:17 owl'),
      expectBatch({ watermark: '12:11', total: 9 }),
      expectCounts(
        '11:55-12:05 donkey 1',
        '12:00-12:10 cat 1',
        '12:00-12:10 dog 2',
        '12:00-12:10 donkey 1',
        '12:00-12:10 owl 1',
      ),
      ...trigger('12:04 donkey'),
      expectBatch({ watermark: '12:11', dropped: 2, total: 9 }),
      expectCounts(),
    ]));

  test('the donkey of 12:04 is dropped, as in the picture, where a batch without data has already run with the watermark 12:11', () =>
    runSteps(words('append', 10), [
      ...at1210,
      ...at1215,
      ...at1220,
      expectBatch({ watermark: '12:11', total: 9 }),
      expectCounts('12:00-12:10 cat 1', '12:00-12:10 dog 2', '12:00-12:10 owl 1'),
      ...trigger('12:04 donkey', '12:17 owl'),
      expectBatch({ watermark: '12:11', dropped: 2, total: 9 }),
      expectCounts(),
    ]));

  test('without a watermark the dog of 12:04 that arrives at 12:11 changes the windows it belongs to', () =>
    runSteps(words('complete'), [
      ...trigger('12:02 cat', '12:02 dog', '12:03 dog', '12:03 dog'),
      expectCounts('11:55-12:05 cat 1', '11:55-12:05 dog 3', '12:00-12:10 cat 1', '12:00-12:10 dog 3'),
      ...trigger('12:07 owl', '12:07 cat'),
      expectCounts(
        '11:55-12:05 cat 1',
        '11:55-12:05 dog 3',
        '12:00-12:10 cat 2',
        '12:00-12:10 dog 3',
        '12:00-12:10 owl 1',
        '12:05-12:15 cat 1',
        '12:05-12:15 owl 1',
      ),
      ...trigger('12:04 dog', '12:13 owl'),
      expectCounts(
        '11:55-12:05 cat 1',
        '11:55-12:05 dog 4',
        '12:00-12:10 cat 2',
        '12:00-12:10 dog 4',
        '12:00-12:10 owl 1',
        '12:05-12:15 cat 1',
        '12:05-12:15 owl 2',
        '12:10-12:20 owl 1',
      ),
    ]));
});
