import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { LineServer } from '../../main/services/lines/line-server.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { soakSeed, soakSize, soakTimeoutMs } from './soak-size.ts';

const { frames: clients } = soakSize;

test(
  `${clients} clients that send anything disturb no other (MAREA_TEST_SEED=${soakSeed})`,
  async () => {
    const next = seededNumbers(soakSeed);
    const below = (limit: number): number => Math.floor(next() * limit);
    const server = await LineServer.listen(0);
    const reader = await connect(server.status.port);
    const read = new Promise<string>((resolve) => {
      let text = '';
      reader.on('data', (bytes) => {
        text += String(bytes);
        if (text.endsWith('fin\n')) resolve(text);
      });
    });
    for (let client = 0; client < clients; client += 1) {
      const socket = await connect(server.status.port);
      const bytes = Buffer.from(Array.from({ length: below(300) }, () => below(256)));
      if (below(3) === 0) socket.resetAndDestroy();
      else socket.end(bytes);
      if (client % 100 === 0) await server.send([`línea ${client}`]);
      socket.resume();
      await once(socket, 'close');
    }
    await server.send(['fin']);
    const lines = (await read).trimEnd().split('\n');
    expect(lines).toHaveLength(Math.ceil(clients / 100) + 1);
    reader.destroy();
    await server.close();
  },
  soakTimeoutMs,
);

async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}
