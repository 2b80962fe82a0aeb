import type { BundleCheck } from '../contract/grading-schema.ts';
import type { HandIn } from '../grading/bundle-schema.ts';
import type { BundleFiles } from '../grading/manifest.ts';
import { contentNotes } from '../grading/content-notes.ts';
import { openBundle, type OpenedBundle } from '../grading/open-bundle.ts';
import { bundleNotes, verifyBundle } from '../grading/verify-bundle.ts';

/** A hand-in that was opened and verified; `bundle` is null where it cannot be read. */
export type CheckedBundle = {
  readonly check: BundleCheck;
  readonly bytes: Uint8Array;
  readonly bundle: { readonly handIn: HandIn; readonly files: BundleFiles } | null;
};

/** One bundle, or each of those inside a zip of many (Moodle's download). Nothing that goes wrong with one keeps the others from being looked at. */
export async function checkBundles(file: string, bytes: Uint8Array): Promise<readonly CheckedBundle[]> {
  const opened = await openBundle(bytes);
  if (opened.isReadable || opened.inside.size === 0) return [checked(file, bytes, opened)];
  // What is wrong with the zip of many is told, and hides none of the hand-ins that could be read.
  const found: CheckedBundle[] =
    opened.faults.length === 0 ? [] : [{ check: unreadableCheck(file, opened.faults), bytes, bundle: null }];
  for (const [name, inner] of opened.inside) found.push(checked(`${file}/${name}`, inner, await openBundle(inner)));
  return found;
}

function checked(file: string, bytes: Uint8Array, opened: OpenedBundle): CheckedBundle {
  if (!opened.isReadable) return { check: unreadableCheck(file, faultsOf(opened)), bytes, bundle: null };
  const { handIn, files } = opened;
  const problems = verifyBundle(handIn, files);
  const check: BundleCheck = {
    file,
    verdict: problems.length === 0 ? 'whole' : 'altered',
    problems: [...problems],
    notes: [...bundleNotes(handIn, files), ...contentNotes(files)],
    student: handIn.student,
    activities: handIn.activities.map(({ id, title }) => ({ id, title })),
    createdAt: handIn.createdAt,
    missing: handIn.required.filter(({ isThere }) => !isThere).map(({ title }) => title),
  };
  return { check, bytes, bundle: { handIn, files } };
}

function faultsOf({ reason, faults, inside }: Extract<OpenedBundle, { isReadable: false }>): readonly string[] {
  if (faults.length > 0) return faults;
  return [
    inside.size === 0 ? reason : 'Es un zip con otros dentro: se abren las entregas de un zip, no los zips de un zip.',
  ];
}

export const unreadableCheck = (file: string, problems: readonly string[]): BundleCheck => ({
  file,
  verdict: 'unreadable',
  problems: [...problems],
  notes: [],
  student: null,
  activities: [],
  createdAt: null,
  missing: [],
});
