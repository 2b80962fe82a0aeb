import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { startTestServer } from '../main/services/mongodb/test-server.ts';
import { opMsg, opQuery } from '../main/services/mongodb/wire-samples.ts';
import { soakSeed, soakSize, soakTimeoutMs } from './soak-size.ts';

const { frames } = soakSize;

const samples = [
  opMsg({ hello: 1, $db: 'admin' }),
  opMsg({ find: 'c', filter: { a: { $gt: 0 } }, $db: 'fuzz' }),
  opMsg({ insert: 'f', $db: 'fuzz' }, { name: 'documents', documents: [{ a: 1, b: 'x' }, { a: [1, { b: 2 }] }] }),
  opMsg({ update: 'f', updates: [{ q: { a: 1 }, u: { $set: { b: 2 } }, upsert: true }], $db: 'fuzz' }),
  opMsg({ aggregate: 'f', pipeline: [{ $group: { _id: '$a', n: { $sum: 1 } } }], cursor: {}, $db: 'fuzz' }),
  opQuery('admin.$cmd', { isMaster: 1 }),
];

test(
  `${frames} mutated MongoDB messages end no more than their own connections (MAREA_TEST_SEED=${soakSeed})`,
  async () => {
    const next = seededNumbers(soakSeed);
    const below = (limit: number): number => Math.floor(next() * limit);
    const at = await startTestServer();
    await at.db.collection('c').insertOne({ a: 1 });
    for (let round = 0; round < frames; round += 1) {
      const bytes = Buffer.from(samples[below(samples.length)]!);
      for (let change = 0; change <= below(4); change += 1) bytes[4 + below(bytes.length - 4)] = below(256);
      if (below(4) === 0) bytes.writeInt32LE(below(1 << 26), 0);
      await sendAndLeave(at.server.port, bytes);
    }
    expect(await at.db.collection('c').countDocuments()).toBe(1);
    await at.stop();
  },
  soakTimeoutMs,
);

async function sendAndLeave(port: number, bytes: Buffer): Promise<void> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  const settled = new Promise<void>((resolve) => {
    socket.once('data', () => resolve());
    socket.once('close', () => resolve());
  });
  // A message that claims to be longer waits for its rest, which never comes: the end of the stream settles it.
  socket.end(bytes);
  await settled;
  socket.destroy();
}
