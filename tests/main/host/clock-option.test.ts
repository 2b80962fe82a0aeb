import { expect, test } from 'vitest';
import { clockOfOption } from '../../../main/host/clock-option.ts';

test('a clock starts now, or at the moment that is named in the machine’s zone', () => {
  const before = Date.now();
  expect(clockOfOption('virtual')?.now()).toBeGreaterThanOrEqual(before);
  const named = clockOfOption('virtual=2026-03-02T09:00:00');
  named?.pause();
  expect(new Date(named?.now() ?? 0).toLocaleString('sv')).toBe('2026-03-02 09:00:00');
});

test.each(['', 'real', 'virtual=', 'virtual=ayer', 'x60'])('%j names no clock', (text) => {
  expect(clockOfOption(text)).toBeUndefined();
});
