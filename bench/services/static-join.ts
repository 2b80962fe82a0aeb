// Micro-batches of 1,000 rows from Kafka joined with a table of 10,000 rows read by JDBC: on the embedded store and, where it is installed, on a real MariaDB.
import { appendFile } from 'node:fs/promises';
import { Kafka, logLevel } from 'kafkajs';
import type { RelationalClient } from '../../engine/api/relational-client.ts';
import { courseLogin } from '../../main/host/host-services.ts';
import { startMariadb } from '../../tests/support/mariadb-server.ts';
import { parts } from '../../tests/support/machine-parts.ts';
import { BenchLearner } from './bench-learner.ts';
import { brokerAddress, openBenchServices, type BenchServices } from './bench-services.ts';
import { median, report } from './figure.ts';

const tableRows = 10_000;
const batchRows = 1000;
const batches = 60;
/** The first batches compile and open connections. */
const warmUp = 10;

const bench = await openBenchServices();
await produceLogins();
await fillTable(await bench.services.endpoints.relational({ ...courseLogin, database: 'spark' }));
const learner = await BenchLearner.start(bench);
report({
  name: 'stream-static join, embedded store: batch of 1,000 rows, median',
  value: await medianBatchMs(learner, 'empotrado'),
  unit: 'ms',
  target: { kind: 'at most', value: 50 },
});
if (parts['mariadb-server'] !== undefined) await measureOnMariadb(bench, learner);
await learner.close();
await bench.close();

async function measureOnMariadb({ services }: BenchServices, learning: BenchLearner): Promise<void> {
  const mariadb = await startMariadb();
  services.choose('relational', { mode: 'real', address: `127.0.0.1:${mariadb.port}` });
  await fillTable(await services.endpoints.relational({ ...courseLogin, database: 'spark' }));
  report({
    name: 'stream-static join, real MariaDB: batch of 1,000 rows, median',
    value: await medianBatchMs(learning, 'real'),
    unit: 'ms',
  });
  await mariadb.stop();
}

async function produceLogins(): Promise<void> {
  const kafka = new Kafka({ brokers: [await brokerAddress(bench.services)], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  for (let batch = 0; batch < batches; batch += 1) {
    const messages = Array.from({ length: batchRows }, (_, row) => ({
      value: JSON.stringify({
        login_id: String(((batch * 7919 + row * 31) % tableRows) + 1),
        login_time: '2022-05-17 12:15:00',
      }),
    }));
    await producer.send({ topic: 'logins', messages });
  }
  await producer.disconnect();
}

async function fillTable(client: RelationalClient): Promise<void> {
  await client.query(
    'CREATE TABLE muchos (id BIGINT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY, nombre VARCHAR(100) NOT NULL, ultimoLogin TIMESTAMP NOT NULL)',
  );
  for (let from = 0; from < tableRows; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, row) => `('Usuaria ${from + row}', '2022-05-13 13:36:58')`);
    await client.query(`INSERT INTO muchos (nombre, ultimoLogin) VALUES ${rows.join(', ')}`);
  }
  await client.close();
}

async function medianBatchMs(learning: BenchLearner, name: string): Promise<number> {
  const times: number[] = [];
  learning.onEvent((event) => {
    if (event.kind !== 'query_progress' || event.progress.numInputRows === 0) return;
    times.push(event.progress.durationMs['triggerExecution'] ?? Number.NaN);
  });
  const began = performance.now();
  await learning.run(`
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, from_json, to_timestamp
spark = SparkSession.builder.master("local[2]").getOrCreate()
kafkaDF = spark.readStream.format("kafka").option("kafka.bootstrap.servers", "localhost:9092").option("subscribe", "logins").option("startingOffsets", "earliest").option("maxOffsetsPerTrigger", ${batchRows}).load()
loginDF = kafkaDF.select(from_json(col("value").cast("string"), "login_id STRING, login_time STRING").alias("value")).select("value.*").withColumn("login_time", to_timestamp(col("login_time"), "yyyy-MM-dd HH:mm:ss"))
jdbcDF = spark.read.format("jdbc").option("driver", "com.mysql.cj.jdbc.Driver").option("url", "jdbc:mysql://localhost").option("dbtable", "spark.muchos").option("user", "iabd").option("password", "iabd").load()
q = loginDF.join(jdbcDF, loginDF.login_id == jdbcDF.id, "inner").drop(loginDF.login_id).writeStream.format("console").start()
q.processAllAvailable()
q.stop()
`);
  if (times.length !== batches) throw new Error(`${times.length} batches instead of ${batches}`);
  const trace = process.env['BENCH_TRACE'];
  if (trace !== undefined)
    await appendFile(trace, `${name}: ${times.join(' ')} ms, ${Math.round(performance.now() - began)} ms in all\n`);
  return median(times.slice(warmUp));
}
