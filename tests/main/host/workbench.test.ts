import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestWindow } from './test-window.ts';

const timeout = 60_000;
const visible = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();

describe('an activity in the workbench', { timeout }, () => {
  let window: TestWindow;
  beforeEach(async () => {
    window = await TestWindow.start();
  }, timeout);
  afterEach(() => window.close());

  const inCaso6 = (...parts: readonly string[]) => join(window.dataFolder, 'caso-6', ...parts);
  const started = async () => {
    await window.openActivity('caso-6');
    for (const cell of ['caso6-sesion', 'caso6-lectura', 'caso6-columnas', 'caso6-ventana']) await window.run(cell);
    return window.hears('query.event', ({ event }) => event.kind === 'query_rows' && event.batchId === 0);
  };
  const drop = (name: string, text: string) =>
    window.request('files.write', { path: `caso-6/entrada/${name}`, text, overwrite: false });

  test('a cell that waits for a query says so; its Stop leaves the query running, the query’s own ends it', async () => {
    await started();
    await window.begin('caso6-espera');
    const { query } = await window.hears('cell.waiting', ({ cell, waiting }) => cell === 'caso6-espera' && waiting);
    await window.request('kernel.interrupt', { path: window.path });
    expect(await window.hears('cell.finished', ({ cell }) => cell === 'caso6-espera')).toMatchObject({
      status: 'interrupted',
    });
    await drop('bolsa2.json', '{"CreatedTime": "2022-05-09 12:50:00", "Type": "BUY", "Amount": 150}\n');
    await window.hears('query.event', ({ event }) => event.kind === 'query_rows' && event.batchId === 1);

    const stop = { path: window.path, queryId: query ?? '' };
    await window.request('query.stop', stop);
    await window.hears('query.event', ({ event }) => event.kind === 'query_terminated' && event.error === null);
    await expect(window.request('query.stop', stop)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a window that opens later is told what the queries did, console text included', async () => {
    await started();
    await window.hears('query.event', ({ event }) => event.kind === 'console_text' && event.text.includes('Batch: 0'));
    const { events } = await window.request('query.list', { path: window.path });
    const kinds = events.map((event) => (event as { kind: string }).kind);
    expect(kinds[0]).toBe('query_started');
    expect(new Set(kinds)).toEqual(new Set(['query_started', 'query_progress', 'query_rows', 'console_text']));
  });

  test('starting over lists, then stops the query, clears and puts back what lies there from the start', async () => {
    await started();
    await drop('mio.json', '{}\n');
    const listed = await window.request('activity.reset', { id: 'caso-6', dryRun: true });
    expect(listed.removed.map(({ path }) => path).sort()).toEqual([
      'caso-6/entrada/bolsa1.json',
      'caso-6/entrada/mio.json',
    ]);
    expect(visible(inCaso6('entrada'))).toEqual(['bolsa1.json', 'mio.json']);
    await window.request('activity.reset', { id: 'caso-6', dryRun: false });
    await window.hears('query.event', ({ event }) => event.kind === 'query_terminated');
    expect(visible(inCaso6('entrada'))).toEqual(['bolsa1.json']);
    expect(visible(inCaso6())).toEqual(['caso-6.ipynb', 'entrada']);
  });

  test('a file dropped twice is refused the second time, and never lies there half written', async () => {
    await window.openActivity('caso-6');
    const text = '{"a": 1}\n'.repeat(1000);
    const { entry } = await drop('mio.json', text);
    expect(entry).toMatchObject({ path: 'caso-6/entrada/mio.json', role: 'input', size: text.length });
    await expect(drop('mio.json', 'otro')).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(inCaso6('entrada', 'mio.json'), 'utf8')).toBe(text);
    await window.request('files.write', {
      path: 'caso-6/entrada/mio.json',
      base64: Buffer.from('otro').toString('base64'),
      overwrite: true,
    });
    expect(readFileSync(inCaso6('entrada', 'mio.json'), 'utf8')).toBe('otro');
    expect(readdirSync(inCaso6('entrada')).sort()).toEqual(['bolsa1.json', 'mio.json']);
  });

  test('what cannot be shown is no error: a damaged Parquet file and bytes are binary, a missing file is not found', async () => {
    await window.openActivity('caso-6');
    writeFileSync(inCaso6('roto.parquet'), 'PAR1 no');
    writeFileSync(inCaso6('bytes.bin'), Buffer.from([0, 1, 2]));
    const preview = (name: string) => window.request('files.preview', { path: `caso-6/${name}` });
    expect(await preview('roto.parquet')).toMatchObject({ kind: 'binary' });
    expect(await preview('bytes.bin')).toMatchObject({ kind: 'binary' });
    expect((await preview('entrada/bolsa1.json')).text).toContain('"Amount": 500');
    await expect(preview('nada.json')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('of two windows the one that saves on an old revision is told, and the first one’s text stays', async () => {
    await window.openActivity('caso-6');
    const { path } = window;
    const other = await window.request('notebook.open', { path });
    await window.write(window.cells.slice(0, 3));
    await window.hears('notebook.saved', (event) => event.path === path);
    await expect(
      window.request('notebook.save', { path, revision: other.revision, notebook: other.notebook }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect((await window.request('notebook.open', { path })).notebook.cells).toHaveLength(3);
  });

  test('a notebook is imported, duplicated, or refused by what it holds', async () => {
    await window.openActivity('caso-6');
    const create = (input: { text?: string; source?: string; folder?: string }) =>
      window.request('notebook.create', { folder: '', name: 'copia', ...input });
    expect(await create({ source: window.path })).toEqual({ path: 'copia.ipynb' });
    expect(await create({ text: readFileSync(inCaso6('caso-6.ipynb'), 'utf8') })).toEqual({ path: 'copia (2).ipynb' });
    await expect(create({ text: '<html>' })).rejects.toMatchObject({ code: 'failed' });
    await expect(create({ folder: '../fuera' })).rejects.toMatchObject({ code: 'denied' });
    const { notebooks } = await window.request('activity.list', {});
    expect(notebooks.map(({ path }) => path).sort()).toEqual(['caso-6/caso-6.ipynb', 'copia (2).ipynb', 'copia.ipynb']);
  });
});

describe('what goes wrong beside a running query', { timeout }, () => {
  let window: TestWindow;
  let folder: string;
  beforeEach(async () => {
    window = await TestWindow.start();
    const { path } = await window.request('notebook.create', { folder: 'mio', name: 'mio' });
    folder = join(window.dataFolder, 'mio');
    await window.open(path);
    const [cell] = window.cells;
    await window.run(
      cell?.id ?? '',
      'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()',
    );
    await window.run('folder', 'import os\nos.makedirs("e")\nopen("e/a.json", "w").write(\'{"n": 1}\\n\')');
    await window.run(
      'start',
      'w = spark.readStream.schema("n INT").json("e").groupBy("n").count().writeStream.outputMode("complete")\n' +
        'q = w.format("memory").queryName("t").option("checkpointLocation", "chk").start()\nq.processAllAvailable()',
    );
  }, timeout);
  afterEach(() => window.close());

  const shown = async (): Promise<string> => {
    const { status } = await window.run('look', 'q.processAllAvailable()\nspark.table("t").orderBy("n").show()');
    return `${status} ${window.printed('look').replaceAll(/[+-]+\n/g, '')}`;
  };

  test('a file deleted after it was read changes nothing', async () => {
    rmSync(join(folder, 'e', 'a.json'));
    writeFileSync(join(folder, 'e', 'b.json'), '{"n": 2}\n');
    expect(await shown()).toBe('ok |  n|count|\n|  1|    1|\n|  2|    1|\n\n');
  });

  test('a file that is written while it is read gives the rows it has then, the cut one as NULL', async () => {
    writeFileSync(join(folder, 'e', 'b.json'), '{"n": 2}\n{"n"');
    expect(await shown()).toBe('ok |   n|count|\n|NULL|    1|\n|   1|    1|\n|   2|    1|\n\n');
  });

  test('an empty file has no rows, and a line that is no UTF-8 is a row of NULLs', async () => {
    writeFileSync(join(folder, 'e', 'b.json'), '');
    writeFileSync(join(folder, 'e', 'c.json'), Buffer.from('{"n": 2}\n{"n": 3, "s": "España"}\n', 'latin1'));
    expect(await shown()).toBe('ok |   n|count|\n|NULL|    1|\n|   1|    1|\n|   2|    1|\n\n');
  });

  test('a crash of Python keeps notebook, outputs and checkpoint; the query goes on from there when it is started again', async () => {
    const before = readFileSync(join(folder, 'mio.ipynb'), 'utf8');
    await window.begin('crash', 'import os\nos._exit(1)');
    expect(await window.hears('cell.finished', ({ cell }) => cell === 'crash')).toMatchObject({
      status: 'error',
      count: null,
      card: { title: 'Python se ha parado mientras ejecutaba esta celda' },
    });
    expect(window.printed('crash')).toContain('KernelDied');
    await window.hears('kernel.state', ({ state }) => state === 'restarting');
    expect(readFileSync(join(folder, 'mio.ipynb'), 'utf8')).toBe(before);
    expect(visible(join(folder, 'chk', 'commits'))).toEqual(['0']);
    expect((await window.run('gone', 'q')).status).toBe('error');
    expect(window.printed('gone')).toContain("NameError: name 'q' is not defined");

    writeFileSync(join(folder, 'e', 'b.json'), '{"n": 1}\n');
    await window.run(
      'again',
      'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n' +
        'w = spark.readStream.schema("n INT").json("e").groupBy("n").count().writeStream.outputMode("complete")\n' +
        'q = w.format("memory").queryName("t").option("checkpointLocation", "chk").start()',
    );
    await window.hears('query.event', ({ event }) => event.kind === 'query_started' && event.resumedFromBatch !== null);
    expect(await shown()).toBe('ok |  n|count|\n|  1|    2|\n\n');
  });

  test('a restart cuts the cell off without an error of its own', async () => {
    await window.begin('loop', 'print("ya")\nwhile True: pass');
    await window.hears('cell.output', ({ cell }) => cell === 'loop');
    await window.request('kernel.restart', { path: window.path });
    expect(await window.hears('cell.finished', ({ cell }) => cell === 'loop')).toMatchObject({ status: 'interrupted' });
    expect(window.printed('loop')).toBe('ya\n');
    expect((await window.run('after', '1 + 1')).count).toBe(1);
  });

  test('a folder taken away while the query runs ends the query at most, never the host', async () => {
    rmSync(join(folder, 'e'), { recursive: true });
    await window.run('look', 'q.processAllAvailable()');
    expect((await window.run('after', 'print(1 + 1)')).status).toBe('ok');
    expect(window.printed('after')).toBe('2\n');
  });
});

describe('a start after a power cut', { timeout }, () => {
  const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'workbench-')));
  afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

  test('says once, in the notebook that was open, that it was recovered', async () => {
    const first = await TestWindow.start({ dataFolder });
    await first.openActivity('caso-6');
    await first.close();
    const second = await TestWindow.start({ dataFolder, wasLeft: true });
    expect((await second.request('activity.list', {})).lastNotebook).toBe('caso-6/caso-6.ipynb');
    expect((await second.open('caso-6/caso-6.ipynb')).recovered).toBe(true);
    expect((await second.open('caso-6/caso-6.ipynb')).recovered).toBe(false);
    await second.close();
    expect(existsSync(join(dataFolder, 'caso-6', 'caso-6.ipynb'))).toBe(true);
  });
});
