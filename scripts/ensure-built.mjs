import { join } from 'node:path';
import { buildParts, canBuild, isStale } from './build-parts.mjs';
import { runNode } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';

/** Builds the stale parts, in a process of its own that leaves no bundler in memory. Ends this process when that fails. */
export async function ensureBuilt() {
  const stale = buildParts.filter((part) => canBuild(part) && isStale(part)).map(({ name }) => name);
  if (stale.length === 0) return;
  console.error(`Construyendo Marea (${stale.join(', ')})…`);
  const status = await runNode([join(sourceRoot, 'scripts/build.mjs'), ...stale]);
  if (status !== 0) process.exit(status);
}
