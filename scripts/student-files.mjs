import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isSolution } from './build-parts.mjs';
import { sourceRoot } from './source-root.mjs';

/** A line shorter than this says nothing: any program may hold it. */
const tellingLength = 20;

const exerciseFiles = () =>
  readdirSync(join(sourceRoot, 'exercises'), { recursive: true, encoding: 'utf8' })
    .map((path) => `exercises/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(py|ipynb|ts|json|md)$/.test(path));

const isSolutionPath = (path) => path.split(/[\\/]/).some(isSolution);

/** The longest line is a file's fingerprint: bundlers re-indent and quote text, but keep a line's words. */
function fingerprintOf(path) {
  const lines = readFileSync(join(sourceRoot, path), 'utf8').split('\n');
  return lines.reduce((longest, line) => (line.trim().length > longest.length ? line.trim() : longest), '');
}

/** The line by which each solution, expectation and criterion of this repository is known, unless the starters have it too. */
export function solutionFingerprints() {
  const paths = exerciseFiles();
  const starters = paths
    .filter((path) => !isSolutionPath(path) && !path.endsWith('.ts') && !path.endsWith('.json'))
    .map((path) => readFileSync(join(sourceRoot, path), 'utf8'));
  return paths
    .filter(isSolutionPath)
    .map((path) => ({ path, line: fingerprintOf(path) }))
    .filter(({ line }) => line.length >= tellingLength && !starters.some((text) => text.includes(line)));
}

/**
 * What a student must not receive, as complaints: a solution as a file, a teacher's reference pack, or a solution's words inside a text.
 * `files` are `{ path, read }`; only texts are read.
 */
export function teacherMaterialIn(files) {
  const fingerprints = solutionFingerprints();
  return files.flatMap(({ path, read }) => {
    if (isSolutionPath(path)) return [`${path} is a solution`];
    if (basename(path).startsWith('marea-referencia')) return [`${path} is a teacher's reference pack`];
    if (!/\.(mjs|cjs|js|json|py|ipynb|map|html|txt|md)$/.test(path)) return [];
    const text = read().toString();
    return fingerprints
      .filter(({ line }) => text.includes(line))
      .map((known) => `${path} holds words of ${known.path}`);
  });
}

/** DuckDB's own package of this system must be there, whole, and no other system's. */
export function bindingComplaints(paths, platform) {
  const found = new Map();
  for (const path of paths) {
    const match = /@duckdb\/node-bindings-([a-z0-9-]+)\/(.+)$/.exec(path.replaceAll('\\', '/'));
    if (match) found.set(match[1], [...(found.get(match[1]) ?? []), match[2]]);
  }
  const own = found.get(platform) ?? [];
  const parts = ['duckdb.node', platform.startsWith('win32') ? 'duckdb.dll' : /^libduckdb\.(so|dylib)$/];
  const isThere = (part) => own.some((name) => (typeof part === 'string' ? name === part : part.test(name)));
  return [
    ...[...found.keys()]
      .filter((name) => name !== platform)
      .map((name) => `DuckDB of ${name} in a package for ${platform}`),
    ...parts.filter((part) => !isThere(part)).map((part) => `DuckDB for ${platform} is not whole: no ${String(part)}`),
  ];
}
