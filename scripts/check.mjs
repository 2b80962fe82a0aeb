// npm run check: every tool that reads the code without running it. All of them report, whatever the others found.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { sourceRoot } from './source-root.mjs';

const bin = (name, program) => join(sourceRoot, 'node_modules', name, program);
const present = (folder) => existsSync(join(sourceRoot, folder));
const hasSources = (folder) =>
  present(folder) && readdirSync(join(sourceRoot, folder), { recursive: true }).some((path) => /\.tsx?$/.test(path));
const boundaries = ['engine', 'main', 'renderer', 'exercises', 'scripts', 'tests', 'bench'].filter(present);

const tools = [
  ['format', bin('oxfmt', 'bin/oxfmt'), ['--check']],
  ['lint', bin('oxlint', 'bin/oxlint'), ['--deny-warnings']],
  ['types', bin('typescript', 'bin/tsc'), ['-p', 'tsconfig.json']],
  ...(hasSources('renderer')
    ? [['types of the window', bin('typescript', 'bin/tsc'), ['-p', 'tsconfig.renderer.json']]]
    : []),
  ...(hasSources('tests/renderer') || hasSources('tests/window')
    ? [['types of the window’s tests', bin('typescript', 'bin/tsc'), ['-p', 'tsconfig.window.json']]]
    : []),
  ['boundaries', bin('dependency-cruiser', 'bin/dependency-cruise.mjs'), ['--progress', 'none', ...boundaries]],
  ['dead code', bin('knip', 'bin/knip.js'), []],
];

function run([name, program, args]) {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(process.execPath, [program, ...args], { cwd: sourceRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('close', (code) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      resolve({ name, failed: code !== 0, seconds, output: Buffer.concat(output).toString().trimEnd() });
    });
  });
}

await ensureInstalled();
const results = await Promise.all(tools.map(run));
for (const { name, output } of results.filter(({ failed }) => failed)) console.log(`── ${name}\n${output}\n`);
for (const { name, failed, seconds } of results) console.log(`${failed ? 'FAILED' : 'ok    '}  ${name} (${seconds} s)`);
process.exitCode = results.some(({ failed }) => failed) ? 1 : 0;
