import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import type { Consumer, KafkaMessage } from 'kafkajs';
import { afterEach } from 'vitest';
import { KafkaBroker } from '../../../../main/services/kafka/broker.ts';
import type { KafkaBrokerOptions } from '../../../../main/services/kafka/broker.ts';
import { systemClock } from '../../../../engine/core/clock.ts';

const closers: (() => Promise<unknown>)[] = [];

/** Undone in reverse order after the test. */
export const afterTest = (close: () => Promise<unknown>): void => void closers.push(close);

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'marea-kafka-'));
  afterTest(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A broker on a free port, in an empty folder unless told otherwise; any error of its own fails the test. */
export async function startBroker(options: Partial<KafkaBrokerOptions> = {}): Promise<KafkaBroker> {
  const faults: unknown[] = [];
  const broker = await KafkaBroker.start({
    folder: options.folder ?? (await emptyFolder()),
    port: 0,
    clock: systemClock,
    onFault: (error) => faults.push(error),
    ...options,
  });
  afterTest(async () => {
    await broker.stop();
    if (faults.length > 0) throw new Error('the broker failed', { cause: faults[0] });
  });
  return broker;
}

export function clientOf(broker: Pick<KafkaBroker, 'port'>, clientId = 'prueba'): Kafka {
  return new Kafka({
    clientId,
    brokers: [`127.0.0.1:${broker.port}`],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  });
}

export async function connectedProducer(
  kafka: Kafka,
  config: Parameters<Kafka['producer']>[0] = {},
): Promise<ReturnType<Kafka['producer']>> {
  const producer = kafka.producer(config);
  await producer.connect();
  afterTest(() => producer.disconnect());
  return producer;
}

export async function connectedAdmin(kafka: Kafka): Promise<ReturnType<Kafka['admin']>> {
  const admin = kafka.admin();
  await admin.connect();
  afterTest(() => admin.disconnect());
  return admin;
}

export type Received = { readonly partition: number; readonly message: KafkaMessage };

/** A consumer of the topic's whole past; `received` grows while it runs. */
export async function startConsumer(
  kafka: Kafka,
  topic: string,
  groupId: string,
): Promise<{ readonly consumer: Consumer; readonly received: Received[] }> {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, heartbeatInterval: 100, retry: { retries: 5 } });
  afterTest(() => consumer.disconnect());
  const received: Received[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ partition, message }) => void received.push({ partition, message }) });
  return { consumer, received };
}

export const valuesOf = (received: readonly Received[]): readonly string[] =>
  received.map(({ message }) => String(message.value));
