import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseTableSchema } from '../../../engine/parser/parse-table-schema.ts';
import { regularJsonSelect } from '../../../engine/sources/json-regular.ts';
import { optionsOfRecord } from '../../../engine/functions/text-options.ts';
import { linesFitAfter } from '../../../main/host/line-thread.ts';
import { nodeFiles } from '../../../main/host/node-files.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'lines-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const row = '{"a":1,"s":"uno"}\n';
const rows = Math.ceil((17 << 20) / row.length);

/** Some 17 MB: enough for two threads. */
async function isRegular(change: (lines: string[]) => void): Promise<boolean> {
  const lines = Array.from({ length: rows }, () => row);
  change(lines);
  const path = join(folder, 'large.json');
  writeFileSync(path, lines.join(''));
  const context = {
    zone: 'UTC',
    conf: () => undefined,
    clock: { now: () => 0 },
    query: { rows: () => Promise.reject(new Error('nothing is asked')) },
  };
  const files = nodeFiles(() => folder);
  return (
    (await regularJsonSelect([path], parseTableSchema('a INT, s STRING'), optionsOfRecord({}), context, files)) !== null
  );
}

test('a large file is looked at whole, each half in its thread', async () => {
  expect(await isRegular(() => undefined)).toBe(true);
  for (const bad of [1, rows >> 1, (rows >> 1) + 1, rows - 1])
    expect(await isRegular((lines) => void (lines[bad] = '{"a":1.5,"s":"uno"}\n'))).toBe(false);
});

test('a file that is gone, and a thread that may have failed, say no', async () => {
  expect(await linesFitAfter(join(folder, 'nada.json'), 0, /a\n/y)).toBe(false);
});
