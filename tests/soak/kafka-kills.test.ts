import { appendFile, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBatchHeader } from '../../main/services/kafka/record-batch.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import {
  afterTest,
  clientOf,
  emptyFolder,
  startBroker,
  startConsumer,
  valuesOf,
} from '../main/services/kafka/running-broker.ts';
import { medianOf, startService, type KillableService } from './killable.ts';
import { soakSeed, soakSize, soakTimeoutMs, startLimitMs } from './soak-size.ts';

const { kills } = soakSize;

test(
  `${kills} brokers killed while records arrive lose none they acknowledged, and store none twice (MAREA_TEST_SEED=${soakSeed})`,
  async () => {
    const pick = seededNumbers(soakSeed);
    const folder = await emptyFolder();
    const acknowledged: string[] = [];
    const starts: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const broker = await startService('kafka', folder);
      afterTest(broker.kill);
      starts.push(broker.startMs);
      acknowledged.push(...(await produceUntilKilled(broker, `k${kill}`, 5 + Math.floor(pick() * 40))));
      // The last one too, so that the end shows what was cut off.
      if ((kills - kill) % 2 === 1) await tearLastBatch(folder);
    }
    expect(medianOf(starts)).toBeLessThan(startLimitMs);
    const broker = await startBroker({ folder });
    expect(broker.status().recovered?.truncatedBytes).toBeGreaterThan(0);
    const end = broker.topics()[0]?.partitions[0]?.endOffset ?? 0;
    const { received } = await startConsumer(clientOf(broker), 'muertes', 'grupo');
    await expect.poll(() => received.length, { timeout: 30_000 }).toBe(end);
    const stored = new Set(valuesOf(received));
    expect(stored.size).toBe(received.length);
    expect(acknowledged.length).toBeGreaterThan(kills * 50);
    expect(acknowledged.filter((value) => !stored.has(value))).toEqual([]);
  },
  soakTimeoutMs,
);

/** Four producers send batches of ten until the broker is killed, right after an acknowledgement; answers the values that were acknowledged. */
async function produceUntilKilled(
  broker: KillableService,
  name: string,
  batchesBeforeKill: number,
): Promise<readonly string[]> {
  const acknowledged: string[] = [];
  const producer = clientOf(broker).producer({ allowAutoTopicCreation: true });
  await producer.connect();
  let gone: Promise<void> | undefined;
  const sendBatches = async (sender: number): Promise<void> => {
    for (let batch = 0; gone === undefined; batch += 1) {
      const values = Array.from({ length: 10 }, (_, index) => `${name}-${sender}-${batch}-${index}`);
      try {
        await producer.send({ topic: 'muertes', messages: values.map((value) => ({ value })) });
      } catch {
        return;
      }
      acknowledged.push(...values);
      if (acknowledged.length >= batchesBeforeKill * 10) gone ??= broker.kill();
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
