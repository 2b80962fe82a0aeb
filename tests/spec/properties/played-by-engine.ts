import {
  perform,
  restart,
  run,
  runSteps,
  type Step,
  type StreamUnderTest,
  type World,
} from '../../support/streaming.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import type { Arrival, Event, PlayedBatch } from './event-time-model.ts';

/** Feeds the arrivals to the engine, one micro-batch each, and answers what every executed batch did. */
export async function playedByEngine(
  test: StreamUnderTest,
  arrivals: readonly (Arrival | 'restart')[],
  row: (event: Event) => Row,
): Promise<readonly PlayedBatch[]> {
  const played = new Map<number, PlayedBatch>();
  const arrive = (arrival: Arrival): Step =>
    perform(() => arrival.forEach((rows, stream) => test.streams[stream]?.add(rows.map(row))));
  const note = perform((world) => takeNote(world, played));
  await runSteps(
    test,
    arrivals.flatMap((arrival, index): readonly Step[] => {
      if (arrival === 'restart') return [];
      // What arrives while the query is down is one micro-batch, whichever stream the new run asks first.
      return arrivals[index - 1] === 'restart' && index > 1
        ? [stop, arrive(arrival), restart, run, note]
        : [arrive(arrival), run, note];
    }),
  );
  return [...played].toSorted(([a], [b]) => a - b).map(([, batch]) => batch);
}

const stop = perform((world) => world.query?.stop());

function takeNote(world: World, played: Map<number, PlayedBatch>): void {
  for (const progress of world.query?.recentProgress ?? []) {
    if (progress.durationMs['addBatch'] === undefined) continue;
    played.set(progress.batchId, {
      output: (world.delivered.get(progress.batchId) ?? ['not delivered']).toSorted(),
      state: progress.stateOperators.map((operator) => operator.numRowsTotal),
      watermarkMs: Date.parse(progress.eventTime?.watermark ?? '1970-01-01T00:00:00Z'),
    });
  }
}
