import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Collection, type Document } from 'mongodb';
import { expect, test } from 'vitest';
import { startTestServer } from '../main/services/mongodb/test-server.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { medianOf, startService, type KillableService } from './killable.ts';
import { soakSeed, soakSize, soakTimeoutMs, startLimitMs } from './soak-size.ts';

const { kills } = soakSize;
const writers = 3;
const keysOfWriter = 200;

test(
  `${kills} MongoDB servers killed during writes lose none they acknowledged (MAREA_TEST_SEED=${soakSeed})`,
  async () => {
    const pick = seededNumbers(soakSeed);
    const folder = mkdtempSync(join(tmpdir(), 'mongo-kills-'));
    const acknowledged = new Map<number, number>();
    const starts: number[] = [];
    for (let round = 1; round <= kills; round += 1) {
      const server = await startService('mongodb', folder);
      starts.push(server.startMs);
      await expectStored(server.port, acknowledged);
      await writeUntilKilled(server, round, 100 + Math.floor(pick() * 400), acknowledged);
    }
    expect(medianOf(starts)).toBeLessThan(startLimitMs);
    const last = await startTestServer({ folder });
    await expectStored(last.server.port, acknowledged);
    const stored = last.db.collection('c');
    expect(await stored.countDocuments()).toBe((await stored.distinct('k')).length);
    await last.stop();
  },
  soakTimeoutMs,
);

async function withCollection(port: number, act: (collection: Collection) => Promise<void>): Promise<void> {
  const uri = `mongodb://127.0.0.1:${port}`;
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 1000, retryWrites: false });
  await act(client.db('iabd').collection('c'));
  await client.close();
}

/** Each key has the version that was acknowledged, or a later one. */
const expectStored = (port: number, acknowledged: ReadonlyMap<number, number>): Promise<void> =>
  withCollection(port, async (collection) => {
    const documents = await collection.find<Document>({}).toArray();
    const versions = new Map(documents.map(({ k, v }) => [k as number, v as number]));
    expect([...acknowledged].filter(([k, v]) => !((versions.get(k) ?? -1) >= v))).toEqual([]);
  });

/** Several writers replace documents by key until the server is killed, right after an acknowledgement. */
const writeUntilKilled = (
  server: KillableService,
  round: number,
  writesBeforeKill: number,
  acknowledged: Map<number, number>,
): Promise<void> =>
  withCollection(server.port, async (collection) => {
    let writes = 0;
    let gone: Promise<void> | undefined;
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; gone === undefined; n += 1) {
        const k = writer * 1000 + (n % keysOfWriter);
        const v = round * 1_000_000 + n;
        await collection.replaceOne({ k }, { k, v, texto: 'x'.repeat(200) }, { upsert: true });
        acknowledged.set(k, v);
        writes += 1;
        if (writes >= writesBeforeKill) gone ??= server.kill();
      }
    };
    await Promise.allSettled(Array.from({ length: writers }, (_, writer) => write(writer)));
    await gone;
    expect(writes).toBeGreaterThanOrEqual(writesBeforeKill);
  });
