import { expect, test } from 'vitest';
import { newCell } from '../../../renderer/notebook/cell-operations.ts';
import { protectionOf, type Protection } from '../../../renderer/notebook/cell-protection.ts';

const nbgrader = (roles: object) => ({ nbgrader: { schema_version: 3, grade_id: 'a', ...roles } });

const cases: readonly (readonly [what: string, metadata: Record<string, unknown>, Protection])[] = [
  ['a cell of the learner', {}, 'none'],
  ['an ungraded cell that nbgrader knows', nbgrader({ grade: false, locked: false, solution: false }), 'none'],
  ['a statement', { deletable: false, editable: false }, 'locked'],
  ['what may not be edited, though nobody says that it may not go', { editable: false }, 'locked'],
  ['a place for an answer', { deletable: false }, 'kept'],
  ['nbgrader’s read-only cell', nbgrader({ grade: false, locked: true, solution: false }), 'locked'],
  ['nbgrader’s test, whatever its flag says', nbgrader({ grade: true, locked: false, solution: false }), 'locked'],
  ['nbgrader’s answer, whatever its flag says', nbgrader({ grade: false, locked: true, solution: true }), 'kept'],
  ['nbgrader’s answer graded by hand', nbgrader({ grade: true, locked: false, solution: true }), 'kept'],
  ['nbgrader’s task', nbgrader({ grade: true, locked: true, solution: false, task: true }), 'locked'],
  ['metadata that is no nbgrader’s', { nbgrader: 'sí', deletable: 'no' }, 'none'],
];

test.each(cases)('%s', (_, metadata, expected) => {
  expect(protectionOf({ ...newCell('markdown'), metadata })).toBe(expected);
});
