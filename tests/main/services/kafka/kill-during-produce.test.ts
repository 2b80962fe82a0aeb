import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readBatchHeader } from '../../../../main/services/kafka/record-batch.ts';
import { afterTest, clientOf, emptyFolder, startBroker, startConsumer, valuesOf } from './running-broker.ts';
import { seededNumbers } from './wire-samples.ts';

const kills = 5;
const seed = Number(process.env['MAREA_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const program = fileURLToPath(new URL('broker-process.ts', import.meta.url));

test(`${kills} brokers killed while records arrive lose none they acknowledged, and store none twice (MAREA_TEST_SEED=${seed})`, async () => {
  const pick = seededNumbers(seed);
  const folder = await emptyFolder();
  const acknowledged: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const { child, port } = await startProcess(folder);
    acknowledged.push(...(await produceUntilKilled(child, port, `k${kill}`, 5 + Math.floor(pick() * 40))));
    if (kill % 2 === 0) await tearLastBatch(folder);
  }
  const broker = await startBroker({ folder });
  expect(broker.status().recovered?.truncatedBytes).toBeGreaterThan(0);
  const end = broker.topics()[0]?.partitions[0]?.endOffset ?? 0;
  const { received } = await startConsumer(clientOf(broker), 'muertes', 'grupo');
  await expect.poll(() => received.length, { timeout: 5000 }).toBe(end);
  const stored = valuesOf(received);
  expect(new Set(stored).size).toBe(stored.length);
  expect(acknowledged.length).toBeGreaterThan(kills * 50);
  expect(acknowledged.filter((value) => !stored.includes(value))).toEqual([]);
}, 30_000);

async function startProcess(folder: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  afterTest(async () => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(String(line)) };
}

/** Four producers send batches of ten until the broker is killed, right after an acknowledgement; answers the values that were acknowledged. */
async function produceUntilKilled(
  child: ChildProcess,
  port: number,
  name: string,
  batchesBeforeKill: number,
): Promise<readonly string[]> {
  const acknowledged: string[] = [];
  const producer = clientOf({ port }).producer({ allowAutoTopicCreation: true });
  await producer.connect();
  let isAlive = true;
  const gone = once(child, 'exit').then(() => (isAlive = false));
  const sendBatches = async (sender: number): Promise<void> => {
    for (let batch = 0; isAlive; batch += 1) {
      const values = Array.from({ length: 10 }, (_, index) => `${name}-${sender}-${batch}-${index}`);
      try {
        await producer.send({ topic: 'muertes', messages: values.map((value) => ({ value })) });
      } catch {
        return;
      }
      acknowledged.push(...values);
      if (acknowledged.length >= batchesBeforeKill * 10) child.kill('SIGKILL');
    }
  };
  await Promise.all([0, 1, 2, 3].map(sendBatches));
  await gone;
  await producer.disconnect();
  return acknowledged;
}

/** Half of a batch behind the last one, as a write leaves it that the end of the process cut. */
async function tearLastBatch(folder: string): Promise<void> {
  const topics = join(folder, 'topics');
  const [partition = ''] = await readdir(topics);
  const [segment = ''] = await readdir(join(topics, partition));
  const path = join(topics, partition, segment);
  const bytes = await readFile(path);
  await appendFile(path, bytes.subarray(0, readBatchHeader(bytes).size / 2));
}
