// Sends single messages at a steady pace, in a process of its own; prints for each when the broker had confirmed it.
//
//   node timed-producer.mjs BROKER TOPIC COUNT EVERY_MS
import { setTimeout } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';

const [broker, topic, count, everyMs] = process.argv.slice(2);
const producer = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).producer();
await producer.connect();
for (let message = 0; message < Number(count); message += 1) {
  await producer.send({ topic, messages: [{ value: `m${message}` }] });
  // The monotonic clock is the machine's: other processes read the same.
  console.log(`${message} ${process.hrtime.bigint()}`);
  await setTimeout(Number(everyMs));
}
await producer.disconnect();
