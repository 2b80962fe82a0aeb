// Messages a second of 150 bytes that kafkajs produces to, and consumes from, the embedded broker in its child process.
import { Kafka, logLevel } from 'kafkajs';
import { report } from './figure.ts';
import { brokerAddress, openBenchServices } from './bench-services.ts';

const messages = 200_000;
const perSend = 1000;
const sendersAtOnce = 4;
const bytes = 150;
const topic = 'velocidad';
const target = { kind: 'at least', value: 20_000 } as const;

const bench = await openBenchServices();
const kafka = new Kafka({ brokers: [await brokerAddress(bench.services)], logLevel: logLevel.NOTHING });
await produce();
await consume();
await bench.close();

async function produce(): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  const batch = Array.from({ length: perSend }, () => ({ value: 'x'.repeat(bytes) }));
  // The first send finds the topic and opens the connection.
  await producer.send({ topic, messages: batch });
  let left = messages / perSend;
  const sender = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await producer.send({ topic, messages: batch });
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: sendersAtOnce }, sender));
  const seconds = (performance.now() - began) / 1000;
  await producer.disconnect();
  report({ name: 'Kafka: produce through kafkajs', value: messages / seconds, unit: 'messages/s', target });
}

async function consume(): Promise<void> {
  const consumer = kafka.consumer({ groupId: 'lector' });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let began = 0;
  let ended = 0;
  let first = 0;
  let seen = 0;
  const done = new Promise<void>((resolve) => {
    void consumer.run({
      eachBatch: async ({ batch }) => {
        // Joining the group is not part of it: time runs from the end of the first batch.
        if (began === 0) {
          began = performance.now();
          first = batch.messages.length;
        }
        seen += batch.messages.length;
        if (seen < messages) return;
        ended = performance.now();
        resolve();
      },
    });
  });
  await done;
  await consumer.disconnect();
  const seconds = (ended - began) / 1000;
  report({ name: 'Kafka: consume through kafkajs', value: (seen - first) / seconds, unit: 'messages/s', target });
}
