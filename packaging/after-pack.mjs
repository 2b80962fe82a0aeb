import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bindingComplaints, teacherMaterialIn } from '../scripts/student-files.mjs';
import { readAsar } from './read-asar.mjs';

/** electron-builder numbers processors. */
const processors = { 0: 'ia32', 1: 'x64', 2: 'armv7l', 3: 'arm64', 4: 'universal' };

/** electron-builder calls this with each packed folder, before it makes installers of it; a complaint ends the build. */
export async function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
      : join(appOutDir, 'resources');
  const platform = `${electronPlatformName}-${processors[arch]}`;
  // Where the unpacked programs look for their version; electron-builder itself would take it out of the archive.
  const { name, version } = packager.appInfo;
  writeFileSync(join(resources, 'app.asar.unpacked', 'package.json'), `${JSON.stringify({ name, version })}\n`);
  const complaints = packageComplaints(resources, platform);
  if (complaints.length > 0) throw new Error(`${platform} may not leave:\n  ${complaints.join('\n  ')}`);
  const bytes = filesBelow(appOutDir).reduce((sum, { path }) => sum + statSync(join(appOutDir, path)).size, 0);
  console.log(`  • ${platform}: checked, ${(bytes / 2 ** 20).toFixed(1)} MiB unpacked`);
}

/** Everything that is wrong with what a student would receive, by the folder of resources of a packed application. */
export function packageComplaints(resources, platform) {
  const archive = join(resources, 'app.asar');
  if (!existsSync(archive)) return ['no app.asar'];
  const files = [...readAsar(archive), ...filesBelow(resources).filter(({ path }) => path !== 'app.asar')];
  const paths = new Set(files.map(({ path }) => path));
  return [
    ...teacherMaterialIn(files),
    ...bindingComplaints([...paths], platform),
    ...neededIn(platform).flatMap((path) => (paths.has(path) ? [] : [`${path} is missing`])),
    ...[...paths].filter((path) => /\.map$|\/pictures\/|\.stamps\//.test(path)).map((path) => `${path} is of no use`),
    ...([...paths].some((path) => path.endsWith('.woff2')) ? [] : ['no fonts']),
  ];
}

/** What works without network from the first start, and what Node, which cannot read archives, must find as files. */
function neededIn(platform) {
  const isWindows = platform.startsWith('win32');
  const units = ['caso-5', 'caso-6', 'caso-7', 'caso-8', 'bizum', 'limpieza-join'];
  const unpacked = [
    'package.json',
    'dist/marea.js',
    'dist/marea/marea.mjs',
    'dist/marea/serve.mjs',
    'dist/marea/pyodide-worker.mjs',
    'dist/python/python-stdlib.zip',
    'dist/python/marea-python.zip',
    'dist/renderer/index.html',
    'node_modules/pyodide/pyodide.asm.wasm',
    ...units.map((unit) => `dist/exercises/${unit}/starter.ipynb`),
  ];
  return [
    'dist/shell/main.js',
    'LICENSE',
    'THIRD-PARTY.md',
    isWindows ? 'bin/marea.cmd' : 'bin/marea',
    isWindows ? 'node/node.exe' : 'node/node',
    'node/LICENSE',
    ...unpacked.map((path) => `app.asar.unpacked/${path}`),
  ];
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: file.slice(folder.length + 1).replaceAll('\\', '/'),
      read: () => readFileSync(file),
    }));
