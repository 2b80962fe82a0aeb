import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HandIn } from '../grading/bundle-schema.ts';
import { openBundle } from '../grading/open-bundle.ts';
import { verifyBundle } from '../grading/verify-bundle.ts';

/** `missing`: titles of required evidence that is not there. */
export type BundleReport = {
  readonly file: string;
  readonly verdict: 'whole' | 'altered' | 'unreadable';
  readonly problems: readonly string[];
  readonly student: HandIn['student'] | null;
  readonly activities: readonly string[];
  readonly missing: readonly string[];
};

/** A file larger than this is no hand-in. */
const largestFile = 64 << 20;

/**
 * `marea verify`: each bundle, or each zip inside a folder and its folders (Moodle's download, unpacked). Answers the exit code: 0 all whole, 1 some
 * altered, 3 some unreadable, 2 nothing to verify.
 */
export async function verifyCommand(words: readonly string[], print: (text: string) => void): Promise<number> {
  const isJson = words.includes('--json');
  const found = await Promise.all(words.filter((word) => !word.startsWith('--')).map(bundlesUnder));
  const files = found.flat();
  if (files.length === 0) {
    print('marea verify: no hay ninguna entrega (.zip) que comprobar.\n');
    return 2;
  }
  const reports: BundleReport[] = [];
  for (const file of files) {
    const report = await reportOf(file);
    reports.push(report);
    if (!isJson) print(reportText(report));
  }
  if (isJson) print(`${JSON.stringify(reports, null, 1)}\n`);
  if (reports.some(({ verdict }) => verdict === 'unreadable')) return 3;
  return reports.some(({ verdict }) => verdict === 'altered') ? 1 : 0;
}

async function bundlesUnder(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith('.zip'))
    .sort()
    .map((name) => join(path, name));
}

async function reportOf(file: string): Promise<BundleReport> {
  const unreadable = (problem: string): BundleReport => ({
    file,
    verdict: 'unreadable',
    problems: [problem],
    student: null,
    activities: [],
    missing: [],
  });
  const size = (await stat(file).catch(() => null))?.size;
  if (size === undefined) return unreadable('No existe.');
  if (size > largestFile) return unreadable(`Ocupa demasiado para ser una entrega (${size} bytes).`);
  const opened = await openBundle(await readFile(file));
  if (!opened.isReadable) return unreadable(opened.reason);
  const { handIn, files } = opened;
  const problems = verifyBundle(handIn, files);
  return {
    file,
    verdict: problems.length === 0 ? 'whole' : 'altered',
    problems,
    student: handIn.student,
    activities: handIn.activities.map(({ title }) => title),
    missing: handIn.required.filter(({ isThere }) => !isThere).map(({ title }) => title),
  };
}

const verdicts = { whole: 'coincide', altered: 'NO COINCIDE', unreadable: 'NO SE PUEDE ABRIR' } as const;

function reportText({ file, verdict, problems, student, activities, missing }: BundleReport): string {
  const whose = student === null ? '' : `  ${student.name} · NIA ${student.nia} · ${activities.join('; ')}\n`;
  const lacks = missing.map((title) => `  Falta: ${title}\n`).join('');
  return `${basename(file)}: ${verdicts[verdict]}\n${whose}${problems.map((problem) => `  ${problem}\n`).join('')}${lacks}`;
}
