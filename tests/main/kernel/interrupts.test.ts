import { afterAll, beforeAll, expect, test } from 'vitest';
import { RecordingPort, untilAborted } from './recording-port.ts';
import { startKernel, type TestKernel } from './start-kernel.ts';

const port = new RecordingPort((command, _caller, signal) =>
  command.kind === 'streaming_query_command' && command.command.kind === 'await_termination'
    ? untilAborted(signal)
    : undefined,
);
let python: TestKernel;
beforeAll(async () => {
  python = await startKernel({ commands: port });
  await python.run(`import asyncio, time
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
query = spark.readStream.format("rate").load().writeStream.start()`);
});
afterAll(() => python.kernel.shutdown());

/** Resolves at the first output of the cell that has just been sent. */
const begun = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = python.kernel.on((event) => {
      if (event.kind !== 'stream') return;
      stop();
      resolve();
    });
  });

test.each([
  ['a loop', 'while True: pass'],
  ['a loop that catches Exception', 'while True:\n    try: time.sleep(0.001)\n    except Exception: pass'],
  ['a sleep', 'time.sleep(600)'],
  ['awaitTermination', 'query.awaitTermination()'],
  ['an await', 'await asyncio.sleep(600)'],
  ['a long sort', 'while True: sorted(range(10000))'],
])('Stop ends %s within a second', async (_what, source) => {
  const started = begun();
  const reply = python.kernel.execute('cell', `print("ya", flush=True)\n${source}`);
  await started;
  const at = performance.now();
  python.kernel.interrupt();
  expect((await reply).error?.ename).toBe('KeyboardInterrupt');
  expect(performance.now() - at).toBeLessThan(1000);
  expect(await python.run('1 + 1')).toBe('2');
});

test('a program that catches KeyboardInterrupt gets it exactly once', async () => {
  const started = begun();
  const reply = python.run(`veces = 0
print("ya", flush=True)
try:
    while True: pass
except KeyboardInterrupt:
    veces += 1
for _ in range(20):
    try: time.sleep(0.01)
    except KeyboardInterrupt: veces += 1
veces`);
  await started;
  python.kernel.interrupt();
  expect(await reply).toBe('ya\n1');
});

test('Stop withdraws the cells that wait, and reaches none that is sent afterwards', async () => {
  const started = begun();
  const first = python.kernel.execute('a', 'print("ya", flush=True)\nwhile True: pass');
  const waiting = python.kernel.execute('b', 'print("nunca")');
  await started;
  python.kernel.interrupt();
  const later = python.run('time.sleep(0.05)\n"entera"');
  expect((await first).error?.ename).toBe('KeyboardInterrupt');
  expect((await waiting).error?.ename).toBe('KeyboardInterrupt');
  expect(await later).toBe("'entera'");
});

test('Stop while nothing runs does nothing', async () => {
  python.kernel.interrupt();
  expect(await python.run('time.sleep(0.02)\n"bien"')).toBe("'bien'");
});

test('of many interrupts at any moment none is lost and none hits the wrong cell', async () => {
  const sources = [
    'await asyncio.sleep(60)',
    'while True: sorted(range(500))',
    'time.sleep(60)',
    'query.awaitTermination()',
    'while True: print(1)',
  ];
  for (let round = 0; round < 60; round += 1) {
    const reply = python.kernel.execute('cell', sources[round % sources.length]!);
    // How far the cell has come is left to chance on purpose: 0 to 12 turns of the event loop and a service in between.
    for (let turn = 0; turn < (round * 7) % 13; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (round % 3 === 0) await python.kernel.service('variables');
    python.kernel.interrupt();
    expect((await reply).error?.ename).toBe('KeyboardInterrupt');
    expect(await python.run(`${round}`)).toBe(`${round}`);
  }
});
