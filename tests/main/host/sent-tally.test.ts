import { expect, test } from 'vitest';
import { SentTally } from '../../../main/host/sent-tally.ts';

const record = (value: string) => ({ topic: 't', partition: 0, offset: '0', timestamp: 0, key: null, value });

test('the rate is that of the last minute of its clock, the list that of the newest records', () => {
  let now = 0;
  const tally = new SentTally(() => now);
  for (let second = 0; second < 120; second += 1) {
    now = second * 1000;
    tally.add([record(`a${second}`), record(`b${second}`)]);
  }
  expect(tally.view()).toMatchObject({ sent: 240, perSecond: 2 });
  expect(tally.view().last).toHaveLength(20);
  expect(tally.view().last.at(-1)).toMatchObject({ value: 'b119' });
  now += 600_000;
  expect(tally.view()).toMatchObject({ sent: 240, perSecond: 0 });
  tally.reset();
  expect(tally.view()).toEqual({ sent: 0, perSecond: 0, last: [] });
});
