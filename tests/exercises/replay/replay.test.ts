import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { syllabus } from '../../../exercises/catalog.ts';
import type { BizumBurst } from '../../../main/host/solution-scenes.ts';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';
import { TestWindow } from '../../main/host/test-window.ts';
import { takeCoursePort } from '../../support/course-port.ts';
import { readSource, repository } from '../../support/source-files.ts';
import { printedBySolution, type Recording } from './printed-by-solution.ts';

const recordingOf = (id: string) => `tests/exercises/replay/recordings/${id}.json`;
const { bursts } = JSON.parse(readSource('exercises/bizum/solution-bursts.json')) as {
  readonly bursts: readonly BizumBurst[];
};

test('every unit has a recording at the machine’s own pace, made by record-replays.ts', () => {
  const missing = syllabus.filter(({ id }) => !existsSync(join(repository, recordingOf(id))));
  expect(missing.map(({ id }) => id)).toEqual([]);
});

test.each(syllabus.map(({ id }) => id))(
  'the solution of %s prints on the virtual clock what it printed at the machine’s own pace',
  async (id) => {
    const giveBack = id === 'caso-5' ? await takeCoursePort() : undefined;
    const { startMs, printed } = JSON.parse(readSource(recordingOf(id))) as Recording;
    const window = await TestWindow.start({ clock: new VirtualClock({ startMs, skipsIdleTime: true }) });
    try {
      expect(await printedBySolution(id, window, bursts)).toEqual(printed);
    } finally {
      await window.close();
      giveBack?.();
    }
  },
  180_000,
);
