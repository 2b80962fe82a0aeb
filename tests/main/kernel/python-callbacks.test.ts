import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchId } from '../../../engine/core/ids.ts';
import type { PythonFunctions } from '../../../engine/api/python-functions.ts';
import { pythonCallbacks } from '../../../main/kernel/python-callbacks.ts';
import { RecordingPort, untilAborted } from './recording-port.ts';
import { startKernel, type TestKernel } from './start-kernel.ts';

const port = new RecordingPort((command, _caller, signal) =>
  command.kind === 'streaming_query_command' && command.command.kind === 'await_termination'
    ? untilAborted(signal)
    : undefined,
);
let python: TestKernel;
let functions: PythonFunctions;
beforeAll(async () => {
  python = await startKernel({ commands: port });
  functions = pythonCallbacks(python.kernel);
  await python.run(`import asyncio, time
from pyspark.sql import SparkSession
import pyspark.sql.functions as F
spark = SparkSession.builder.getOrCreate()
stream = spark.readStream.format("rate").load()`);
});
afterAll(() => python.kernel.shutdown());

const startedKey = (): string => {
  const { foreach_batch, foreach_writer } = port.last('write_stream_operation_start');
  return (foreach_batch ?? foreach_writer)!.command;
};

describe('foreachBatch', () => {
  test.each([
    ['idle', undefined],
    ['blocked in awaitTermination', 'query.awaitTermination()'],
    ['asleep', 'time.sleep(600)'],
    ['in a loop', 'while True: pass'],
    ['at an await', 'await asyncio.sleep(600)'],
    ['printing', 'while True: print("x")'],
  ])('runs while Python is %s, and prints into the cell that started the query', async (_state, source) => {
    await python.run(
      'query = stream.writeStream.foreachBatch(lambda df, i: print("lote", i, df.columns)).start()',
      'starter',
    );
    const key = startedKey();
    const running = source === undefined ? undefined : python.kernel.execute('other', source);
    const from = python.events.length;
    await functions.callForeachBatch(key, 'table-1', batchId(3));
    const printed = python.events.slice(from).filter((event) => event.kind === 'stream' && event.cell === 'starter');
    expect(printed.map((event) => event.kind === 'stream' && event.text)).toEqual(["lote 3 ['n', 's']\n"]);
    python.kernel.interrupt();
    await running;
  });

  test('gets a frame of the batch in a clone of the session', async () => {
    await python.run(
      'vistas = []\nquery = stream.writeStream.foreachBatch(lambda df, i: vistas.append((df.sparkSession is spark, df.isStreaming))).start()',
    );
    await functions.callForeachBatch(startedKey(), 'table-2', batchId(0));
    expect(await python.run('vistas')).toBe('[(False, False)]');
    expect(port.recorded.at(-1)).toMatchObject({
      command: { plan: { kind: 'cached_remote_relation', relation_id: 'table-2' } },
      caller: { session: `s0/${startedKey()}` },
    });
  });

  test('an exception rejects with the sentence of Spark and the lines of the program', async () => {
    await python.run('def falla(df, i):\n    return nada\nquery = stream.writeStream.foreachBatch(falla).start()');
    await expect(functions.callForeachBatch(startedKey(), 't', batchId(0))).rejects.toThrow(
      /^An exception was raised by the Python Proxy\. Return Message: Traceback \(most recent call last\):\n {2}File "<cell \d+>", line 2, in falla\n[^]*NameError: name 'nada' is not defined\n$/,
    );
  });

  test('Stop that reaches the function ends the waiting cell too', async () => {
    await python.run(
      'def lenta(df, i):\n    print("dentro", flush=True)\n    time.sleep(600)\nquery = stream.writeStream.foreachBatch(lenta).start()',
    );
    const inside = new Promise<void>((resolve) => {
      const stop = python.kernel.on((event) => {
        if (event.kind !== 'stream' || event.text !== 'dentro\n') return;
        stop();
        resolve();
      });
    });
    const cell = python.kernel.execute('other', 'query.awaitTermination()');
    const batch = functions.callForeachBatch(startedKey(), 't', batchId(0));
    await inside;
    python.kernel.interrupt();
    await expect(batch).rejects.toThrow('KeyboardInterrupt');
    expect((await cell).error?.ename).toBe('KeyboardInterrupt');
  });
});

test('a UDF gets a block of rows and answers with the values Spark would keep', async () => {
  await python.run('spark.range(1).select(F.udf(lambda s, n: (s or "-") * n, "string")("s", "n"))');
  const plan = JSON.stringify(port.last('analyze_plan').plan);
  const key = /"command":"(\w+)"/.exec(plan)?.[1] ?? '';
  const answer = await functions.callUdf(
    key,
    [
      ['a', 2n],
      [null, 3n],
    ],
    [{ kind: 'string' }, { kind: 'long' }],
    { kind: 'string' },
  );
  expect(answer).toEqual(['aa', '---']);
});

test('foreach works on a copy of what it mentions: the lists of the program stay empty', async () => {
  await python.run('vistos = []\nquery = stream.writeStream.foreach(lambda fila: vistos.append(fila.n)).start()');
  const rowType = {
    kind: 'struct',
    fields: [
      { name: 'n', type: { kind: 'long' }, nullable: true },
      { name: 's', type: { kind: 'string' }, nullable: true },
    ],
  } as const;
  await functions.callForeach(startedKey(), [[1n, 'a']], rowType, 0, batchId(0));
  expect(await python.run('vistos')).toBe('[]');
});

test('a listener hears events with their fields as attributes', async () => {
  await python.run(
    `from pyspark.sql.streaming import StreamingQueryListener
class Oyente(StreamingQueryListener):
    def onQueryStarted(self, event): print("empieza", event.name)
    def onQueryProgress(self, event): print("avanza", event.progress.batchId, event.progress.sources[0].description)
    def onQueryTerminated(self, event): print("acaba", event.exception)
spark.streams.addListener(Oyente())`,
    'listener',
  );
  const { command } = port.last('streaming_query_manager_command');
  const key = command.kind === 'add_listener' ? command.listener : '';
  const id = '00000000-0000-0000-0000-000000000001';
  const from = python.events.length;
  await functions.callListener(key, 'onQueryStarted', { id, runId: id, name: 'q', timestamp: 'T' });
  const progress = {
    id,
    runId: id,
    name: 'q',
    timestamp: 'T',
    batchId: 4,
    stateOperators: [],
    sources: [{ description: 'rate' }],
    sink: {},
  };
  await functions.callListener(key, 'onQueryProgress', progress);
  await functions.callListener(key, 'onQueryTerminated', { id, runId: id, exception: null });
  const texts = python.events
    .slice(from)
    .map((event) => (event.kind === 'stream' && event.cell === 'listener' ? event.text : ''));
  expect(texts.join('')).toBe('empieza q\navanza 4 rate\nacaba None\n');
});

test('functions of a dead interpreter reject instead of waiting for ever', async () => {
  const other = await startKernel();
  const failure = pythonCallbacks(other.kernel)
    .callForeachBatch('f0', 't', batchId(0))
    .catch((error: unknown) => String(error));
  await other.kernel.shutdown();
  expect(await failure).toContain('Python ended');
});
