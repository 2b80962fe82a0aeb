import type { BundleCheck } from '../contract/grading-schema.ts';
import { bundlesIn, zipsUnder } from './bundles-under.ts';
import { checkLines, plain, printedLines } from './check-text.ts';

/**
 * `marea verify`: each bundle, each zip inside a folder and its folders or inside a zip (Moodle's download). Answers the exit code: 0 all whole, 1 some
 * altered, 3 some unreadable, 2 nothing to verify or wrong usage.
 */
export async function verifyCommand(words: readonly string[], print: (text: string) => void): Promise<number> {
  const options = words.filter((word) => word.startsWith('-'));
  const unknown = options.find((option) => option !== '--json');
  const files = await zipsUnder(words.filter((word) => !word.startsWith('-')));
  if (unknown !== undefined || files.length === 0) {
    print(`marea verify: ${unknown === undefined ? nothing : `no hay ninguna opción ${plain(unknown)}.`}\n`);
    return 2;
  }
  const checks: BundleCheck[] = [];
  for (const file of files) {
    for (const { check } of await bundlesIn(file)) {
      checks.push(check);
      if (options.length === 0) print(printedLines(checkLines(check)));
    }
  }
  if (options.length > 0) print(`${JSON.stringify(checks, null, 1)}\n`);
  if (checks.some(({ verdict }) => verdict === 'unreadable')) return 3;
  return checks.some(({ verdict }) => verdict === 'altered') ? 1 : 0;
}

const nothing = 'no hay ninguna entrega (.zip) que comprobar.';
