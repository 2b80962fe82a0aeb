import { appendFileSync, mkdtempSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decimal128, Double, Long, type Document } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anyDocument, refusal, startTestServer, storedTypes } from '../test-server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mongo-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Stops the server but leaves its folder. */
async function close({ client, server }: Awaited<ReturnType<typeof startTestServer>>): Promise<void> {
  await client.close();
  await server.stop();
}

test('everything is there again after a restart: documents, types, indexes, names, options', async () => {
  const first = await startTestServer({ folder });
  await first.db
    .collection('tipos')
    .insertOne({ l: Long.fromNumber(1), d: new Double(1), m: Decimal128.fromString('1.0'), f: new Date(1) });
  await first.db.collection('tipos').createIndex({ l: 1 }, { unique: true });
  await first.db.collection('borrados').insertMany([1, 2, 3].map((_id) => anyDocument({ _id })));
  await first.db.collection<Document>('borrados').deleteOne({ _id: 2 as never });
  await first.db.collection('viejo').insertOne({ a: 1 });
  await first.db.renameCollection('viejo', 'nuevo');
  await first.db.collection('nada').insertOne({ a: 1 });
  await first.db.collection('nada').drop();
  const types = await storedTypes(first.db, 'tipos');
  const listed = await first.db.listCollections().toArray();
  await close(first);

  const second = await startTestServer({ folder });
  expect(await storedTypes(second.db, 'tipos')).toEqual(types);
  expect(await second.db.listCollections().toArray()).toEqual(listed);
  expect(listed.map(({ name }) => name)).toEqual(['borrados', 'nuevo', 'tipos']);
  expect(await second.db.collection('borrados').distinct('_id')).toEqual([1, 3]);
  expect(await refusal(second.db.collection('tipos').insertOne({ l: 1 }))).toMatchObject({ code: 11000 });
  expect(second.server.status()).not.toHaveProperty('recovered');
  await close(second);
});

test('a torn record at the end of the log costs only itself, and status says so', async () => {
  const first = await startTestServer({ folder });
  await first.db.collection('c').insertMany(Array.from({ length: 10 }, (_, n) => ({ n })));
  await close(first);
  appendFileSync(join(folder, 'mongodb.log'), Buffer.from([200, 0, 0, 0, 1, 2, 3]));
  const second = await startTestServer({ folder });
  expect(second.server.status().recovered).toEqual({ truncatedBytes: 7 });
  expect(await second.db.collection('c').countDocuments()).toBe(10);
  await close(second);
});

test('a log of old versions is rewritten, and nothing is lost by it', async () => {
  const first = await startTestServer({ folder });
  const collection = first.db.collection<Document>('c');
  await collection.createIndex({ k: 1 }, { unique: true });
  const texto = 'x'.repeat(100_000);
  await collection.insertMany(Array.from({ length: 20 }, (_, k) => ({ k, texto, v: 0 })));
  for (let v = 1; v <= 10; v += 1) await collection.updateMany({}, { $set: { v } });
  const { bytes } = first.server.status();
  // Eleven versions of 2 MB have been written.
  expect(bytes).toBeLessThan(17 << 20);
  expect(statSync(join(folder, 'mongodb.log')).size).toBe(bytes);
  await close(first);
  const second = await startTestServer({ folder });
  expect(await second.db.collection('c').countDocuments({ v: 10 })).toBe(20);
  expect(await refusal(second.db.collection('c').insertOne({ k: 3 }))).toMatchObject({ code: 11000 });
  await close(second);
});

test('a full disk refuses writes with an error and keeps what was acknowledged; afterwards writes go on', async () => {
  let isFull = false;
  const at = await startTestServer({
    folder,
    disk: {
      write: (fd, bytes, position) => {
        if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        return writeSync(fd, bytes, 0, bytes.length, position);
      },
    },
  });
  const collection = at.db.collection<Document>('c');
  await collection.insertMany([{ k: 1 }, { k: 2 }]);
  isFull = true;
  expect(await refusal(collection.insertOne({ k: 3 }))).toMatchObject({
    code: 14031,
    message: expect.stringContaining('No space left on device'),
  });
  expect(await refusal(collection.updateOne({ k: 1 }, { $set: { k: 9 } }))).toMatchObject({ code: 14031 });
  expect(await refusal(collection.deleteMany({}))).toMatchObject({ code: 14031 });
  expect(await refusal(at.db.collection('otra').insertOne({}))).toMatchObject({ code: 14031 });
  expect(await collection.distinct('k')).toEqual([1, 2]);
  isFull = false;
  await collection.insertOne({ k: 3 });
  await close(at);
  const again = await startTestServer({ folder });
  expect(await again.db.collection('c').distinct('k')).toEqual([1, 2, 3]);
  expect((await again.db.listCollections().toArray()).map(({ name }) => name)).toEqual(['c']);
  await close(again);
});
