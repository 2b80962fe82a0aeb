import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceRoot } from '../source-root.mjs';

const readJson = (path) => JSON.parse(readFileSync(join(sourceRoot, path), 'utf8'));

/**
 * The systems that a portable archive is made for: the file to double-click, the one for the command line, where Node lies in its npm package,
 * and how the archive is packed. A tar keeps the executable bits for every program that unpacks it; Windows opens zips alone.
 */
const systems = {
  'linux-x64': { launcher: 'marea.sh', command: 'bin/marea', node: 'bin/node', archive: 'tar.gz' },
  'win32-x64': { launcher: 'Marea.cmd', command: 'bin/marea.cmd', node: 'bin/node.exe', archive: 'zip' },
  'darwin-arm64': { launcher: 'Marea.command', command: 'bin/marea', node: 'bin/node', archive: 'zip' },
  'darwin-x64': { launcher: 'Marea.command', command: 'bin/marea', node: 'bin/node', archive: 'zip' },
};

export const platformNames = Object.keys(systems);

/** A system with the packages it needs, each with the checksum that this repository trusts. */
export function portablePlatform(name) {
  const system = systems[name];
  if (!system) throw new Error(`no portable archive for ${name}; there are ${platformNames.join(', ')}`);
  const { version, packages } = readJson('packaging/node-runtimes.json');
  const bindings = `@duckdb/node-bindings-${name}`;
  const locked = readJson('package-lock.json').packages[`node_modules/${bindings}`];
  return {
    name,
    ...system,
    runtime: { ...packages[name], version },
    bindings: { name: bindings, version: locked.version, integrity: locked.integrity },
  };
}
