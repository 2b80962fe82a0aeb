import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceRoot } from '../source-root.mjs';

/** What the bundles in `dist` still import at run time, with the files of each that are read then: no types, no maps, no consoles. */
const runtimePackages = {
  '@duckdb/node-api': /^(package\.json|LICENSE|lib\/.*\.js)$/,
  '@duckdb/node-bindings': /^(package\.json|LICENSE|duckdb\.js)$/,
  'detect-libc': /^(package\.json|LICENSE|lib\/.*\.js)$/,
  // Its standard library is ours, compiled: `dist/python`.
  pyodide: /^(package\.json|README\.md|pyodide\.mjs|pyodide\.asm\.(mjs|wasm)|pyodide-lock\.json)$/,
};

/** The built parts that browser mode and the command line use. */
const builtParts = /^(marea\.js|package\.json|marea\/.*\.mjs|python\/.*\.zip|renderer\/.*|exercises\/.*)$/;

function filesBelow(folder, accepts) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: file.slice(folder.length + 1).replaceAll('\\', '/') }))
    .filter(({ path }) => !path.endsWith('.map') && accepts.test(path));
}

/** The same files for every system: `dist` and the packages beside it, as `{ path, bytes }` in a fixed order. */
export function runtimeFiles() {
  const groups = [
    { prefix: 'dist', folder: join(sourceRoot, 'dist'), accepts: builtParts },
    ...Object.entries(runtimePackages).map(([name, accepts]) => ({
      prefix: `node_modules/${name}`,
      folder: join(sourceRoot, 'node_modules', name),
      accepts,
    })),
  ];
  return groups
    .flatMap(({ prefix, folder, accepts }) =>
      filesBelow(folder, accepts).map(({ file, path }) => ({ path: `${prefix}/${path}`, bytes: readFileSync(file) })),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
