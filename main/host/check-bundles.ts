import type { BundleCheck } from '../contract/grading-schema.ts';
import type { HandIn } from '../grading/bundle-schema.ts';
import type { BundleFiles } from '../grading/manifest.ts';
import { openBundle, type OpenedBundle } from '../grading/open-bundle.ts';
import { verifyBundle } from '../grading/verify-bundle.ts';

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
  const found: CheckedBundle[] = [];
  for (const [name, inner] of opened.inside) found.push(checked(`${file}/${name}`, inner, await openBundle(inner)));
  return found;
}

function checked(file: string, bytes: Uint8Array, opened: OpenedBundle): CheckedBundle {
  if (!opened.isReadable) return { check: unreadableCheck(file, opened.reason), bytes, bundle: null };
  const { handIn, files } = opened;
  const problems = verifyBundle(handIn, files);
  const check: BundleCheck = {
    file,
    verdict: problems.length === 0 ? 'whole' : 'altered',
    problems: [...problems],
    student: handIn.student,
    activities: handIn.activities,
    createdAt: handIn.createdAt,
    missing: handIn.required.filter(({ isThere }) => !isThere).map(({ title }) => title),
  };
  return { check, bytes, bundle: { handIn, files } };
}

export const unreadableCheck = (file: string, problem: string): BundleCheck => ({
  file,
  verdict: 'unreadable',
  problems: [problem],
  student: null,
  activities: [],
  createdAt: null,
  missing: [],
});
