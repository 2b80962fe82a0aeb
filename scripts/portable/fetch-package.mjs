import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from '../run-command.mjs';
import { sourceRoot } from '../source-root.mjs';

/** Packages once fetched stay here, as npm packed them. */
const packageCache = join(sourceRoot, 'dist-portable', 'packages');

/** The name that `npm pack` gives the file. */
const fileOf = ({ name, version }, cache) =>
  join(cache, `${name.replace(/^@/, '').replaceAll('/', '-')}-${version}.tgz`);

/** The file of a package that needs no fetching any more. */
export function fetchedFile(wanted, cache = packageCache) {
  const file = fileOf(wanted, cache);
  return existsSync(file) ? file : undefined;
}

/** A package of the registry as the bytes of its .tgz; nothing is unpacked or run that has not the checksum we know. */
export async function fetchPackage(wanted, cache = packageCache) {
  const file = fileOf(wanted, cache);
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    const status = await runNpm(['pack', `${wanted.name}@${wanted.version}`, '--pack-destination', cache, '--silent']);
    if (status !== 0 || !existsSync(file))
      throw new Error(`npm pack ${wanted.name}@${wanted.version} failed (${status})`);
  }
  const bytes = readFileSync(file);
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (found === wanted.integrity) return bytes;
  rmSync(file);
  throw new Error(`${wanted.name}@${wanted.version}: the registry gave other bytes than expected (${found}); removed`);
}
