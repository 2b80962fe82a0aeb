import { expect, test } from 'vitest';
import { OutputLimit } from '../../../main/kernel/output-limit.ts';

test('a run shows its first megabyte and one line that says so; other cells and later runs are not affected', () => {
  const limit = new OutputLimit();
  expect(limit.admit('a', 'x'.repeat(999_999))).toHaveLength(999_999);
  expect(limit.admit('a', 'yz')).toMatch(/^y\n… salida cortada/);
  expect(limit.admit('a', 'w')).toBe('');
  expect(limit.admit('b', 'w')).toBe('w');
  limit.reset('a');
  expect(limit.admit('a', 'w')).toBe('w');
});
