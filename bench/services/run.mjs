#!/usr/bin/env node
// Measures the embedded services and prints each figure beside its target.
//
//   node bench/services/run.mjs [--only NAME[,NAME]] [--rounds 3]
//
// Wants a built dist/ (npm run build). Exit status: 0 all targets met, 1 one was missed or a measurement failed, 2 wrong usage.
import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '../lib/report.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const measurements = ['kafka-throughput', 'console-latency', 'static-join', 'mongodb-upserts', 'bizum-running'];

/** Each measurement is a process of its own: what one leaves in memory is not the next one's. */
async function measure(name) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(folder, `${name}.ts`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // DuckDB needs the thread pool before libuv starts it, as in the product.
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
  });
  let printed = '';
  child.stdout.on('data', (bytes) => (printed += bytes));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const figures = printed
    .split('\n')
    .filter((line) => line.startsWith('figure '))
    .map((line) => JSON.parse(line.slice('figure '.length)));
  return { figures, failed: code !== 0 };
}

const number = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1));

function verdict(value, target) {
  if (!target) return '';
  return (target.kind === 'at most' ? value <= target.value : value >= target.value) ? 'met' : 'MISSED';
}

function rowsOf(rounds) {
  const byName = new Map();
  for (const figure of rounds.flatMap(({ figures }) => figures))
    byName.set(figure.name, { ...figure, values: [...(byName.get(figure.name)?.values ?? []), figure.value] });
  return [...byName.values()].map(({ name, unit, target, values }) => ({
    name,
    measured: `${number(median(values))} ${unit}`,
    range: values.length === 1 ? '' : `${number(Math.min(...values))} – ${number(Math.max(...values))}`,
    target: target ? `${target.kind} ${number(target.value)}` : '',
    verdict: verdict(median(values), target),
  }));
}

function table(rows) {
  const header = { name: 'measured', measured: 'median', range: 'range', target: 'target', verdict: '' };
  const all = [header, ...rows];
  const width = (key) => Math.max(...all.map((row) => row[key].length));
  return all
    .map((row) =>
      [
        row.name.padEnd(width('name')),
        row.measured.padStart(width('measured')),
        row.range.padStart(width('range')),
        row.target.padStart(width('target')),
        row.verdict,
      ]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string', default: '3' } },
});
const chosen = options.only?.split(',') ?? measurements;
const rounds = Number(options.rounds);
const unknown = chosen.find((name) => !measurements.includes(name));
if (unknown !== undefined || !Number.isInteger(rounds) || rounds < 1) {
  console.error(
    unknown === undefined
      ? '--rounds: a positive whole number'
      : `--only: no ${unknown}; there are ${measurements.join(', ')}`,
  );
  process.exit(2);
}
const rows = [];
const failed = [];
for (const name of chosen) {
  const done = [];
  for (let round = 1; round <= rounds; round += 1) {
    done.push(await measure(name));
    console.error(`${name}  ${round}/${rounds}  load ${loadavg()[0].toFixed(1)}`);
  }
  rows.push(...rowsOf(done));
  if (done.some((round) => round.failed)) failed.push(name);
}
console.log(table(rows));
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 || rows.some((row) => row.verdict === 'MISSED') ? 1 : 0;
