// Micro-batches of 1,000 rows from Kafka joined with a table of 10,000 rows read by JDBC, in a built Marea: on the embedded store and, where it is
// installed, on a real MariaDB.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { startMariadb } from '../../tests/support/mariadb-server.ts';
import { parts } from '../../tests/support/machine-parts.ts';
import { median, report } from './figure.ts';
import { MareaWindow } from './marea-window.ts';

const tableRows = 10_000;
const batchRows = 1000;
const batches = 60;
/** The first batches compile and open connections. */
const warmUp = 10;

const folder = await mkdtemp(join(tmpdir(), 'marea-bench-join-'));
const window = await MareaWindow.open(folder);
const addressOf = await window.useEmbedded();
await produceLogins(addressOf('kafka'));
const { path } = await window.request('notebook.create', { folder: 'medida', name: 'join' });
report({
  name: 'stream-static join, embedded store: batch of 1,000 rows, median',
  value: await medianBatchMs('empotrado'),
  unit: 'ms',
  target: { kind: 'at most', value: 50 },
});
if (parts['mariadb-server'] !== undefined) {
  const mariadb = await startMariadb();
  const choice = { mode: 'real', address: `127.0.0.1:${mariadb.port}` } as const;
  await window.request('services.configure', { kind: 'relational', choice });
  report({
    name: 'stream-static join, real MariaDB: batch of 1,000 rows, median',
    value: await medianBatchMs('real'),
    unit: 'ms',
  });
  await mariadb.stop();
}
await window.close();
await rm(folder, { recursive: true, force: true, maxRetries: 5 });

async function produceLogins(broker: string): Promise<void> {
  const producer = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  for (let batch = 0; batch < batches; batch += 1) {
    const messages = Array.from({ length: batchRows }, (_, row) => {
      const id = ((batch * 7919 + row * 31) % tableRows) + 1;
      return { value: JSON.stringify({ login_id: String(id), login_time: '2022-05-17 12:15:00' }) };
    });
    await producer.send({ topic: 'logins', messages });
  }
  await producer.disconnect();
}

async function medianBatchMs(cell: string): Promise<number> {
  const times: number[] = [];
  let isMine = true;
  window.on('query.event', ({ event }) => {
    if (!isMine || event.kind !== 'query_progress' || event.progress.numInputRows === 0) return;
    times.push(event.progress.durationMs['triggerExecution'] ?? Number.NaN);
  });
  await window.run(
    path,
    cell,
    `
import mysql.connector
db = mysql.connector.connect(host="localhost", user="iabd", password="iabd", database="spark", autocommit=True)
cursor = db.cursor()
cursor.execute("CREATE TABLE muchos (id BIGINT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY, nombre VARCHAR(100) NOT NULL, ultimoLogin TIMESTAMP NOT NULL)")
for desde in range(0, ${tableRows}, 1000):
    cursor.executemany("INSERT INTO muchos (nombre, ultimoLogin) VALUES (%s, %s)", [(f"Usuaria {n}", f"2022-05-{n % 28 + 1:02} 13:36:58") for n in range(desde, desde + 1000)])
db.close()
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, from_json, to_timestamp
spark = SparkSession.builder.master("local[2]").getOrCreate()
kafkaDF = spark.readStream.format("kafka").option("kafka.bootstrap.servers", "localhost:9092").option("subscribe", "logins").option("startingOffsets", "earliest").option("maxOffsetsPerTrigger", ${batchRows}).load()
loginDF = kafkaDF.select(from_json(col("value").cast("string"), "login_id STRING, login_time STRING").alias("value")).select("value.*").withColumn("login_time", to_timestamp(col("login_time"), "yyyy-MM-dd HH:mm:ss"))
jdbcDF = spark.read.format("jdbc").option("driver", "com.mysql.cj.jdbc.Driver").option("url", "jdbc:mysql://localhost").option("dbtable", "spark.muchos").option("user", "iabd").option("password", "iabd").load()
q = loginDF.join(jdbcDF, loginDF.login_id == jdbcDF.id, "inner").drop(loginDF.login_id).writeStream.format("console").start()
q.processAllAvailable()
q.stop()
`,
  );
  isMine = false;
  if (times.length !== batches) throw new Error(`${times.length} batches instead of ${batches}`);
  return median(times.slice(warmUp));
}
