// Records what each unit's solution prints at the machine's own pace, for replay.test.ts to hold against the virtual clock.
// It takes as long as the learner would wait: some 25 minutes for Caso 5, half an hour in all; the units run side by side.
//
//   node --import tsx tests/exercises/replay/record-replays.ts [--producer] [unit ...]
//
// --producer: first lets `bizum-kafka.py` run for seven minutes and keeps what it sent in `exercises/bizum/solution-bursts.json`.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syllabus } from '../../../exercises/catalog.ts';
import type { BizumBurst } from '../../../main/host/solution-scenes.ts';
import { TestWindow } from '../../main/host/test-window.ts';
import { readSource, repository } from '../../support/source-files.ts';
import { printedBySolution, type Recording } from './printed-by-solution.ts';

const folder = 'tests/exercises/replay';
const burstsFile = 'exercises/bizum/solution-bursts.json';
const producerMs = 7 * 60_000;
/** All windows of Caso 5 begin on whole minutes: from here, what takes some seconds more or less stays in its window. */
const startSecond = 10;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const readTopic = `from kafka import KafkaConsumer
for record in KafkaConsumer('iabd-bizum', bootstrap_servers='localhost:9092', auto_offset_reset='earliest', consumer_timeout_ms=3000):
    print(record.timestamp, record.value.decode(), sep='\\t')`;

async function recordProducer(): Promise<void> {
  const window = await TestWindow.start();
  await window.openActivity('bizum');
  const startedMs = Date.now();
  await window.request('producer.start', { path: 'bizum/bizum-kafka.py' });
  await sleep(producerMs);
  await window.request('producer.stop', {});
  await window.run('topic', readTopic);
  const records = window
    .printed('topic')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([time = '', value = '']) => ({ timeMs: Number(time), value }));
  await window.close();
  save(burstsFile, { startMs: startedMs, bursts: burstsOf(records, startedMs) });
}

/** The script sleeps ten seconds between bursts; within one, records are milliseconds apart. */
function burstsOf(records: readonly { timeMs: number; value: string }[], startedMs: number): readonly BizumBurst[] {
  const bursts: { afterSeconds: number; values: string[] }[] = [];
  let lastMs = startedMs;
  for (const { timeMs, value } of records) {
    const afterSeconds = Math.round((timeMs - lastMs) / 1000);
    const current = bursts.at(-1);
    if (current !== undefined && afterSeconds < 5) current.values.push(value);
    else bursts.push({ afterSeconds, values: [value] });
    lastMs = timeMs;
  }
  return bursts;
}

async function record(id: string, bursts: readonly BizumBurst[]): Promise<void> {
  const secondMs = Date.now() % 60_000;
  await sleep((startSecond * 1000 - secondMs + 60_000) % 60_000);
  const startMs = Date.now();
  const window = await TestWindow.start();
  try {
    const printed = await printedBySolution(id, window, bursts);
    save(`${folder}/recordings/${id}.json`, { startMs, tookMs: Date.now() - startMs, printed } satisfies Recording);
  } finally {
    await window.close();
  }
}

function save(path: string, value: unknown): void {
  writeFileSync(join(repository, path), `${JSON.stringify(value, null, 2)}\n`);
  console.log(`${path} written`);
}

const options = process.argv.slice(2);
const chosen = options.filter((option) => !option.startsWith('--'));
const units = syllabus.map(({ id }) => id).filter((id) => chosen.length === 0 || chosen.includes(id));
if (options.includes('--producer') || !existsSync(join(repository, burstsFile))) await recordProducer();
const { bursts } = JSON.parse(readSource(burstsFile)) as { readonly bursts: readonly BizumBurst[] };
await Promise.all(units.map((id) => record(id, bursts)));
