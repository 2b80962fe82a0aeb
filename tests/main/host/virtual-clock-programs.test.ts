import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceFormat } from '../../../engine/api/source.ts';
import { socketSource } from '../../../main/connectors/socket/socket-source.ts';
import { LearnerProcess } from '../../../main/host/learner-process.ts';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';
import { LineServer } from '../../../main/services/lines/line-server.ts';
import { pythonFiles } from '../kernel/start-kernel.ts';

const start = Date.parse('2026-03-02T08:00:30Z');
const minute = 60_000;

let folder: string;
let learner: LearnerProcess | undefined;
beforeEach(() => void (folder = realpathSync(mkdtempSync(join(tmpdir(), 'clock-')))));
afterEach(async () => {
  await learner?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs programs on the clock; each call answers what the program printed. */
async function programsOn(clock: VirtualClock, sources: readonly SourceFormat[] = []) {
  let printed = '';
  const process = new LearnerProcess({
    folder,
    env: { TZ: 'Europe/Madrid' },
    python: await pythonFiles(),
    clock,
    sources,
    isWatched: () => false,
    print: (text) => void (printed += text),
    emit: () => undefined,
  });
  learner = process;
  process.kernel.on((event) => {
    if (event.kind === 'stream') printed += event.text;
  });
  await process.start();
  return async (source: string): Promise<string> => {
    printed = '';
    const reply = await process.kernel.execute('cell', preamble + source);
    return printed + (reply.error?.traceback ?? '');
  };
}

const preamble = `import json, os, time
from pyspark.sql import SparkSession, functions as F
spark = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", 1).getOrCreate()
`;

describe('a program on a clock that skips idle time', () => {
  let run: (source: string) => Promise<string>;
  beforeEach(async () => void (run = await programsOn(new VirtualClock({ startMs: start, skipsIdleTime: true }))));

  test('triggers come on multiples of their interval, and current_timestamp() is their time', async () => {
    const printed = await run(`os.makedirs("in")
q = (spark.readStream.schema("p STRING").json("in").withColumn("ahora", F.current_timestamp())
     .writeStream.format("memory").queryName("m").trigger(processingTime="1 minute").start())
q.processAllAvailable()
for i in range(3):
    with open(".t", "w") as f: f.write(json.dumps({"p": f"v{i}"}) + "\\n")
    os.rename(".t", f"in/{i}.json")
    time.sleep(120)
print([str(fila.ahora)[11:19] for fila in spark.table("m").orderBy("p").collect()])
print([p["timestamp"][11:19] for p in q.recentProgress if p["numInputRows"] > 0])
q.stop()`);
    // 09:00:30 in Madrid is 08:00:30 UTC.
    expect(printed).toBe("['09:01:00', '09:03:00', '09:05:00']\n['08:01:00', '08:03:00', '08:05:00']\n");
  });

  test('awaitTermination with a limit lasts as long as it says', async () => {
    const printed = await run(`q = (spark.readStream.format("rate").load()
     .writeStream.format("noop").trigger(processingTime="10 minutes").start())
antes = time.time()
print(q.awaitTermination(1800), round(time.time() - antes))
q.stop()`);
    expect(printed).toBe('False 1800\n');
  });

  test('a rate source gives a row for each second of the clock', async () => {
    const printed = await run(`q = (spark.readStream.format("rate").load()
     .writeStream.format("memory").queryName("r").trigger(processingTime="10 seconds").start())
time.sleep(60)
q.stop()
print([p["numInputRows"] for p in q.recentProgress][2:6], spark.table("r").count() >= 49)`);
    expect(printed).toBe('[10, 10, 10, 10] True\n');
  });
});

test('on a paused clock a minute brings one trigger of a minute and the lines that came before it', async () => {
  const clock = new VirtualClock({ startMs: start });
  const server = await LineServer.listen(0);
  const run = await programsOn(clock, [
    socketSource({ lines: async (host, port) => ({ host, port, embedded: false }) }),
  ]);
  clock.pause();
  const begun =
    await run(`q = (spark.readStream.format("socket").option("host", "localhost").option("port", ${server.status.port})
     .option("includeTimestamp", "true").load()
     .writeStream.format("memory").queryName("l").trigger(processingTime="1 minute").start())
while q.lastProgress is None: pass
print(q.lastProgress["batchId"])`);
  expect(begun).toBe('0\n');
  const before = clock.now();
  await server.send(['Hola Mundo']);
  await clock.advance(minute);
  const printed = await run(`print([(str(f.timestamp)[11:19], f.value) for f in spark.table("l").collect()])
print(q.lastProgress["batchId"], q.lastProgress["timestamp"][11:19])
q.stop()`);
  expect(printed).toMatch(/^\[\('09:00:\d\d', 'Hola Mundo'\)\]\n1 08:01:00\n$/);
  expect(clock.now()).toBe(before + minute);
  await server.close();
});
