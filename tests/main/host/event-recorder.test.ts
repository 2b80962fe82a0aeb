import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChain, type ChainedEvent } from '../../../main/workspace/event-chain.ts';
import { inputItemSchema } from '../../../main/workspace/input-item.ts';
import { sha256Of } from '../../../main/workspace/sha256.ts';
import { TestWindow } from './test-window.ts';

const program = `from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
flow = spark.readStream.schema('tipo string').json('entrada').writeStream.queryName('copia').format('noop')
flow.trigger(availableNow=True).start().awaitTermination()`;
const broken = 'uno';

const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'event-recorder-')));
let events: readonly ChainedEvent[] = [];
const dataOf = (kind: string) => events.filter((event) => event.kind === kind).map(({ data }) => data);

beforeAll(async () => {
  for (const [cell, source] of [
    ['a', program],
    ['b', broken],
  ] as const) {
    const window = await TestWindow.start({ dataFolder });
    await window.openActivity('caso-6');
    await window.run(cell, source);
    await window.close();
  }
  const report = verifyChain(readFileSync(join(dataFolder, '.marea-eventos.jsonl'), 'utf8'));
  events = report.isWhole ? report.events : [];
}, 60_000);

afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

test('cells are written down in their order, with the hash of the code that ran and how it ended', () => {
  const path = 'caso-6/caso-6.ipynb';
  expect(dataOf('cell_started')).toMatchObject([
    { path, cell: 'a', code: sha256Of(program) },
    { path, cell: 'b', code: sha256Of(broken) },
  ]);
  expect(dataOf('cell_finished')).toMatchObject([
    { cell: 'a', status: 'ok' },
    { cell: 'b', status: 'error' },
  ]);
});

test('a query is written down with its cell, each batch with its trigger time and the offsets of its sources', () => {
  expect(dataOf('query_started')).toMatchObject([{ name: 'copia', cell: 'a', outputMode: 'append' }]);
  expect(dataOf('query_progress')).toMatchObject([
    {
      batchId: 0,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      numInputRows: expect.any(Number) as number,
      sources: [{ startOffset: null, endOffset: { logOffset: 0 } }],
      batchTimeMs: expect.any(Number) as number,
      reads: [{ source: 0, items: [expect.stringMatching(/^[0-9a-f]{64}$/) as string] }],
    },
  ]);
  expect(dataOf('query_terminated')).toMatchObject([{ error: null }]);
});

test('what a batch read is kept by the name that the log has for it', () => {
  const lines = readFileSync(join(dataFolder, '.marea-entradas.jsonl'), 'utf8').trimEnd().split('\n');
  const kept = new Map(lines.map((line) => [sha256Of(line), inputItemSchema.parse(JSON.parse(line))]));
  const [progress] = dataOf('query_progress') as { readonly reads: { readonly items: string[] }[] }[];
  const bolsa = readFileSync(join(dataFolder, 'caso-6/entrada/bolsa1.json'), 'utf8');
  expect(progress?.reads[0]?.items.map((name) => kept.get(name))).toMatchObject([
    { kind: 'file', path: 'entrada/bolsa1.json', content: bolsa },
  ]);
});

test('files that lie ready are written down before the cell that may read them', () => {
  const [first] = events.filter(({ kind }) => kind === 'files' || kind === 'cell_started');
  expect(first).toMatchObject({ kind: 'files', data: { path: 'caso-6/caso-6.ipynb' } });
});

test('one chain goes through every start of the workbench', () => {
  const session = { version: 'headless', zone: 'Europe/Madrid' };
  expect(dataOf('session')).toEqual([session, session]);
  expect(events.map(({ n }) => n)).toEqual(events.map((_, index) => index + 1));
});
