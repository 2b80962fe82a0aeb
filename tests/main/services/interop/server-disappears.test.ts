import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startService, type KillableService } from '../../../soak/killable.ts';
import { InteropLearner, kafkaOptions } from './interop-learner.ts';

/** Spark's clients wait a minute for a server; a test does not. */
const impatient = '.option("kafka.default.api.timeout.ms", "1500")';
const mongo =
  '.option("connection.uri", "mongodb://localhost:27017/?serverSelectionTimeoutMS=1500").option("database", "iabd")';

let learner: InteropLearner;
let folder = '';
let broker: KillableService;
beforeAll(async () => {
  learner = await InteropLearner.start();
}, 60_000);
afterAll(() => learner.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'disappears-'));
  await startBroker();
});
afterEach(async () => {
  await broker.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function startBroker(port = 0): Promise<void> {
  broker = await startService('kafka', join(folder, 'kafka'), port);
  learner.services.choose('kafka', { mode: 'real', address: `127.0.0.1:${broker.port}` });
}

async function startMongo(): Promise<KillableService> {
  const server = await startService('mongodb', join(folder, 'mongodb'));
  learner.services.choose('mongodb', { mode: 'real', address: `127.0.0.1:${server.port}` });
  return server;
}

/** Sends numbers until the broker is gone or all are sent; answers those that were acknowledged. */
async function send(topic: string, from: number, count: number, onSent = (_sent: number): void => undefined) {
  const kafka = new Kafka({ brokers: [`127.0.0.1:${broker.port}`], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const producer = kafka.producer();
  await producer.connect();
  const acknowledged: number[] = [];
  try {
    for (let number = from; number < from + count; number += 1) {
      await producer.send({ topic, messages: [{ value: `{"n": ${number}}` }] });
      acknowledged.push(number);
      onSent(acknowledged.length);
    }
  } catch {
    // The broker was killed: what it had not acknowledged may be there or not.
  }
  await producer.disconnect();
  return acknowledged;
}

const numbersFrom = (topic: string): string => `
from pyspark.sql.functions import col, from_json
numeros = spark.readStream.format("kafka")${kafkaOptions}${impatient}.option("subscribe", "${topic}").option("startingOffsets", "earliest").load().select(from_json(col("value").cast("string"), "n INT").alias("v")).select("v.n")`;

/** How the query ended: its exception's class and the first line of its text. */
const failureOf = (query: string): Promise<string> =>
  learner.run(`
try:
    ${query}.awaitTermination(30)
    print("sigue" if ${query}.isActive else "sin error")
except Exception as e:
    print(type(e).__name__, str(e).split("\\n")[0])`);

/** The driver looked for new offsets when the broker went, or a task read the records of a batch. */
const timedOut =
  /apache\.kafka\.common\.errors\.TimeoutException: Timed out waiting for a node assignment|TimeoutException: Cannot fetch record for offset \d+/;

test(
  'a query into files whose broker is killed for good fails as in Spark, and its restart loses nothing and repeats nothing',
  {
    timeout: 90_000,
  },
  async () => {
    await send('t', 0, 20);
    await learner.run(`${numbersFrom('t')}
def arranca(): return numeros.writeStream.format("json").option("checkpointLocation", "chk-ficheros").start("salida")
q = arranca()
q.processAllAvailable()`);
    let killed: Promise<void> | undefined;
    const acknowledged = await send('t', 20, 2000, (sent) => {
      if (sent === 40) killed = broker.kill();
    });
    await killed;
    expect(acknowledged.length).toBeGreaterThanOrEqual(40);
    expect(await failureOf('q')).toContain(`StreamingQueryException [STREAM_FAILED]`);
    expect(await learner.run('print(q.exception())')).toMatch(timedOut);
    await startBroker();
    await send('t', 5000, 10);
    const printed = await learner.run(`
q = arranca()
q.processAllAvailable()
q.stop()
import json
print(json.dumps(sorted(r.n for r in spark.read.schema("n INT").json("salida").collect())))`);
    const read = JSON.parse(printed) as readonly number[];
    expect(new Set(read).size).toBe(read.length);
    const wanted = [
      ...Array.from({ length: 20 }, (_, n) => n),
      ...acknowledged,
      ...Array.from({ length: 10 }, (_, n) => 5000 + n),
    ];
    expect(wanted.filter((number) => !read.includes(number))).toEqual([]);
  },
);

test('a count by key goes on with its state when the broker is back', { timeout: 90_000 }, async () => {
  await send('c', 0, 10);
  await learner.run(`${numbersFrom('c')}
def arranca(): return numeros.groupBy((col("n") % 2).alias("resto")).count().writeStream.format("memory").queryName("restos").outputMode("complete").option("checkpointLocation", "chk-cuenta").start()
q = arranca()
q.processAllAvailable()`);
  await broker.kill();
  expect(await failureOf('q')).toContain('StreamingQueryException [STREAM_FAILED]');
  await startBroker();
  await send('c', 10, 10);
  const printed = await learner.run(`
q = arranca()
q.processAllAvailable()
q.stop()
print(sorted(tuple(r) for r in spark.table("restos").collect()))`);
  expect(printed).toBe('[(0, 10), (1, 10)]\n');
});

test('a broker that is back within the client’s patience is not noticed', { timeout: 60_000 }, async () => {
  await send('p', 0, 5);
  await learner.run(`${numbersFrom('p').replace(impatient, '')}
q = numeros.writeStream.format("memory").queryName("paciente").start()
q.processAllAvailable()`);
  const { port } = broker;
  await broker.kill();
  await startBroker(port);
  await send('p', 5, 5);
  const printed = await learner.run(
    'q.processAllAvailable(); q.stop(); print(spark.table("paciente").count(), q.exception())',
  );
  expect(printed).toBe('10 None\n');
});

test(
  'a query into MongoDB whose server is killed fails, and its restart leaves each document once',
  {
    timeout: 90_000,
  },
  async () => {
    let server = await startMongo();
    await send('m', 0, 10);
    await learner.run(`${numbersFrom('m')}
def guarda(lote, numero):
    lote.write.format("mongodb").mode("append")${mongo}.option("collection", "numeros").option("operationType", "replace").option("idFieldList", "n").save()
def arranca(): return numeros.writeStream.foreachBatch(guarda).option("checkpointLocation", "chk-mongo").start()
q = arranca()
q.processAllAvailable()`);
    await server.kill();
    await send('m', 10, 10);
    expect(await failureOf('q')).toContain('StreamingQueryException [STREAM_FAILED]');
    expect(await learner.run('print(q.exception())')).toMatch(/com\.mongodb\.Mongo(?:Timeout|SocketRead)Exception: /);
    server = await startMongo();
    await send('m', 20, 5);
    await learner.run('q = arranca()\nq.processAllAvailable()\nq.stop()');
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}`);
    const documents = await client.db('iabd').collection('numeros').find().sort({ n: 1 }).toArray();
    expect(documents.map(({ n }) => n as number)).toEqual(Array.from({ length: 25 }, (_, n) => n));
    await client.close();
    await server.kill();
  },
);

test(
  'a query into MongoDB’s own sink ends with the server and goes on from its checkpoint',
  { timeout: 90_000 },
  async () => {
    let server = await startMongo();
    await send('s', 0, 10);
    await learner.run(`${numbersFrom('s')}
def arranca(): return numeros.writeStream.format("mongodb")${mongo}.option("collection", "directo").option("checkpointLocation", "chk-directo").outputMode("append").start()
q = arranca()
q.processAllAvailable()`);
    await server.kill();
    await send('s', 10, 10);
    expect(await failureOf('q')).toContain('StreamingQueryException');
    server = await startMongo();
    await learner.run('q = arranca()\nq.processAllAvailable()\nq.stop()');
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}`);
    expect((await client.db('iabd').collection('directo').distinct('n')).length).toBe(20);
    await client.close();
    await server.kill();
  },
);

test(
  'a relational server that goes away between two batches fails the query with the link’s failure',
  { timeout: 60_000 },
  async () => {
    await send('j', 0, 1);
    learner.services.choose('relational', { mode: 'embedded' });
    await learner.run(`${numbersFrom('j')}
usuarios = spark.read.format("jdbc").option("driver", "com.mysql.cj.jdbc.Driver").option("url", "jdbc:mysql://localhost").option("dbtable", "spark.usuarios").option("user", "iabd").option("password", "iabd").load()
def arranca(): return numeros.join(usuarios, numeros.n + 1 == usuarios.id).select("n", "nombre").writeStream.format("json").option("checkpointLocation", "chk-join").start("unidos")
q = arranca()
q.processAllAvailable()`);
    learner.services.choose('relational', { mode: 'real', address: '127.0.0.1:1' });
    await send('j', 1, 1);
    expect(await failureOf('q')).toContain('StreamingQueryException');
    expect(await learner.run('print(q.exception())')).toContain('Communications link failure');
    learner.services.choose('relational', { mode: 'embedded' });
    const printed = await learner.run(`
q = arranca()
q.processAllAvailable()
q.stop()
print(sorted(tuple(r) for r in spark.read.schema("n INT, nombre STRING").json("unidos").collect()))`);
    expect(printed).toBe("[(0, 'Aitor Medrano'), (1, 'Pedro Casas')]\n");
  },
);
