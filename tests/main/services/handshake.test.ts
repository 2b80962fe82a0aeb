import net from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../engine/core/clock.ts';
import { answersHandshake } from '../../../main/services/handshake.ts';
import { KafkaBroker } from '../../../main/services/kafka/broker.ts';
import { MongoServer } from '../../../main/services/mongodb/mongo-server.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handshake-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const kinds = ['kafka', 'mongodb', 'relational'] as const;
const answersOf = (port: number): Promise<readonly boolean[]> =>
  Promise.all(kinds.map((kind) => answersHandshake(kind, '127.0.0.1', port)));

async function speaking(onConnect: (socket: net.Socket) => void): Promise<{ port: number; close: () => void }> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    onConnect(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as net.AddressInfo).port, close: () => server.close() };
}

test('a Kafka broker is recognised, and taken for nothing else', async () => {
  const broker = await KafkaBroker.start({ folder, port: 0, clock: systemClock });
  expect(await answersOf(broker.port)).toEqual([true, false, false]);
  await broker.stop();
});

test('a MongoDB server is recognised, and taken for nothing else', async () => {
  const server = await MongoServer.start({ folder, port: 0, clock: systemClock });
  expect(await answersOf(server.port)).toEqual([false, true, false]);
  await server.stop();
});

test('MariaDB greets first', async () => {
  const server = await speaking((socket) =>
    socket.write(Buffer.from('\x4a\0\0\0\x0a5.5.5-10.11.6-MariaDB\0', 'latin1')),
  );
  expect(await answersHandshake('relational', '127.0.0.1', server.port)).toBe(true);
  server.close();
});

test('a web server, a mute one and a closed port are none of them', async () => {
  const web = await speaking((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const mute = await speaking(() => undefined);
  expect(await answersOf(web.port)).toEqual([false, false, false]);
  expect(await answersOf(mute.port)).toEqual([false, false, false]);
  web.close();
  expect(await answersOf(web.port)).toEqual([false, false, false]);
  mute.close();
});
