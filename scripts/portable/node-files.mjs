import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceRoot } from '../source-root.mjs';
import { readPackage } from './tar-archive.mjs';

/** Node alone out of its npm package, without npm; its licence is kept here, since not every package that carries Node has it. */
export function nodeFiles(platform, runtime) {
  const bytes = readPackage(runtime, (path) => path === platform.node).get(platform.node);
  if (!bytes) throw new Error(`no ${platform.node} in ${platform.runtime.name}`);
  return [
    { name: platform.node.slice(platform.node.lastIndexOf('/') + 1), bytes, mode: 0o755 },
    { name: 'LICENSE', bytes: readFileSync(join(sourceRoot, 'packaging/node-license.txt')), mode: 0o644 },
  ];
}
