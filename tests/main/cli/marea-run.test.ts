import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../../../dist/marea.js', import.meta.url));
const exercises = fileURLToPath(new URL('../../../exercises', import.meta.url));
/** What Spark 3.5.7 printed for the code cells of each solution, in Madrid. */
const recorded = fileURLToPath(new URL('recorded', import.meta.url));

/** Spark promises no order of rows without a sort: those of each table are compared sorted. */
const rowsInOrder = (text: string): string =>
  text.replaceAll(/(?:^\|.*\|\n)+/gm, (rows) => rows.split('\n').sort().join('\n'));

describe('marea run', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'marea-run-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function run(
    name: string,
    text: string | null,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ) {
    if (text !== null) await writeFile(join(folder, name), text);
    const child = spawn(process.execPath, [launcher, 'run', name, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (bytes: Buffer) => void (out += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => void (err += bytes.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { out, err, code };
  }

  test('prints what the program prints, with its arguments, its environment and paths from this folder', async () => {
    const program =
      'import os, sys\nopen("aqui.txt", "w").write("hola")\nprint(sys.argv[1:], os.environ["COSA"], os.listdir("."), __name__)\n';
    const { out, code } = await run('p.py', program, ['uno', 'dos'], { COSA: 'sí' });
    expect(out).toContain("['uno', 'dos'] sí");
    expect(out).toContain('aqui.txt');
    expect(out).toContain('__main__');
    expect(code).toBe(0);
  });

  test('the console sink writes exactly Spark’s bytes', async () => {
    const program = [
      'import os',
      'from pyspark.sql import SparkSession',
      'os.makedirs("e"); open("e/a.json", "w").write(\'{"k": "x", "n": 1}\\n\')',
      'spark = SparkSession.builder.getOrCreate()',
      'q = spark.readStream.schema("k STRING, n INT").json("e").writeStream.format("console").start()',
      'q.processAllAvailable(); q.stop()',
    ].join('\n');
    const rule = '-'.repeat(43);
    expect((await run('p.py', program)).out).toBe(
      `${rule}\nBatch: 0\n${rule}\n+---+---+\n|  k|  n|\n+---+---+\n|  x|  1|\n+---+---+\n\n`,
    );
  });

  test('ends with Python’s exit code', async () => {
    expect((await run('p.py', 'import sys; sys.exit(3)')).code).toBe(3);
    expect((await run('no.py', null)).code).toBe(2);
  });

  test('an uncaught exception is a traceback of the program’s own lines on stderr, and exit code 1', async () => {
    const { err, code } = await run(
      'p.py',
      'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\nspark.range(3).select("nada")\n',
    );
    expect(err).toContain('File "p.py", line 3, in <module>');
    expect(err).toContain(
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `nada` cannot be resolved.',
    );
    expect(err).not.toMatch(/marea_kernel|site-packages|pyspark\/sql/);
    expect(code).toBe(1);
  });

  test.each(['caso-6', 'caso-7'])('the solution of %s prints what Spark printed', async (id) => {
    await mkdir(join(folder, 'entrada'));
    await copyFile(join(exercises, id, 'input/bolsa1.json'), join(folder, 'entrada/bolsa1.json'));
    const { out, err, code } = await run('s.ipynb', await readFile(join(exercises, id, 'solution.ipynb'), 'utf8'));
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(rowsInOrder(out)).toBe(rowsInOrder(await readFile(join(recorded, `${id}.out`), 'utf8')));
  });

  test('a notebook runs its code cells in order and stops at the first that fails', async () => {
    const cell = (source: string, kind = 'code') => ({
      cell_type: kind,
      id: source.slice(0, 3).replaceAll(/\W/g, '_'),
      metadata: {},
      source,
      outputs: [],
      execution_count: null,
    });
    const notebook = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [cell('a = 1'), cell('# no', 'markdown'), cell('print(a + 1)'), cell('1/0'), cell('print("nunca")')],
    };
    const { out, err, code } = await run('c.ipynb', JSON.stringify(notebook));
    expect(out).toBe('2\n');
    expect(err).toContain('ZeroDivisionError: division by zero');
    expect(code).toBe(1);
  });
});
