// From the broker's confirmation of a message to its row in the console of a built Marea, with a query of the default trigger.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, quantile, report } from './figure.ts';
import { MareaWindow } from './marea-window.ts';

const messages = 200;
const everyMs = 100;
const topic = 'latencia';

const folder = await mkdtemp(join(tmpdir(), 'marea-bench-latency-'));
const window = await MareaWindow.open(folder);
const addressOf = await window.useEmbedded();
const { path } = await window.request('notebook.create', { folder: 'medida', name: 'latencia' });
const printedAt = new Map<number, bigint>();
let onAllPrinted: () => void = () => undefined;
const allPrinted = new Promise<void>((resolve) => (onAllPrinted = resolve));
window.on('query.event', ({ event }) => {
  if (event.kind !== 'console_text') return;
  const now = process.hrtime.bigint();
  for (const [, message] of event.text.matchAll(/\| *m(\d+) *\|/g)) printedAt.set(Number(message), now);
  if (printedAt.size === messages) onAllPrinted();
});
await window.run(
  path,
  'consulta',
  `
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[2]").getOrCreate()
spark.createDataFrame([("calienta",)], "value STRING").write.format("kafka").option("kafka.bootstrap.servers", "localhost:9092").option("topic", "${topic}").save()
df = spark.readStream.format("kafka").option("kafka.bootstrap.servers", "localhost:9092").option("subscribe", "${topic}").option("startingOffsets", "earliest").load()
q = df.selectExpr("CAST(value AS STRING) AS value").writeStream.format("console").start()
q.processAllAvailable()
`,
);
const confirmedAt = await produce(addressOf('kafka'));
await allPrinted;
const delaysMs = confirmedAt.map((at, message) => Number((printedAt.get(message) ?? at) - at) / 1e6);
report({
  name: 'Kafka: confirmed to console, median',
  value: median(delaysMs),
  unit: 'ms',
  target: { kind: 'at most', value: 50 },
});
report({ name: 'Kafka: confirmed to console, 99 %', value: quantile(delaysMs, 0.99), unit: 'ms' });
await window.close();
await rm(folder, { recursive: true, force: true, maxRetries: 5 });

async function produce(broker: string): Promise<readonly bigint[]> {
  const program = fileURLToPath(new URL('timed-producer.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, broker, topic, String(messages), String(everyMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const bytes of child.stdout) printed += String(bytes);
  return printed
    .trim()
    .split('\n')
    .map((line) => BigInt(line.split(' ')[1] ?? 0));
}
