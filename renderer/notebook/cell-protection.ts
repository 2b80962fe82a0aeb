import type { NotebookCell } from '../../main/contract/notebook-schema.ts';

type Metadata = NotebookCell['metadata'];

/** What a learner may do with a cell: everything; write in it but not take it away; read it. */
export type Protection = 'none' | 'kept' | 'locked';

/** What a protected cell refuses. */
export type RefusedAction = 'edit' | 'remove' | 'split' | 'merge' | 'retype';

export function protectionOf({ metadata }: Pick<NotebookCell, 'metadata'>): Protection {
  const nbgrader = nbgraderOf(metadata);
  if (metadata['editable'] === false || isLocked(nbgrader)) return 'locked';
  const isGraded = ['locked', 'solution', 'grade', 'task'].some((role) => nbgrader[role] === true);
  return metadata['deletable'] === false || isGraded ? 'kept' : 'none';
}

export const isEditable = (cell: NotebookCell): boolean => protectionOf(cell) !== 'locked';
/** May go, change its type, be cut in two or joined with another. */
export const isFree = (cell: NotebookCell): boolean => protectionOf(cell) === 'none';

/** nbgrader derives it: an answer is never locked, a test always is, whatever its flag says. */
function isLocked(nbgrader: Readonly<Record<string, unknown>>): boolean {
  if (nbgrader['solution'] === true) return false;
  return nbgrader['grade'] === true || nbgrader['locked'] === true;
}

const nbgraderOf = (metadata: Metadata): Readonly<Record<string, unknown>> => {
  const held = metadata['nbgrader'];
  return typeof held === 'object' && held !== null ? (held as Readonly<Record<string, unknown>>) : {};
};

const protectingKeys: readonly string[] = ['deletable', 'editable', 'nbgrader'];

/** A copy is the learner's own cell: free, and not graded a second time. */
export const withoutProtection = (metadata: Metadata): Metadata =>
  Object.fromEntries(Object.entries(metadata).filter(([key]) => !protectingKeys.includes(key)));
