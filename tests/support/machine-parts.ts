import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchedFile } from '../../scripts/portable/fetch-package.mjs';
import { portablePlatform } from '../../scripts/portable/platforms.mjs';
import { repository } from './source-files.ts';

/** What some tests need beside Node and npm's packages; `.ci/run` installs the first group, so under CI none may be missing. */
export const requiredParts = ['chromium', 'mariadb-server', 'kcat', 'netcat-openbsd', 'unzip', 'python'] as const;
/** Skipped by name wherever it is missing, CI included. */
export const optionalParts = [
  'spark',
  'kafka',
  'mariadb',
  'electron',
  'nbgrader',
  'mongosh',
  'portable-node',
  'electron-builder',
] as const;

export type RequiredPart = (typeof requiredParts)[number];
export type OptionalPart = (typeof optionalParts)[number];
export type PartName = RequiredPart | OptionalPart;

/** The program (for `kafka` and `mariadb`: the address of a real one) that each part stands for; undefined where this machine lacks it. */
export type Parts = Readonly<Record<PartName, string | undefined>>;

const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const program = (...names: readonly string[]): string | undefined =>
  names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);

/** A Python that has the clients a student would use: kafka-python, pymongo and nbformat. */
function pythonWithClients(): string | undefined {
  const candidates = [process.env['MAREA_TEST_PYTHON'], program('python3')];
  return candidates.find(
    (python) => python !== undefined && spawnSync(python, ['-c', 'import kafka, pymongo, nbformat']).status === 0,
  );
}

/** A file that `npm run package` leaves when it has installed what it needs. */
function existingFile(path: string): string | undefined {
  const file = join(repository, path);
  return existsSync(file) ? file : undefined;
}

/** What the Linux archive is made of, once `npm run portable -- --platform linux-x64 --fetch-only` has fetched it. */
function portableNode(): string | undefined {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') return undefined;
  const { runtime, bindings } = portablePlatform('linux-x64');
  return fetchedFile(bindings) && fetchedFile(runtime);
}

/** Looks for every part on this machine; takes about half a second, most of it Python's imports. */
function findParts(): Parts {
  return {
    chromium: process.env['MAREA_TEST_CHROMIUM'] ?? program('chromium', 'chromium-browser', 'google-chrome'),
    'mariadb-server': program('mariadbd', 'mysqld'),
    kcat: program('kcat', 'kafkacat'),
    'netcat-openbsd': program('nc.openbsd'),
    unzip: program('unzip'),
    python: pythonWithClients(),
    spark: process.env['MAREA_SPARK_PYTHON'],
    kafka: process.env['MAREA_TEST_KAFKA'],
    mariadb: process.env['MAREA_TEST_MARIADB'],
    electron: program('electron'),
    nbgrader: program('nbgrader'),
    mongosh: program('mongosh'),
    'portable-node': portableNode(),
    // A package begins with the shell's bundle.
    'electron-builder': existingFile('dist/shell/main.js') && existingFile('packaging/node_modules/.package-lock.json'),
  };
}

const noted = process.env['MAREA_TEST_PARTS'];

/** The parts of this machine; looked for once for each run of the tests, since the workers inherit the answer. */
export const parts: Parts = noted === undefined ? findParts() : (JSON.parse(noted) as Parts);
process.env['MAREA_TEST_PARTS'] = JSON.stringify(parts);

/** Asked by the test script. @public */
export const missingParts: readonly PartName[] = [...requiredParts, ...optionalParts].filter(
  (name) => parts[name] === undefined,
);
