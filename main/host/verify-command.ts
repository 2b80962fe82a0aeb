import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BundleCheck } from '../contract/grading-schema.ts';
import { checkBundles, unreadableCheck } from './check-bundles.ts';

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
  const reports: BundleCheck[] = [];
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
async function reportsOf(file: string): Promise<readonly BundleCheck[]> {
  const size = (await stat(file).catch(() => null))?.size;
  if (size === undefined) return [unreadableCheck(file, ['No existe.'])];
  if (size > largestFile) return [unreadableCheck(file, [`Ocupa demasiado para ser una entrega (${size} bytes).`])];
  try {
    return (await checkBundles(file, await readFile(file))).map(({ check }) => check);
  } catch (error) {
    return [unreadableCheck(file, [`No se puede leer (${error instanceof Error ? error.message : String(error)}).`])];
  }
}

const verdicts = { whole: 'coincide', altered: 'NO COINCIDE', unreadable: 'NO SE PUEDE ABRIR' } as const;

function reportText({ file, verdict, problems, notes, student, activities, missing }: BundleCheck): string {
  const lines = [
    `${basename(file)}: ${verdicts[verdict]}`,
    ...(student === null
      ? []
      : [`  ${student.name} · NIA ${student.nia} · ${activities.map(({ title }) => title).join('; ')}`]),
    ...problems.map((problem) => `  ${problem}`),
    ...notes.map((note) => `  Nota: ${note}`),
    ...missing.map((title) => `  Falta: ${title}`),
  ];
  return lines.map((line) => `${plain(line)}\n`).join('');
}

/** Names and texts of a bundle are whatever somebody wrote there: nothing in them steers the terminal. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
