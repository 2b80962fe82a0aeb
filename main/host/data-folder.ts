import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Set by the launchers of the portable archive to the folder they lie in. */
const portableVariable = 'MAREA_PORTABLE';

/**
 * Where the learner's work and the embedded servers' data live: `MAREA_DATA`; else a folder `datos` beside the portable archive's launcher, so
 * that a USB stick carries both; else `Marea` in the home folder.
 */
export function dataFolderOf(env: Readonly<Record<string, string | undefined>>): string {
  const { MAREA_DATA: chosen, [portableVariable]: portable } = env;
  if (chosen) return resolve(chosen);
  if (portable) {
    const besideProgram = join(resolve(portable), 'datos');
    if (statSync(besideProgram, { throwIfNoEntry: false })?.isDirectory()) return besideProgram;
  }
  return join(homedir(), 'Marea');
}
