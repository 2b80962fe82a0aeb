import { describe, expect, test } from 'vitest';
import type { OutputMode } from '../../engine/api/sink.ts';
import type { CrashPoint } from '../../engine/microbatch/start-spec.ts';
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
  crash,
  expectFailure,
  expectRows,
  perform,
  restart,
  run,
  runSteps,
  type StreamUnderTest,
} from '../support/streaming.ts';
import { diskFiles } from '../support/disk-files.ts';

function clicks(outputMode: OutputMode): StreamUnderTest {
  const tagged = () => withWatermark(stream(0, clickSchema), 'at', 600_000);
  const plan = () => aggregate(timeWindow(tagged(), 'at', minutesUs(10)), ['window', 'user'], { count: countRows() });
  return { plan, streams: [new MemoryStream(clickSchema)], outputMode };
}

const click = (time: string, user = 'ana'): readonly [bigint, string, number] => [at(time), user, 1];
const window = (start: string, end: string): string => `{2024-01-10 ${start}:00, 2024-01-10 ${end}:00}`;

const points: readonly CrashPoint[] = [
  'before-offsets',
  'after-offsets',
  'after-steps',
  'after-sink-write',
  'after-state-commit',
  'after-publish',
  'after-commit-log',
];

describe('recovery', () => {
  for (const point of points) {
    for (const batch of [0, 1, 2]) {
      test(`a closed window appears once with its whole count after a crash ${point} of batch ${batch}`, () =>
        runSteps(clicks('append'), [
          crash(point, batch),
          add(click('12:11'), click('12:12', 'eva'), click('12:25')),
          run,
          restart,
          run,
          add(click('12:13'), click('12:45')),
          run,
          restart,
          run,
          add(click('12:59')),
          run,
          perform((world) => expect(world.crashes).toBe(1)),
          expectRows(
            `${window('12:10', '12:20')} ana 2`,
            `${window('12:10', '12:20')} eva 1`,
            `${window('12:20', '12:30')} ana 1`,
          ),
        ]));
    }
  }

  test('a commit entry that somebody removed makes the batch run again on the state before it', () =>
    runSteps(clicks('update'), [
      add(click('12:11')),
      run,
      add(click('12:12')),
      run,
      expectRows(`${window('12:10', '12:20')} ana 1`, `${window('12:10', '12:20')} ana 2`),
      perform(async (world) => {
        await world.query?.stop();
        const commits = await diskFiles(world.folder).list(`${world.folder}/checkpoint/commits`);
        const newest = Math.max(...(commits ?? []).map((entry) => Number(entry.name)));
        await diskFiles(world.folder).remove(`${world.folder}/checkpoint/commits/${newest}`);
        world.delivered.clear();
        world.seen = 0;
      }),
      restart,
      add(click('12:13')),
      run,
      perform((world) => {
        const rows = [...world.delivered.values()].flat();
        expect(rows.at(-1)).toBe(`${window('12:10', '12:20')} ana 3`);
      }),
    ]));

  test('state that lags behind the logs is refused by name and left untouched', () =>
    runSteps(clicks('update'), [
      add(click('12:11')),
      run,
      perform(async (world) => {
        await world.query?.stop();
        const files = diskFiles(world.folder);
        const bytes = await files.readBytes(`${world.folder}/checkpoint/state/0/0/marea.duckdb`);
        await files.writeAtomic(`${world.folder}/old-state`, bytes);
        world.query = undefined;
      }),
      add(click('12:12')),
      run,
      add(click('12:13')),
      run,
      perform(async (world) => {
        await world.query?.stop();
        const files = diskFiles(world.folder);
        await files.remove(`${world.folder}/checkpoint/state/0/0/marea.duckdb.wal`);
        await files.rename(`${world.folder}/old-state`, `${world.folder}/checkpoint/state/0/0/marea.duckdb`);
        world.query = undefined;
      }),
      expectFailure('Error reading state'),
    ]));
});
