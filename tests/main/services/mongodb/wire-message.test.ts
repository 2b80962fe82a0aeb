import net from 'node:net';
import { once } from 'node:events';
import { serialize, type Document } from 'bson';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer();
  await at.db.collection('c').insertOne({ a: 1 });
});
afterAll(() => at.stop());

function opMsg(
  body: Document,
  sequence?: { readonly name: string; readonly documents: readonly Document[] },
  flags = 0,
): Buffer {
  const documents = sequence?.documents.map((document) => Buffer.from(serialize(document))) ?? [];
  const name = Buffer.from(`${sequence?.name ?? ''}\0`);
  const length = Buffer.alloc(4);
  length.writeInt32LE(4 + name.length + documents.reduce((sum, bytes) => sum + bytes.length, 0));
  const second = sequence === undefined ? [] : [Buffer.from([1]), length, name, ...documents];
  return message(2013, [uint32(flags), Buffer.from([0]), Buffer.from(serialize(body)), ...second]);
}

function opQuery(collection: string, query: Document): Buffer {
  return message(2004, [
    uint32(0),
    Buffer.from(`${collection}\0`),
    uint32(0),
    uint32(1),
    Buffer.from(serialize(query)),
  ]);
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

function message(operation: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(operation, 12);
  return Buffer.concat([header, body]);
}

async function connect(): Promise<net.Socket> {
  const socket = net.connect(at.server.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Sends the bytes and answers what comes back, or `closed`. */
async function send(bytes: Buffer): Promise<Buffer | 'closed'> {
  const socket = await connect();
  socket.write(bytes);
  const answer = await new Promise<Buffer | 'closed'>((resolve) => {
    socket.once('data', resolve);
    socket.once('close', () => resolve('closed'));
  });
  socket.destroy();
  return answer;
}

test('the handshake of an old driver is answered with OP_REPLY', async () => {
  const answer = (await send(opQuery('admin.$cmd', { isMaster: 1 }))) as Buffer;
  expect(answer.readInt32LE(12)).toBe(1);
  expect(answer.readInt32LE(8)).toBe(7);
  expect(answer.includes('maxWireVersion')).toBe(true);
});

test('a message with a checksum and documents beside the command is understood', async () => {
  const insert = opMsg({ insert: 'd', $db: 'iabd' }, { name: 'documents', documents: [{ a: 1 }, { a: 2 }] }, 1);
  const bytes = Buffer.concat([insert, uint32(0)]);
  bytes.writeInt32LE(bytes.length, 0);
  expect(((await send(bytes)) as Buffer).readInt32LE(12)).toBe(2013);
  expect(await at.db.collection('d').countDocuments()).toBe(2);
});

test('a command that wants no answer gets none, and is done', async () => {
  const socket = await connect();
  const answers: Buffer[] = [];
  socket.on('data', (bytes) => answers.push(bytes));
  socket.write(opMsg({ insert: 'e', $db: 'iabd', documents: [{ a: 1 }] }, undefined, 2));
  socket.write(opMsg({ ping: 1, $db: 'iabd' }));
  await once(socket, 'data');
  socket.destroy();
  expect(answers).toHaveLength(1);
  expect(await at.db.collection('e').countDocuments()).toBe(1);
});

test.each<[string, Buffer]>([
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ['a length beyond 48 MB', uint32(49_000_000)],
  ['a length below a header', uint32(15)],
  ['an operation that is not supported', message(2005, [uint32(0)])],
  ['a flag that must be understood', opMsg({ ping: 1, $db: 'a' }, undefined, 8)],
  ['a section longer than its message', message(2013, [uint32(0), Buffer.from([0]), uint32(1000)])],
  ['a message without a command', message(2013, [uint32(0)])],
])('%s closes that connection only', async (_what, bytes) => {
  expect(await send(Buffer.concat([bytes, Buffer.alloc(16)]))).toBe('closed');
  expect(await at.db.collection('c').countDocuments()).toBe(1);
});

/** Mulberry32: a run can be repeated from its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('500 mutated messages end no more than their own connections', { timeout: 30_000 }, async () => {
  const seed = Number(process.env['MAREA_FUZZ_SEED'] ?? Date.now() % 2 ** 31);
  console.info(`seed of the mutated MongoDB messages: ${seed}`);
  const next = random(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const samples = [
    opMsg({ hello: 1, $db: 'admin' }),
    opMsg({ find: 'c', filter: { a: { $gt: 0 } }, $db: 'fuzz' }),
    opMsg({ insert: 'f', $db: 'fuzz' }, { name: 'documents', documents: [{ a: 1, b: 'x' }, { a: [1, { b: 2 }] }] }),
    opMsg({ update: 'f', updates: [{ q: { a: 1 }, u: { $set: { b: 2 } }, upsert: true }], $db: 'fuzz' }),
    opMsg({ aggregate: 'f', pipeline: [{ $group: { _id: '$a', n: { $sum: 1 } } }], cursor: {}, $db: 'fuzz' }),
    opQuery('admin.$cmd', { isMaster: 1 }),
  ];
  for (let round = 0; round < 500; round += 1) {
    const bytes = Buffer.from(samples[below(samples.length)] as Buffer);
    for (let change = 0; change <= below(4); change += 1) bytes[4 + below(bytes.length - 4)] = below(256);
    if (below(4) === 0) bytes.writeInt32LE(below(1 << 26), 0);
    const socket = await connect();
    const settled = new Promise<void>((resolve) => {
      socket.once('data', () => resolve());
      socket.once('close', () => resolve());
    });
    // A message that claims to be longer waits for its rest, which never comes: the end of the stream settles it.
    socket.end(bytes);
    await settled;
    socket.destroy();
  }
  expect(await at.db.collection('c').countDocuments()).toBe(1);
});
