import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeWith } from '../../../support/available-parts.ts';
import { InteropLearner, kafkaOptions, runClient } from './interop-learner.ts';

let learner: InteropLearner;
let broker = '';
let topic = '';
beforeAll(async () => {
  learner = await InteropLearner.start();
  broker = await learner.broker();
});
afterAll(() => learner.close());
let topics = 0;
beforeEach(() => {
  topics += 1;
  topic = `bizum-${topics}`;
});

const records = [
  { key: 'Ana', value: '{"nombre": "Ana", "cantidad": 15}' },
  { key: 'Íñigo', value: '{"nombre": "Íñigo", "cantidad": 600}' },
];

/** A streaming query writes the records to the topic. */
const writeFromQuery = (): Promise<string> =>
  learner.run(`
import os
os.makedirs("entrada-${topic}")
open("entrada-${topic}/a.json", "w").write('{"nombre": "Ana", "cantidad": 15}\\n{"nombre": "Íñigo", "cantidad": 600}\\n')
pagos = spark.readStream.schema("nombre STRING, cantidad INT").json("entrada-${topic}")
q = pagos.selectExpr("nombre AS key", "concat('{\\"nombre\\": \\"', nombre, '\\", \\"cantidad\\": ', cantidad, '}') AS value").writeStream.format("kafka")${kafkaOptions}.option("topic", "${topic}").option("checkpointLocation", "chk-${topic}").trigger(availableNow=True).start()
q.awaitTermination()
`);

/** What a streaming query makes of the topic: amounts by name. */
const readWithQuery = (): Promise<string> =>
  learner.run(`
from pyspark.sql.functions import col, from_json
mensajes = spark.readStream.format("kafka")${kafkaOptions}.option("subscribe", "${topic}").option("startingOffsets", "earliest").load()
pagos = mensajes.select(col("key").cast("string"), from_json(col("value").cast("string"), "nombre STRING, cantidad INT").alias("v")).select("key", "v.*")
q = pagos.groupBy("key", "nombre").sum("cantidad").writeStream.format("memory").queryName("leido").outputMode("complete").trigger(availableNow=True).start()
q.awaitTermination()
print(sorted(tuple(r) for r in spark.table("leido").collect()))
`);
const bothRead = "[('Ana', 'Ana', 15), ('Íñigo', 'Íñigo', 600)]\n";

describeWith('kcat', 'kcat (librdkafka) and a query', (kcat) => {
  test('kcat reads what a query wrote', async () => {
    await writeFromQuery();
    const args = ['-b', broker, '-C', '-t', topic, '-e', '-q', '-K', ' → '];
    const lines = (await runClient(kcat, args)).trim().split('\n');
    expect(lines.toSorted()).toEqual(records.map(({ key, value }) => `${key} → ${value}`));
  });

  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('a query reads what kcat sent with %s', async (codec) => {
    const input = records.map(({ key, value }) => `${key};${value}\n`).join('');
    await runClient(kcat, ['-b', broker, '-P', '-t', topic, '-K', ';', '-z', codec], input);
    expect(await readWithQuery()).toBe(bothRead);
  });
});

describeWith('python', 'kafka-python and a query', (python) => {
  test('kafka-python reads what a query wrote', async () => {
    await writeFromQuery();
    const program = `
import sys
from kafka import KafkaConsumer
consumer = KafkaConsumer(sys.argv[2], bootstrap_servers=[sys.argv[1]], auto_offset_reset='earliest', consumer_timeout_ms=1500)
print(sorted((r.key.decode(), r.value.decode()) for r in consumer))
`;
    const printed = await runClient(python, ['-c', program, broker, topic]);
    expect(printed.trim()).toBe(`[${records.map(({ key, value }) => `('${key}', '${value}')`).join(', ')}]`);
  });

  test('a query reads what kafka-python sent', async () => {
    const program = `
import sys, json
from kafka import KafkaProducer
producer = KafkaProducer(bootstrap_servers=[sys.argv[1]], key_serializer=str.encode, value_serializer=lambda v: json.dumps(v).encode('utf-8'))
for nombre, cantidad in (('Ana', 15), ('Íñigo', 600)):
    producer.send(sys.argv[2], key=nombre, value={'nombre': nombre, 'cantidad': cantidad})
producer.flush()
`;
    await runClient(python, ['-c', program, broker, topic]);
    expect(await readWithQuery()).toBe(bothRead);
  });
});

const client = (): Kafka => new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING });

test('kafkajs reads what a query wrote', async () => {
  await writeFromQuery();
  const consumer = client().consumer({ groupId: `grupo-${topic}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const read: unknown[] = [];
  await consumer.run({
    eachMessage: async ({ message }) => void read.push({ key: String(message.key), value: String(message.value) }),
  });
  await expect.poll(() => read.length, { timeout: 10_000 }).toBe(records.length);
  await consumer.disconnect();
  expect(read).toEqual(expect.arrayContaining(records));
});

test('a query reads what kafkajs sent', async () => {
  const producer = client().producer();
  await producer.connect();
  await producer.send({ topic, messages: records });
  await producer.disconnect();
  expect(await readWithQuery()).toBe(bothRead);
});
