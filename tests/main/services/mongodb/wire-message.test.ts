import net from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';
import { message, opMsg, opQuery, uint32 } from './wire-samples.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer();
  await at.db.collection('c').insertOne({ a: 1 });
});
afterAll(() => at.stop());

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
