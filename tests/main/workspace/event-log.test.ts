import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyChain } from '../../../main/workspace/event-chain.ts';
import { EventLog } from '../../../main/workspace/event-log.ts';

let folder: string;
const file = () => join(folder, 'log.jsonl');
const event = (kind: string) => ({ at: '2026-03-02T09:00:00.000Z', kind, data: { path: 'caso-5/caso-5.ipynb' } });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function kinds(): Promise<readonly string[] | string> {
  const report = verifyChain(await new EventLog(file()).text());
  return report.isWhole ? report.events.map(({ kind }) => kind) : `line ${report.line} ${report.fault}`;
}

test('events keep their order, and another start goes on with the chain', async () => {
  const log = new EventLog(file());
  await Promise.all(['session', 'cell_started', 'cell_finished'].map((kind) => log.append(event(kind), 'rare')));
  await new EventLog(file()).append(event('session'), 'rare');
  expect(await kinds()).toEqual(['session', 'cell_started', 'cell_finished', 'session']);
});

test('a line cut off by a crash is taken away', async () => {
  await new EventLog(file()).append(event('session'), 'rare');
  await appendFile(file(), '{"at":"2026');
  await new EventLog(file()).append(event('cell_started'), 'rare');
  expect(await kinds()).toEqual(['session', 'cell_started']);
});

test('a log that somebody edited takes more lines and still shows the break', async () => {
  const log = new EventLog(file());
  for (const kind of ['session', 'cell_started']) await log.append(event(kind), 'rare');
  await writeFile(file(), (await readFile(file(), 'utf8')).replace('"cell_started"', '"cell_finished"'));
  await new EventLog(file()).append(event('query_started'), 'rare');
  expect(await kinds()).toBe('line 2 changed');
});

test('a full log takes no more of what queries say all the time, and goes on with what the learner does', async () => {
  const log = new EventLog(file(), { frequentBytes: 1, allBytes: 1 << 20 });
  await log.append(event('session'), 'rare');
  await log.append(event('query_progress'), 'frequent');
  await log.append(event('evidence'), 'rare');
  expect(await kinds()).toEqual(['session', 'evidence']);
});

test('an event that is still to come keeps its place', async () => {
  const log = new EventLog(file());
  let know: (told: ReturnType<typeof event>) => void = () => undefined;
  const late = log.append(new Promise((resolve) => (know = resolve)), 'rare');
  const next = log.append(event('evidence'), 'rare');
  know(event('query_progress'));
  await Promise.all([late, next]);
  expect(await kinds()).toEqual(['query_progress', 'evidence']);
});

test('a log that cannot be written keeps nobody waiting', async () => {
  const log = new EventLog(folder);
  await expect(log.append(event('session'), 'rare')).resolves.toBeUndefined();
});
