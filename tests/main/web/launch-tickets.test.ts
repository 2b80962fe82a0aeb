import { expect, test } from 'vitest';
import { LaunchTickets } from '../../../main/web/launch-tickets.ts';

test('each ticket is good once, and no other word is', () => {
  const tickets = new LaunchTickets();
  const [one, two] = [tickets.make(), tickets.make()];
  expect(one).not.toBe(two);
  expect([tickets.use(one), tickets.use(one), tickets.use('otro'), tickets.use(two)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('a browser has five minutes to start', () => {
  let now = 0;
  const tickets = new LaunchTickets(() => now);
  const [one, two] = [tickets.make(), tickets.make()];
  now = 299_999;
  expect(tickets.use(one)).toBe(true);
  now = 300_000;
  expect(tickets.use(two)).toBe(false);
});
