// Keeps the copied conformance programs and bench workloads in step with the folder they come from.
//
//   node scripts/sync-shared.mjs FOLDER [--check]
//
// FOLDER holds conformance/ and bench/. With --check nothing is written: the differences are named, status 1 if there are any.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceRoot } from './source-root.mjs';

const copies = [
  ['conformance/README.md', 'tests/conformance/README.md'],
  ['conformance/judge.mjs', 'tests/conformance/judge.mjs'],
  ['conformance/programs', 'tests/conformance/programs'],
  ['bench/README.md', 'bench/README.md'],
  ['bench/run.mjs', 'bench/run.mjs'],
  ['bench/make-data.mjs', 'bench/make-data.mjs'],
  ['bench/lib', 'bench/lib'],
  ['bench/workloads', 'bench/workloads'],
];

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [''];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
}

const isSame = (a, b) => existsSync(a) && existsSync(b) && readFileSync(a).equals(readFileSync(b));

function differences(shared) {
  return copies.flatMap(([from, to]) => {
    const [source, copy] = [join(shared, from), join(sourceRoot, to)];
    const names = new Set([...filesOf(source), ...filesOf(copy)]);
    return [...names]
      .map((name) => ({ source: join(source, name), copy: join(copy, name) }))
      .filter((pair) => !isSame(pair.source, pair.copy));
  });
}

const [shared, ...flags] = process.argv.slice(2);
if (!shared || !existsSync(join(shared, 'conformance')) || flags.some((flag) => flag !== '--check')) {
  console.error('usage: node scripts/sync-shared.mjs FOLDER [--check]   (FOLDER holds conformance/ and bench/)');
  process.exit(2);
}
const changed = differences(shared);
for (const { source, copy } of changed) {
  const name = copy.slice(sourceRoot.length + 1);
  console.log(`${existsSync(source) ? (existsSync(copy) ? 'changed' : 'missing') : 'no longer shared'}: ${name}`);
  if (flags.includes('--check')) continue;
  rmSync(copy, { force: true });
  if (!existsSync(source)) continue;
  mkdirSync(dirname(copy), { recursive: true });
  writeFileSync(copy, readFileSync(source));
}
console.log(`${changed.length} files differ${flags.includes('--check') ? '' : 'ed'}`);
process.exitCode = flags.includes('--check') && changed.length > 0 ? 1 : 0;
