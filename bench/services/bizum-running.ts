// Memory and idle processor time of a built Marea that runs Bizum: the producer in its own Python, the solution's queries in the notebook's,
// Kafka and MongoDB in their child process.
import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { watchProcessTree } from '../lib/process-tree.mjs';
import { report } from './figure.ts';
import { MareaWindow } from './marea-window.ts';

const settleMs = 5000;
/** Two turns of the producer, which sends every ten seconds. */
const runningMs = 22_000;
const idleMs = 20_000;
const megabyte = 2 ** 20;

type Cell = { readonly cell_type: string; readonly source: string | readonly string[] };
const solution = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../exercises/bizum/solution.ipynb', import.meta.url)), 'utf8'),
) as { readonly cells: readonly Cell[] };

const folder = await mkdtemp(join(tmpdir(), 'marea-bench-bizum-'));
const window = await MareaWindow.open(folder);
await window.useEmbedded();
const { notebook } = await window.request('activity.open', { id: 'bizum' });
await window.request('notebook.open', { path: notebook });
await window.request('producer.start', { path: 'bizum/bizum-kafka.py' });
for (const [index, cell] of solution.cells.entries()) {
  if (cell.cell_type !== 'code') continue;
  const source = typeof cell.source === 'string' ? cell.source : cell.source.join('');
  await window.run(notebook, `cell-${index}`, source);
}
await setTimeout(settleMs);
const running = watchProcessTree(window.pid);
await setTimeout(runningMs);
const { peakMemoryBytes } = running.stop();
if (peakMemoryBytes === null) throw new Error('this system does not tell what its processes use');
report({
  name: 'Bizum running: host, two Pythons, Kafka and MongoDB',
  value: peakMemoryBytes / megabyte,
  unit: 'MB',
  target: { kind: 'at most', value: 900 },
});
await window.request('producer.stop', {});
await setTimeout(settleMs);
const before = cpuSecondsSoFar();
await setTimeout(idleMs);
const cpuSeconds = cpuSecondsSoFar() - before;
report({
  name: 'Bizum idle: queries wait for records',
  value: (100 * cpuSeconds) / (idleMs / 1000),
  unit: '% of a core',
  target: { kind: 'at most', value: 3 },
});
await window.close();
await rm(folder, { recursive: true, force: true, maxRetries: 5 });

/** Of the processes that are there, since each began. */
function cpuSecondsSoFar(): number {
  return watchProcessTree(window.pid).stop().cpuSeconds ?? Number.NaN;
}
