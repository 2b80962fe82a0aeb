import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { CommandResults } from '../../../engine/plan/command.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { Engine } from '../../../engine/session/engine.ts';
import { diskFiles, temporaryFolder } from '../../support/disk-files.ts';
import { TestClock } from '../../support/test-clock.ts';

const folder = await temporaryFolder();
const noPython = (): never => {
  throw new Error('this test has no Python');
};
const engine = new Engine({
  clock: new TestClock(Date.UTC(2024, 0, 10)),
  filesFrom: () => diskFiles(folder),
  python: { callUdf: noPython, callForeachBatch: noPython, callForeach: noPython, callListener: noPython },
  print: () => {},
  emit: () => {},
  isWatched: () => false,
  sources: [],
  sinks: [],
  localZone: 'Europe/Madrid',
  temporaryFolder: folder,
  cores: 2,
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});
await mkdir(join(folder, 'in'));
await writeFile(join(folder, 'in', 'a b.txt'), 'uno\ndos\n');
await writeFile(join(folder, 'in', 'c.txt'), 'tres\n');

let planIds = 0;
const read = (): Relation => ({
  kind: 'read',
  data_source: { format: 'text', options: {}, paths: ['in'] },
  plan_id: (planIds += 1),
});
const selected = (input: Relation, ...texts: readonly string[]): Relation => ({
  kind: 'project',
  input,
  expressions: texts.map((expression) => ({ kind: 'expression_string', expression })),
});
const filtered = (input: Relation, expression: string): Relation => ({
  kind: 'filter',
  input,
  condition: { kind: 'expression_string', expression },
});

async function rowsOf(plan: Relation): Promise<readonly unknown[]> {
  const answer = await engine.run(
    { kind: 'collect', plan, method: 'collect' },
    { cell: null, line: 1, session: 'files', folder },
    new AbortController().signal,
  );
  return (answer as CommandResults['collect']).rows.map((row) => JSON.stringify(row)).toSorted();
}
const inFolder = (name: string): string => `file://${folder}/in/${name}`;

test('input_file_name() is the URI of the file that a row is from', async () => {
  const plan = selected(filtered(selected(read(), 'upper(value) AS v'), "v <> 'DOS'"), 'v', 'input_file_name()');
  expect(await rowsOf(plan)).toEqual([
    JSON.stringify(['TRES', inFolder('c.txt')]),
    JSON.stringify(['UNO', inFolder('a%20b.txt')]),
  ]);
});

test('a filter may ask for the file and the columns stay as they were', async () => {
  expect(await rowsOf(filtered(read(), "input_file_name() LIKE '%c.txt'"))).toEqual([JSON.stringify(['tres'])]);
});

test('after a shuffle, and away from files, there is no file', async () => {
  const sorted: Relation = { kind: 'limit', input: read(), limit: 1 };
  expect(await rowsOf(selected(sorted, 'input_file_name()'))).toEqual([JSON.stringify([''])]);
});
