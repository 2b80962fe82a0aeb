// npm run package: installers of the desktop window for the system it runs on, in release/. Installs electron-builder (packaging/) first;
// electron-builder fetches Electron and its own tools, so this wants the network.
//
//   npm run package -- [options of electron-builder, e.g. --linux dir]
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { fetchPackage } from './portable/fetch-package.mjs';
import { nodeFiles } from './portable/node-files.mjs';
import { portablePlatform } from './portable/platforms.mjs';
import { runNode, runNpm } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';

async function installBuilder() {
  if (existsSync(join(sourceRoot, 'packaging/node_modules/.package-lock.json'))) return;
  console.error('Instalando electron-builder (npm ci --prefix packaging)…');
  const status = await runNpm(['ci', '--prefix', join(sourceRoot, 'packaging')]);
  if (status !== 0) process.exit(status);
}

/** The Node of the command line, where electron-builder.yml takes it from. */
async function writeRuntime(platform) {
  const folder = join(sourceRoot, 'dist-portable', 'runtime');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes, mode } of nodeFiles(platform, await fetchPackage(platform.runtime)))
    writeFileSync(join(folder, name), bytes, { mode });
}

await ensureInstalled();
await ensureBuilt();
await installBuilder();
await writeRuntime(portablePlatform(`${process.platform}-${process.arch}`));
const builder = join(sourceRoot, 'packaging/node_modules/electron-builder');
const { bin } = JSON.parse(readFileSync(join(builder, 'package.json'), 'utf8'));
process.exitCode = await runNode([join(builder, bin['electron-builder']), ...process.argv.slice(2)]);
