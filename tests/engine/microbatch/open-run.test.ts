import { expect, test } from 'vitest';
import type { SinkFormat } from '../../../engine/api/sink.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { clickSchema, stream } from '../../support/analyzed-plans.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import { expectFailure, perform, runSteps } from '../../support/streaming.ts';

/** Takes every mode at `start()` and refuses them all when the query is planned. */
const refusing: SinkFormat = {
  format: 'refusing',
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: false,
  guarantee: 'at-least-once',
  openStream: async () => ({
    description: 'refusing',
    reportsRows: true,
    plan: () => {
      throw new SparkError('IllegalArgumentException', 'requirement failed: does not support Update mode.');
    },
    write: () => Promise.reject(new Error('no batch may run')),
    close: async () => undefined,
  }),
};

test('what a sink refuses when the query is planned fails inside the query, though there is no data', () => {
  const query = {
    plan: () => stream(0, clickSchema),
    streams: [new MemoryStream(clickSchema)],
    outputMode: 'update',
    sink: { format: refusing, path: 'nowhere' },
  } as const;
  return runSteps(query, [
    expectFailure('terminated with exception: requirement failed: does not support Update mode.'),
    perform((world) => expect(world.query?.recentProgress).toEqual([])),
  ]);
});
