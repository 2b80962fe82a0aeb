import { copyFileSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import type { ServiceCalls } from '../../../engine/api/service-calls.ts';
import type { SentRecord } from '../../../main/connectors/calls/sent-record.ts';
import { ProducerRuntime, type ProducerStatus } from '../../../main/host/producer-runtime.ts';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';
import { MemoryKafka } from '../kernel/memory-kafka.ts';
import { pythonFiles } from '../kernel/start-kernel.ts';

const bizum = fileURLToPath(new URL('../../../exercises/bizum/input/bizum-kafka.py', import.meta.url));

type Sends = {
  readonly partitions: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly records: readonly Sent[];
  }[];
};
type Sent = { readonly value: string; readonly timestamp: number };

/** Services in memory that tell what was sent, as those over a broker do. */
function countingServices(kafka: MemoryKafka, onSent: (records: readonly SentRecord[]) => void): ServiceCalls {
  return {
    async call(operation, input, signal) {
      const answer = await kafka.call(operation, input, signal);
      if (operation === 'kafka.send') {
        const { partitions } = input as Sends;
        onSent(
          partitions.flatMap(({ topic, partition, records }) =>
            records.map(({ value, timestamp }) => ({
              topic,
              partition,
              offset: '0',
              timestamp,
              key: null,
              value: Buffer.from(value, 'base64').toString(),
            })),
          ),
        );
      }
      return answer;
    },
    closeAll: async () => undefined,
  };
}

let producer: ProducerRuntime | undefined;
afterEach(() => producer?.close());

async function startProducer(prepare: (folder: string) => string, clock?: VirtualClock) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'producer-')));
  const kafka = new MemoryKafka();
  const changes: ProducerStatus[] = [];
  let output = '';
  const script = prepare(folder);
  producer = new ProducerRuntime({
    folder,
    env: { TZ: 'Europe/Madrid' },
    python: await pythonFiles(),
    ...(clock ? { clock } : {}),
    openServices: (onSent) => countingServices(kafka, onSent),
    onChange: (status) => changes.push(status),
    onOutput: (_name, text) => (output += text),
  });
  await producer.start(script);
  const until = (isSo: (status: ProducerStatus) => boolean): Promise<void> =>
    vi.waitUntil(() => changes.some(isSo), { timeout: 15_000 }).then(() => undefined);
  return { runtime: producer, kafka, changes, until, output: () => output };
}

const courseScript = (folder: string): string => {
  copyFileSync(bizum, join(folder, 'bizum-kafka.py'));
  return 'bizum-kafka.py';
};

test("the course's producer runs byte for byte, and Stop ends it while it sleeps", async () => {
  const { runtime, kafka, until, output } = await startProducer(courseScript);
  await until(({ sent }) => sent > 0);
  expect(runtime.status).toMatchObject({ state: 'running', script: 'bizum-kafka.py' });
  const stoppedAt = performance.now();
  await runtime.stop();
  expect(performance.now() - stoppedAt).toBeLessThan(1500);
  expect(runtime.status).toMatchObject({ state: 'stopped', exitCode: 130 });
  expect(output()).toContain('KeyboardInterrupt');
  const [first] = kafka.values('iabd-bizum');
  const record = JSON.parse(first ?? '') as Record<string, unknown>;
  expect(Object.keys(record)).toEqual(['timestamp', 'nombre', 'cantidad', 'concepto']);
  expect(record['timestamp']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  expect(record['nombre']).toMatch(/^\S+ \S/);
  expect(record['cantidad']).toSatisfy((value: number) => Number.isInteger(value) && value >= 15 && value <= 600);
  expect(record['concepto']).toMatch(/^[A-Z][a-z]*( [a-z]+){0,3}\.$/);
});

test('the producer follows the virtual clock: its sleeps are skipped, and its records lie in virtual time', async () => {
  const clock = new VirtualClock({ startMs: Date.UTC(2030, 0, 1, 9) });
  const { runtime, kafka, until } = await startProducer(courseScript, clock);
  await until(({ sent }) => sent > 0);
  const before = runtime.status.sent;
  await clock.advance(60_000);
  await until(({ sent }) => sent > before + 5);
  expect(JSON.parse(kafka.values('iabd-bizum').at(-1) ?? '')).toMatchObject({
    timestamp: expect.stringMatching(/^2030-01-01 10:0[12]:/) as string,
  });
});

test('what the script had buffered leaves when it ends, and its exit code is told', async () => {
  const { runtime, kafka, until } = await startProducer((folder) => {
    writeFileSync(
      join(folder, 'corto.py'),
      'from kafka import KafkaProducer\np = KafkaProducer()\nfor n in range(250): p.send("t", str(n).encode())\nraise SystemExit(3)\n',
    );
    return 'corto.py';
  });
  await until(({ state }) => state === 'stopped');
  expect(runtime.status).toMatchObject({ state: 'stopped', exitCode: 3, sent: 250 });
  expect(runtime.status.last.at(-1)).toMatchObject({ topic: 't', value: '249' });
  expect(kafka.values('t')).toHaveLength(250);
});

test('a second start, a missing file and one outside the folder are refused in words', async () => {
  const { runtime } = await startProducer(courseScript);
  await expect(runtime.start('bizum-kafka.py')).rejects.toThrow('ya está en marcha');
  await runtime.stop();
  await expect(runtime.start('nohay.py')).rejects.toThrow('No existe nohay.py');
  await expect(runtime.start(bizum)).rejects.toThrow('No existe');
});
