// npm run build: makes dist/ out of the sources; a part whose sources have not changed is left as it is.
//
//   node scripts/build.mjs [PART ...] [--force]
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildPart, buildParts, canBuild, distFolder, isStale, sourcesOf } from './build-parts.mjs';
import { sourceRoot } from './source-root.mjs';

// Found beside dist at run time: native files, and Python's own archive.
const external = [/^@duckdb\//, /^pyodide(\/|$)/, /^electron$/];

// libuv reads the size of its thread pool once, before the first ES module is loaded: hence a CommonJS file in front.
const launcher = `'use strict';
process.env.UV_THREADPOOL_SIZE ??= '16';
import(process.argv[2] === 'serve' ? './marea/serve.mjs' : './marea/marea.mjs').catch((error) => {
  console.error(error);
  process.exit(1);
});
`;

/** Programs of the host that run beside it, in a thread or a process of their own: one self-contained file each. */
const besideHost = {
  'pyodide-worker': 'main/kernel/pyodide-worker.ts',
  'embedded-services': 'main/services/embedded-main.ts',
  'line-worker': 'main/host/line-worker.ts',
};

const bundleOptions = (inputs) => ({
  input: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, join(sourceRoot, input)])),
  cwd: sourceRoot,
  platform: 'node',
  external,
  tsconfig: join(sourceRoot, 'tsconfig.json'),
  checks: { circularDependency: true },
});
const outputOptions = { dir: join(distFolder, 'marea'), format: 'es', sourcemap: true, keepNames: true };

async function makeHost() {
  const { build } = await import('rolldown');
  rmSync(join(distFolder, 'marea'), { recursive: true, force: true });
  await build({
    ...bundleOptions({ marea: 'main/cli/marea.ts', serve: 'main/web/serve.ts' }),
    output: { ...outputOptions, entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
  });
  for (const [name, input] of Object.entries(besideHost)) {
    if (!existsSync(join(sourceRoot, input))) {
      console.error(`  ${input} is not there yet: left out`);
      continue;
    }
    await build({
      ...bundleOptions({ [name]: input }),
      output: { ...outputOptions, entryFileNames: `${name}.mjs`, codeSplitting: false },
    });
  }
  writeFileSync(join(distFolder, 'marea.js'), launcher);
  writeFileSync(join(distFolder, 'package.json'), '{ "type": "commonjs" }\n');
}

async function makePython() {
  const { tsImport } = await import('tsx/esm/api');
  const { buildPython } = await tsImport('./build-python.ts', import.meta.url);
  const folder = join(distFolder, 'python');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await buildPython(folder);
}

async function makeRenderer() {
  const { build } = await import('vite');
  await build({ configFile: join(sourceRoot, 'vite.config.ts'), logLevel: 'warn' });
}

/** The texts and data of the exercises, without their solutions; their TypeScript is in the host's bundle. */
function makeExercises(part) {
  rmSync(join(distFolder, 'exercises'), { recursive: true, force: true });
  mkdirSync(join(distFolder, 'exercises'));
  for (const path of sourcesOf(part)) {
    mkdirSync(dirname(join(distFolder, path)), { recursive: true });
    cpSync(join(sourceRoot, path), join(distFolder, path));
  }
}

const makers = { host: makeHost, python: makePython, renderer: makeRenderer, exercises: makeExercises };

async function build(names, force) {
  const unknown = names.find((name) => !(name in makers));
  if (unknown) throw new Error(`no part ${unknown}; there are ${Object.keys(makers).join(', ')}`);
  for (const part of buildParts.filter(({ name }) => names.length === 0 || names.includes(name))) {
    if (!canBuild(part)) {
      console.error(`${part.name}: left out, ${part.needs} is not there`);
      continue;
    }
    if (!force && !isStale(part)) continue;
    const start = performance.now();
    mkdirSync(distFolder, { recursive: true });
    await buildPart(part, () => makers[part.name](part));
    console.error(`${part.name}: built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

const args = process.argv.slice(2);
await build(
  args.filter((argument) => argument !== '--force'),
  args.includes('--force'),
);
