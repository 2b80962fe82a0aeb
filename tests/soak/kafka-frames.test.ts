import { once } from 'node:events';
import { expect, test } from 'vitest';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { connectTo, requestFrame } from '../main/services/kafka/raw-client.ts';
import { clientOf, connectedProducer, startBroker } from '../main/services/kafka/running-broker.ts';
import { allApis, sampleOf, versionsOf } from '../main/services/kafka/wire-samples.ts';
import { soakSeed, soakSize, soakTimeoutMs } from './soak-size.ts';

const { frames } = soakSize;
const connectionsAtOnce = 25;

test(
  `${frames} mutated Kafka frames close at most their own connection (MAREA_TEST_SEED=${soakSeed})`,
  async () => {
    const pick = seededNumbers(soakSeed);
    const broker = await startBroker();
    const producer = await connectedProducer(clientOf(broker));
    await producer.send({ topic: 'sano', messages: [{ value: 'antes' }] });
    for (let sent = 0; sent < frames; sent += connectionsAtOnce) {
      const mutated = Array.from({ length: connectionsAtOnce }, () => mutatedFrame(pick));
      await Promise.all(mutated.map((frame) => sendAndLeave(broker.port, frame)));
    }
    await producer.send({ topic: 'sano', messages: [{ value: 'después' }] });
    const sound = broker.topics().find(({ name }) => name === 'sano');
    expect(sound?.partitions[0]?.endOffset).toBe(2);
  },
  soakTimeoutMs,
);

function mutatedFrame(pick: () => number): Buffer {
  const below = (limit: number): number => Math.floor(pick() * limit);
  const api = allApis[below(allApis.length)]!;
  const versions = versionsOf(api);
  const version = versions[below(versions.length)]!;
  const frame = Buffer.from(requestFrame(api, version, sampleOf(api.request, version, pick) as never));
  switch (below(5)) {
    case 0:
      for (let flips = below(8); flips >= 0; flips -= 1) frame[below(frame.length)] = below(256);
      return frame;
    case 1:
      return withLength(frame.subarray(0, 4 + below(frame.length - 4)));
    case 2:
      return withLength(Buffer.concat([frame, noise(below(50), below)]));
    case 3:
      frame.writeInt32BE(below(2 ** 32) - 2 ** 31, 0);
      return frame;
    default:
      return withLength(noise(4 + below(200), below));
  }
}

const noise = (length: number, below: (limit: number) => number): Buffer =>
  Buffer.from(Array.from({ length }, () => below(256)));

function withLength(frame: Buffer): Buffer {
  frame.writeInt32BE(frame.length - 4, 0);
  return frame;
}

async function sendAndLeave(port: number, bytes: Buffer): Promise<void> {
  const socket = await connectTo(port);
  const closed = once(socket, 'close');
  socket.resume();
  socket.end(bytes);
  await closed;
}
