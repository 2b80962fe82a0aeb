import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KernelPool } from '../../../main/kernel/kernel-pool.ts';
import { RecordingPort } from './recording-port.ts';
import { pythonFiles } from './start-kernel.ts';

const folder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'pool-')));

test('a spare that is taken works in the folder and with the environment it is given', async () => {
  const pool = new KernelPool(await pythonFiles(), { folder: folder() }, () => 8 * 2 ** 30);
  await pool.warm();
  const kernel = pool.take();
  expect(pool.take()).toBeUndefined();
  const own = folder();
  const port = new RecordingPort();
  await kernel!.adopt({ folder: own, env: { CURSO: 'spark' } }, { commands: port });
  const source = `import os
from pyspark.sql import SparkSession
assert os.environ["CURSO"] == "spark"
open("a.txt", "w").close()
SparkSession.builder.getOrCreate()`;
  expect((await kernel!.execute('cell', source)).status).toBe('ok');
  expect(port.recorded[0]?.caller.folder).toBe(own);
  await kernel!.shutdown();
  await pool.close();
});

test('no spare is kept where memory is short', async () => {
  const pool = new KernelPool(await pythonFiles(), { folder: folder() }, () => 2 ** 30);
  await pool.warm();
  expect(pool.take()).toBeUndefined();
});
