import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventName, Events } from '../../../main/contract/events.ts';
import { NotebookRuntime } from '../../../main/host/notebook-runtime.ts';

const pythonFolder = fileURLToPath(new URL('../../../dist/python', import.meta.url));

type Told = { readonly name: EventName; readonly event: Events[EventName] };

describe('bad input in a notebook', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'marea-bad-input-'));
  let told: Told[] = [];
  let tell = (): void => undefined;
  const runtime = new NotebookRuntime({
    path: 'x/x.ipynb',
    folder,
    python: { pythonFolder },
    env: { TZ: 'Europe/Madrid' },
    emit: (name, event) => {
      told.push({ name, event });
      tell();
    },
    takeSpare: () => undefined,
    onActivity: () => undefined,
  });

  async function until<Name extends EventName>(
    name: Name,
    fits: (event: Events[Name]) => boolean,
  ): Promise<Events[Name]> {
    for (;;) {
      const found = told.find((one) => one.name === name && fits(one.event as Events[Name]));
      if (found) return found.event as Events[Name];
      await new Promise<void>((wake) => (tell = wake));
    }
  }

  async function run(cell: string, source: string) {
    told = [];
    runtime.execute(cell, source);
    const finished = await until('cell.finished', (event) => event.cell === cell);
    const outputs = told.flatMap((one) =>
      one.name === 'cell.output' ? [(one.event as Events['cell.output']).output] : [],
    );
    return {
      finished,
      text: outputs
        .map((output) =>
          'text' in output ? output.text : 'evalue' in output ? `${output.ename}: ${output.evalue}` : '',
        )
        .join(''),
    };
  }

  beforeAll(async () => {
    mkdirSync(join(folder, 'e'));
    writeFileSync(join(folder, 'e', 'a.json'), '{"n": 1}\nno es json\n{"n": "x"}\n{"n": 4');
    await run(
      'start',
      'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\nd = spark.readStream.schema("n INT").json("e")',
    );
  }, 60_000);
  afterAll(async () => {
    await runtime.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a malformed or half-written JSON line is a row of NULLs', async () => {
    const { text } = await run('json', 'spark.read.schema("n INT").json("e").show()');
    expect(text).toContain('|   1|\n|NULL|\n|NULL|\n|NULL|\n');
  });

  test.each([
    ['show() on a stream', 'd.show()', 'Un flujo no se puede mostrar con `show()`'],
    [
      'append without watermark',
      'd.groupBy("n").count().writeStream.format("console").start()',
      '`append` necesita marca de agua',
    ],
    [
      'a sort outside complete',
      'd.orderBy("n").writeStream.format("console").start()',
      '`orderBy` solo vale en modo `complete` y tras agregar',
    ],
    ['no checkpoint', 'd.writeStream.format("parquet").start("s")', 'Este destino necesita carpeta de control'],
    [
      'update into files',
      'd.writeStream.format("parquet").outputMode("update").start("s")',
      'Un fichero no se puede modificar',
    ],
    ['an unknown column', 'd.select("m")', 'No hay ninguna columna «m»'],
    ['a name of the page that does not exist', 'words_df', '«words_df» no está definido'],
    ['a column where withWatermark wants a name', 'd.withWatermark(d.n, "1 minute")', 'Aquí no va una columna'],
    ['a missing folder', 'spark.read.json("nada")', 'Esa carpeta o fichero no existe'],
  ])('%s comes with a card, at its line', async (_, source, title) => {
    const { finished } = await run('card', `\n${source}`);
    expect(finished).toMatchObject({ status: 'error', line: 2, card: { title } });
  });

  test('a checkpoint of another query is named by its card', async () => {
    const start =
      'w = lambda f: f.writeStream.format("noop").outputMode("complete").option("checkpointLocation", "ajeno").start()\n';
    const { finished, text } = await run(
      'foreign',
      `${start}q = w(d.groupBy("n").count()); q.processAllAvailable(); q.stop()\nq = w(d.selectExpr("string(n) s", "n").groupBy("s", "n").count()); q.processAllAvailable()`,
    );
    expect(text).toContain("Provided schema doesn't match to the schema for existing state!");
    expect(finished.card?.title).toBe('Esta carpeta de control es de otra consulta');
  });

  test('a damaged checkpoint is named and left as it is', async () => {
    const start = 'w = d.writeStream.format("json").option("checkpointLocation", "chk")\n';
    await run('good', `${start}q = w.start("salida"); q.processAllAvailable(); q.stop()`);
    writeFileSync(join(folder, 'chk', 'offsets', '0'), 'basura');
    const { text } = await run('damaged', `${start}q = w.start("salida"); q.processAllAvailable()`);
    expect(text).toContain(`Failed to read log file file:${join(folder, 'chk', 'offsets', '0')}.`);
    expect(readFileSync(join(folder, 'chk', 'offsets', '0'), 'utf8')).toBe('basura');
  });

  test('a part of pyspark that Marea lacks is refused by name', async () => {
    expect((await run('ml', 'import pyspark.ml')).text).toContain(
      "No module named 'pyspark.ml': Marea no incluye pyspark.ml.",
    );
  });

  test('running out of memory is a MemoryError, and a crash of Python restarts it', async () => {
    expect((await run('memory', 'x = []\nwhile True: x.append(bytearray(10**7))')).text).toContain('MemoryError');
    await run('crash', 'import os\nos._exit(1)');
    await until('kernel.state', (event) => event.state === 'restarting');
    await until('kernel.state', (event) => event.state === 'idle');
    expect((await run('after', 'print(1 + 1)')).text).toBe('2\n');
  });
});
