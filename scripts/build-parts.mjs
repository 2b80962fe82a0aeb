import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceRoot } from './source-root.mjs';

/** Where everything that is built goes. */
export const distFolder = join(sourceRoot, 'dist');

/** No student build may hold a solution. */
export const isSolution = (name) => name.startsWith('solution');

/**
 * What `npm run build` makes: a part is made again when the content of a file it is made from has changed.
 * `needs` names the file without which there is nothing to build yet; `packages` are installed packages whose version counts.
 */
export const buildParts = [
  {
    name: 'host',
    needs: 'main/cli/marea.ts',
    sources: ['engine', 'main', 'exercises'],
    accepts: (path) => path.endsWith('.ts') || path.endsWith('.json'),
    packages: 'all',
    makes: ['marea', 'marea.js'],
  },
  {
    name: 'python',
    needs: 'scripts/build-python.ts',
    sources: ['engine/python', 'scripts/build-python.ts'],
    accepts: () => true,
    packages: ['pyodide'],
    makes: ['python'],
  },
  {
    name: 'renderer',
    needs: 'renderer/main.tsx',
    sources: ['renderer', 'main/contract', 'engine/api', 'engine/core', 'assets', 'vite.config.ts'],
    accepts: () => true,
    packages: 'all',
    makes: ['renderer'],
  },
  {
    name: 'exercises',
    needs: 'exercises',
    sources: ['exercises'],
    accepts: (path) => !path.endsWith('.ts') && !path.split('/').some(isSolution),
    packages: [],
    makes: ['exercises'],
  },
];

function* filesUnder(path) {
  const absolute = join(sourceRoot, path);
  if (!existsSync(absolute)) return;
  let entries;
  try {
    entries = readdirSync(absolute, { withFileTypes: true });
  } catch {
    yield path;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === '__pycache__' || entry.name.startsWith('.')) continue;
    const child = `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* filesUnder(child);
    else yield child;
  }
}

/** Files a part is made from, relative to the repository, in a fixed order. */
export const sourcesOf = (part) => part.sources.flatMap((source) => [...filesUnder(source)].filter(part.accepts));

function packageVersions(packages) {
  const lock = readFileSync(join(sourceRoot, 'package-lock.json'), 'utf8');
  if (packages === 'all') return lock;
  const entries = JSON.parse(lock).packages;
  return packages.map((name) => `${name} ${entries[`node_modules/${name}`]?.version}`).join('\n');
}

/** Fingerprint of everything a part is made from, this build included. */
function stampOf(part) {
  const hash = createHash('sha256').update(packageVersions(part.packages));
  for (const path of ['scripts/build.mjs', 'scripts/build-parts.mjs', ...sourcesOf(part)]) {
    hash.update(`\0${path}\0`).update(readFileSync(join(sourceRoot, path)));
  }
  return hash.digest('hex');
}

const stampFile = (part) => join(distFolder, '.stamps', part.name);

export const canBuild = (part) => existsSync(join(sourceRoot, part.needs));

/** Whether what stands in `dist` was made from other sources than the present ones, or is not there. */
export function isStale(part) {
  if (part.makes.some((name) => !existsSync(join(distFolder, name)))) return true;
  const file = stampFile(part);
  return !existsSync(file) || readFileSync(file, 'utf8') !== stampOf(part);
}

/**
 * Runs `make` and notes from what. The stamp is taken before (a file saved meanwhile makes the part stale again)
 * and written after (an interrupted build stays stale).
 */
export async function buildPart(part, make) {
  const stamp = stampOf(part);
  rmSync(stampFile(part), { force: true });
  await make();
  mkdirSync(join(distFolder, '.stamps'), { recursive: true });
  writeFileSync(stampFile(part), stamp);
}
