import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReplayOutcome } from '../../../../main/grading/replay-outcome.ts';
import type { ReplayStep } from '../../../../main/grading/replay-plan.ts';
import { replayNotebook } from '../../../../main/host/replay/replay-notebook.ts';
import { pythonFiles } from '../../kernel/start-kernel.ts';

/** What nothing of a hand-in may see or change. */
const outside = mkdtempSync(join(tmpdir(), 'outside-'));
const secret = join(outside, 'notas.txt');
let server: Server;
let address: string;
let visitors = 0;

beforeAll(async () => {
  writeFileSync(secret, 'un secreto\n');
  server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(outside, { recursive: true, force: true });
});

/** Runs cells as a replay does, one after the other. */
async function replay(cells: readonly string[], limitMs = 60_000): Promise<ReplayOutcome> {
  const steps = cells.flatMap((source, at): readonly ReplayStep[] => [
    { kind: 'cell_start', cell: `c${at}`, source, atMs: 0 },
    { kind: 'cell_end', cell: `c${at}`, isCutOff: false },
  ]);
  const plan = { startMs: Date.parse('2026-03-02T09:00:00Z'), steps, queries: [], unknownCells: [] };
  const request = { unit: 'caso-5', plan, items: new Map(), zone: 'Europe/Madrid', stores: [], isFollowed: false };
  return replayNotebook({ ...request, limitMs }, await pythonFiles(), new AbortController().signal);
}

const cellsOf = (outcome: ReplayOutcome) => {
  if (outcome.state === 'impossible') throw new Error(outcome.reason);
  return outcome.cells;
};

const session = 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()';

test('no cell of a hand-in sees a file outside its folder, through Python, through Spark, or through a link', async () => {
  const folder = JSON.stringify(outside);
  const cells = cellsOf(
    await replay([
      session,
      "print(open('/etc/passwd').read())",
      "spark.read.text('/etc/passwd').show(truncate=False)",
      `import os\nos.symlink(${folder}, 'dentro')\nprint(open('dentro/notas.txt').read())`,
      "spark.read.text('dentro/notas.txt').show()",
      `spark.range(3).write.text(${JSON.stringify(join(outside, 'salida'))})`,
      `open(${JSON.stringify(join(outside, 'nuevo.txt'))}, 'w').write('hola')`,
      "print('sigue aquí')",
    ]),
  );
  const shown = cells.map(({ text }) => text).join('');
  expect(shown).not.toMatch(/root:|un secreto/);
  expect(cells.slice(1, 6).map(({ error }) => error?.name)).toEqual([
    'FileNotFoundError',
    'Py4JJavaError',
    'FileNotFoundError',
    'Py4JJavaError',
    'Py4JJavaError',
  ]);
  expect([existsSync(join(outside, 'salida')), existsSync(join(outside, 'nuevo.txt'))]).toEqual([false, false]);
  expect(cells.at(-1)).toMatchObject({ text: 'sigue aquí\n', error: null });
}, 60_000);

test('no cell of a hand-in reaches a server, whatever address it names', async () => {
  const cells = cellsOf(
    await replay([
      session,
      `import socket\nsocket.create_connection(('127.0.0.1', ${address.split(':')[1]}), timeout=2)`,
      `import urllib.request\nurllib.request.urlopen('http://${address}/')`,
      `from kafka import KafkaProducer\nKafkaProducer(bootstrap_servers=['${address}']).send('t', b'x').get(timeout=5)`,
      `from pymongo import MongoClient\nprint(MongoClient('mongodb://${address}/').list_database_names())`,
      `spark.read.format('jdbc').option('driver', 'com.mysql.cj.jdbc.Driver').option('url', 'jdbc:mysql://${address}/otra').option('dbtable', 'otra.secretos').option('user', 'iabd').option('password', 'iabd').load().show()`,
      `spark.readStream.format('socket').option('host', '127.0.0.1').option('port', ${address.split(':')[1]}).load().writeStream.format('console').start()`,
      "print('sigue aquí')",
    ]),
  );
  expect(cells.at(-1)).toMatchObject({ text: 'sigue aquí\n', error: null });
  for (const at of [1, 2, 5]) expect(cells[at]?.error).not.toBeNull();
  expect(visitors).toBe(0);
}, 60_000);

test('a cell that loops for ever is cut off', async () => {
  const began = performance.now();
  const outcome = await replay([session, 'while True: pass'], 4000);
  expect(outcome).toEqual({ state: 'impossible', reason: 'tarda demasiado: se ha cortado.' });
  expect(performance.now() - began).toBeLessThan(30_000);
}, 60_000);

test('a cell that eats memory ends, and the next hand-in runs', async () => {
  const before = process.memoryUsage().rss;
  const outcome = await replay(
    ['comida = []\nwhile True: comida.append(bytearray(64 << 20))', "print('sigue')"],
    40_000,
  );
  const ended = outcome.state === 'impossible' ? outcome.reason : outcome.cells[0]?.error?.name;
  expect(ended).toMatch(/MemoryError|tarda demasiado|ha fallado/);
  expect(process.memoryUsage().rss - before).toBeLessThan(1.5 * 2 ** 30);
  expect(cellsOf(await replay(["print('otra entrega')"]))).toMatchObject([{ text: 'otra entrega\n', error: null }]);
}, 90_000);
