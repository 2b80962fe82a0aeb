import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(join(sourceRoot, lockFile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** npm writes `node_modules/.package-lock.json` when an installation is complete; it must hold what our lock file asks for. */
function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && !entry.optional)
    .every(([path, entry]) => present[path]?.version === entry.version);
}

/** Installs the packages of the lock file unless they are there. Ends the process with npm's status when that fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Instalando dependencias (npm ci)…');
  const status = await runNpm(['ci', '--include=dev']);
  if (status === 0) return;
  console.error('No se han podido instalar las dependencias: npm ci ha fallado (mensaje anterior).');
  process.exit(status);
}
