import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import net from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LineServer, type LineEvent } from '../../../../main/services/lines/line-server.ts';

let server: LineServer;
let heard: LineEvent[];
const listening = new Set<() => void>();
const opened: net.Socket[] = [];

beforeEach(async () => {
  server = await LineServer.listen(0);
  const events: LineEvent[] = [];
  heard = events;
  server.on((event) => {
    events.push(event);
    for (const look of listening) look();
  });
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  await server.close();
});

/** Resolves when the server has told of such an event, before or from now on. */
const told = (wanted: Partial<LineEvent>): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      const found = heard.some((event) =>
        Object.entries(wanted).every(([key, value]) => event[key as never] === value),
      );
      if (!found) return;
      listening.delete(look);
      resolve();
    };
    listening.add(look);
    look();
  });

/** A client, and a way to await what it has received in all. */
async function connect(host = '127.0.0.1') {
  const socket = net.connect({ host, port: server.status.port });
  opened.push(socket);
  let text = '';
  let check = (): void => undefined;
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString();
    check();
  });
  const received = (wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      check = () => {
        if (text === wanted) resolve();
        else if (!wanted.startsWith(text)) reject(new Error(`received ${JSON.stringify(text)}`));
      };
      check();
    });
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, received };
}

test('every client gets each line that is sent while it is connected', async () => {
  const first = await connect();
  const second = await connect('localhost');
  await told({ kind: 'connected', client: 2 });
  await server.send(['Hola Mundo', '', 'niño']);
  await first.received('Hola Mundo\n\nniño\n');
  await second.received('Hola Mundo\n\nniño\n');
  expect(server.status).toMatchObject({ clients: 2, waitingLines: 0 });
});

test('lines sent before anybody is there wait for the first client, and only for it', async () => {
  await server.send(['uno', 'dos']);
  expect(server.status).toMatchObject({ clients: 0, waitingLines: 2 });
  expect(heard[0]).toEqual({ kind: 'sent', line: 'uno', isWaiting: true });
  const first = await connect();
  await first.received('uno\ndos\n');
  const second = await connect();
  await told({ kind: 'connected', client: 2 });
  await server.send(['tres']);
  await second.received('tres\n');
  await first.received('uno\ndos\ntres\n');
});

test('what a client sends is told line by line, the unfinished last one too', async () => {
  const { socket } = await connect();
  socket.write('primera\r\nsegunda\nterce');
  socket.end('ra');
  await told({ kind: 'received', line: 'tercera', client: 1 });
  await told({ kind: 'left', client: 1 });
  expect(heard.filter((event) => event.kind === 'received').map((event) => event.line)).toEqual([
    'primera',
    'segunda',
    'tercera',
  ]);
});

test('the server listens on when a client leaves, as nc -k does', async () => {
  const first = await connect();
  first.socket.destroy();
  await told({ kind: 'left', client: 1 });
  await server.send(['para el siguiente']);
  const second = await connect();
  await second.received('para el siguiente\n');
  expect(server.status).toMatchObject({ clients: 1, waitingLines: 0 });
});

test('a line without end closes that connection only', async () => {
  const quiet = await connect();
  const { socket } = await connect();
  await told({ kind: 'connected', client: 2 });
  socket.on('error', () => undefined);
  for (let chunk = 0; chunk < 20; chunk += 1) socket.write('x'.repeat(100_000));
  await told({ kind: 'left', client: 2 });
  await server.send(['sigo']);
  await quiet.received('sigo\n');
  expect(server.status.clients).toBe(1);
});

test('a port that is taken is refused with the system’s error', async () => {
  await expect(LineServer.listen(server.status.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

const hasNetcat = spawnSync('nc', ['-h']).error === undefined;

test.runIf(hasNetcat)('a real nc prints what is sent and sends what is typed into it', async () => {
  const netcat: ChildProcess = spawn('nc', ['localhost', String(server.status.port)]);
  await told({ kind: 'connected' });
  netcat.stdin?.write('desde nc\n');
  await told({ kind: 'received', line: 'desde nc' });
  const printed = new Promise((resolve) => netcat.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString())));
  await server.send(['hacia nc']);
  expect(await printed).toBe('hacia nc\n');
  netcat.kill();
});
