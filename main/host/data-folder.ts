import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the learner's work and the embedded servers' data live: `MAREA_DATA`, else `Marea` in the home folder. */
export const dataFolderOf = (env: Readonly<Record<string, string | undefined>>): string =>
  resolve(env['MAREA_DATA'] ?? join(homedir(), 'Marea'));
