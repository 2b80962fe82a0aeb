import { expect, test } from 'vitest';
import { servicesOnClock } from '../../../main/host/services-on-clock.ts';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';

const never = new AbortController().signal;

test('while Python waits for records the clock may skip to the next sleeper; while it sends it may not', async () => {
  const clock = new VirtualClock({ startMs: 0, skipsIdleTime: true });
  const release = clock.hold();
  const slept = clock.sleep(3_600_000).then(() => 'an hour passed');
  const services = servicesOnClock(
    { call: async (operation) => (operation === 'kafka.fetch' ? slept : operation), closeAll: async () => undefined },
    clock,
  );
  expect(await services.call('kafka.send', {}, never)).toBe('kafka.send');
  expect(clock.now()).toBeLessThan(1000);
  expect(await services.call('kafka.fetch', {}, never)).toBe('an hour passed');
  release();
});
