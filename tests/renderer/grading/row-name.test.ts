import { expect, test } from 'vitest';
import { rowName } from '../../../renderer/grading/row-name.ts';

test.each([
  ['moodle.zip/Carlos Paz_103_assignsubmission_file_/trabajo.zip', 'Carlos Paz'],
  ['moodle.zip/Ana_María Gil_7_assignsubmission_file/a.zip', 'Ana_María Gil'],
  ['trabajo.zip', null],
])('what cannot be read is called as Moodle filed it: %s', (file, name) => {
  expect(rowName({ student: null, file })).toBe(name);
});

test('what the bundle says comes first', () => {
  const file = 'm.zip/Carlos Paz_103_assignsubmission_file_/a.zip';
  expect(rowName({ student: { name: 'Ana', nia: '1' }, file })).toBe('Ana');
});
