import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceRoot } from '../source-root.mjs';
import { bindingComplaints, teacherMaterialIn } from '../student-files.mjs';
import { launchersOf } from './launchers.mjs';
import { nodeFiles } from './node-files.mjs';
import { readmeText } from './readme-text.mjs';
import { runtimeFiles } from './runtime-files.mjs';
import { readPackage } from './tar-archive.mjs';

const top = 'Marea';

const plain = 0o644;

/**
 * Everything in the archive of one platform: `{ path, bytes, mode }`. What a person sees lies at the top; the program is in `app`.
 * `runtime` and `bindings` are the bytes of the two packages that differ from system to system.
 */
export function portableFiles(platform, { runtime, bindings }) {
  const { name, version } = JSON.parse(readFileSync(join(sourceRoot, 'package.json'), 'utf8'));
  const source = (path) => readFileSync(join(sourceRoot, path));
  const files = [
    ...launchersOf(platform),
    { path: 'LEEME.txt', bytes: Buffer.from(readmeText(platform, version)), mode: plain },
    { path: 'LICENSE', bytes: source('LICENSE'), mode: plain },
    { path: 'THIRD-PARTY.md', bytes: source('THIRD-PARTY.md'), mode: plain },
    {
      path: 'app/package.json',
      bytes: Buffer.from(`${JSON.stringify({ name, version, private: true })}\n`),
      mode: plain,
    },
    ...nodeFiles(platform, runtime).map(({ name: file, ...rest }) => ({ path: `app/node/${file}`, ...rest })),
    ...bindingFiles(platform, bindings),
    ...runtimeFiles().map(({ path, bytes }) => ({ path: `app/${path}`, bytes, mode: plain })),
  ];
  const complaints = [
    ...teacherMaterialIn(files.map(({ path, bytes }) => ({ path, read: () => bytes }))),
    ...bindingComplaints(
      files.map(({ path }) => path),
      platform.name,
    ),
  ];
  if (complaints.length > 0) throw new Error(`this archive may not leave:\n  ${complaints.join('\n  ')}`);
  return files.map((file) => ({ ...file, path: `${top}/${file.path}` }));
}

const bindingFiles = (platform, bindings) =>
  [...readPackage(bindings, (path) => path !== 'README.md')].map(([path, bytes]) => ({
    path: `app/node_modules/${platform.bindings.name}/${path}`,
    bytes,
    mode: plain,
  }));
