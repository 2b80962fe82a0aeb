import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { sourceRoot } from '../source-root.mjs';
import { fetchPackage } from './fetch-package.mjs';
import { portableFiles } from './portable-files.mjs';
import { portablePlatform } from './platforms.mjs';
import { writeTarGz } from './tar-archive.mjs';

const outFolder = join(sourceRoot, 'dist-portable');

export async function fetchPortablePackages(name) {
  const { runtime, bindings } = portablePlatform(name);
  return { runtime: await fetchPackage(runtime), bindings: await fetchPackage(bindings) };
}

/** Writes `dist-portable/marea-<version>-<platform>.zip` (Linux: `.tar.gz`) out of what stands in `dist`; answers its path. */
export async function makePortable(name, folder = outFolder) {
  if (!existsSync(join(sourceRoot, 'dist', 'marea.js'))) throw new Error('nothing built: npm run build');
  const platform = portablePlatform(name);
  const files = portableFiles(platform, await fetchPortablePackages(name));
  const { version } = JSON.parse(readFileSync(join(sourceRoot, 'package.json'), 'utf8'));
  const file = join(folder, `marea-${version}-${name}.${platform.archive}`);
  mkdirSync(folder, { recursive: true });
  // Under its own name only when it is whole.
  writeFileSync(`${file}.part`, platform.archive === 'zip' ? zipOf(files) : writeTarGz(files));
  renameSync(`${file}.part`, file);
  return file;
}

/** A zip as Unix writes it: macOS gives back the executable bits. */
export function zipOf(files) {
  const regularFile = 0o100_000;
  return zipSync(
    Object.fromEntries(
      files.map(({ path, bytes, mode }) => [
        path,
        [bytes, { os: 3, attrs: ((regularFile | mode) << 16) >>> 0, mtime: new Date(2026, 0, 1), level: 6 }],
      ]),
    ),
  );
}
