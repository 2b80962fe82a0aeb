import { expect, test } from 'vitest';
import { fineTime, wholeMicroseconds } from '../../../main/kernel/follow-clock.ts';
import { SharedTime } from '../../../main/kernel/shared-time.ts';

test('fine time adds a fraction and stays within the millisecond of the coarse one, even when that is set', () => {
  const machine = { coarseMs: 1000, elapsedMs: 500.25 };
  const now = fineTime(
    () => machine.coarseMs,
    () => machine.elapsedMs,
  );
  const after = (coarseMs: number, elapsedMs: number): number => {
    machine.coarseMs = coarseMs;
    machine.elapsedMs = elapsedMs;
    return now();
  };
  expect(after(1000, 500.75)).toBeCloseTo(1000.5);
  expect(after(1002, 501.3)).toBeCloseTo(1002);
  expect(after(1002, 501.5)).toBeCloseTo(1002.2);
  expect(after(1002, 504)).toBeCloseTo(1002.999);
  expect(after(900, 505)).toBeCloseTo(900.999);
  expect(after(900, 504.5)).toBeCloseTo(900.499);
});

test('a whole millisecond is never told as the microsecond before it', () => {
  const startMs = Date.parse('2026-03-02T08:00:00Z');
  for (let ms = startMs; ms < startMs + 5000; ms += 1) {
    const nanoseconds = BigInt(Math.round(wholeMicroseconds(ms) * 1e3 * 1e3));
    expect(nanoseconds / 1000n).toBe(BigInt(ms) * 1000n);
  }
});

test('whoever has the memory reads the line that was written last', () => {
  const host = new SharedTime();
  const kernel = new SharedTime(host.memory);
  host.write({ realMs: 1000, virtualMs: 50_000, rate: 60 });
  expect(kernel.at(1010)).toBe(50_600);
  host.write({ realMs: 1010, virtualMs: 50_600, rate: 0 });
  expect(kernel.at(9999)).toBe(50_600);
});
