import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HandIn } from '../grading/bundle-schema.ts';
import { openBundle, type OpenedBundle } from '../grading/open-bundle.ts';
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
 * `marea verify`: each bundle, each zip inside a folder and its folders or inside a zip (Moodle's download). Answers the exit code: 0 all whole, 1 some
 * altered, 3 some unreadable, 2 nothing to verify or wrong usage.
 */
export async function verifyCommand(words: readonly string[], print: (text: string) => void): Promise<number> {
  const options = words.filter((word) => word.startsWith('-'));
  const unknown = options.find((option) => option !== '--json');
  const given = await Promise.all(words.filter((word) => !word.startsWith('-')).map(zipsUnder));
  const files = given.flat();
  if (unknown !== undefined || files.length === 0) {
    print(`marea verify: ${unknown === undefined ? nothing : `no hay ninguna opción ${plain(unknown)}.`}\n`);
    return 2;
  }
  const reports: BundleReport[] = [];
  for (const file of files) {
    for (const report of await reportsOf(file)) {
      reports.push(report);
      if (options.length === 0) print(reportText(report));
    }
  }
  if (options.length > 0) print(`${JSON.stringify(reports, null, 1)}\n`);
  if (reports.some(({ verdict }) => verdict === 'unreadable')) return 3;
  return reports.some(({ verdict }) => verdict === 'altered') ? 1 : 0;
}

const nothing = 'no hay ninguna entrega (.zip) que comprobar.';

async function zipsUnder(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.zip$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** One report, or one for each bundle inside. Nothing that goes wrong with one keeps the others from being looked at. */
async function reportsOf(file: string): Promise<readonly BundleReport[]> {
  const size = (await stat(file).catch(() => null))?.size;
  if (size === undefined) return [unreadable(file, 'No existe.')];
  if (size > largestFile) return [unreadable(file, `Ocupa demasiado para ser una entrega (${size} bytes).`)];
  try {
    const opened = await openBundle(await readFile(file));
    if (opened.isReadable || opened.inside.size === 0) return [reportOf(file, opened)];
    const reports: BundleReport[] = [];
    for (const [name, bytes] of opened.inside) reports.push(reportOf(`${file}/${name}`, await openBundle(bytes)));
    return reports;
  } catch (error) {
    return [unreadable(file, `No se puede leer (${error instanceof Error ? error.message : String(error)}).`)];
  }
}

const unreadable = (file: string, problem: string): BundleReport => ({
  file,
  verdict: 'unreadable',
  problems: [problem],
  student: null,
  activities: [],
  missing: [],
});

function reportOf(file: string, opened: OpenedBundle): BundleReport {
  if (!opened.isReadable) return unreadable(file, opened.reason);
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
  const lines = [
    `${basename(file)}: ${verdicts[verdict]}`,
    ...(student === null ? [] : [`  ${student.name} · NIA ${student.nia} · ${activities.join('; ')}`]),
    ...problems.map((problem) => `  ${problem}`),
    ...missing.map((title) => `  Falta: ${title}`),
  ];
  return lines.map((line) => `${plain(line)}\n`).join('');
}

/** Names and texts of a bundle are whatever somebody wrote there: nothing in them steers the terminal. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\ufffd');
