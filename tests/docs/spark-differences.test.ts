import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { findFunction } from '../../engine/functions/catalog.ts';
import { LearnerProcess } from '../../main/host/learner-process.ts';
import { pythonFiles } from '../main/kernel/start-kernel.ts';
import { temporaryFolder } from '../support/disk-files.ts';
import { differencesDocument, type PublicName } from './differences-document.ts';

/** Written by PySpark 3.5.7 itself; see the test of our signatures. */
const realNames = new URL('../engine/python/pyspark-signatures.jsonl', import.meta.url);
const conformance = ['known-differences.json', 'not-yet.json']
  .map((name) => new URL(`../conformance/${name}`, import.meta.url))
  .find((url) => existsSync(url));

let names: readonly PublicName[];

beforeAll(async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'real.jsonl'), readFileSync(realNames));
  const output: string[] = [];
  const learner = new LearnerProcess({
    folder,
    env: { PWD: folder, TZ: 'Europe/Madrid', LANG: 'C.UTF-8' },
    python: await pythonFiles(),
    isWatched: () => false,
    print: (text) => void output.push(text),
    emit: () => undefined,
  });
  learner.kernel.on((event) => event.kind === 'stream' && output.push(event.text));
  try {
    await learner.start();
    const source = readFileSync(new URL('./public-names.py', import.meta.url), 'utf8');
    const reply = await learner.kernel.runScript('names', { path: join(folder, 'names.py'), source, args: [] });
    if (reply.code !== 0) throw new Error(output.join(''));
    const answers = JSON.parse(readFileSync(join(folder, 'ours.json'), 'utf8')) as [string, string, string][];
    names = answers.map(([owner, name, answer]) => ({ owner, name, answer }));
  } finally {
    await learner.close();
  }
});

test('every public function of pyspark.sql.functions gives an answer of its own or is refused by name', () => {
  const functions = names.filter(({ owner }) => owner === 'pyspark.sql.functions');
  expect(functions).toHaveLength(422);
  const examples = (name: string): number => findFunction(name.toLowerCase())?.examples.length ?? 0;
  // Arguments that a function does not take are refused with Spark's error: then its examples are the proof.
  const unclear = functions.filter(
    ({ name, answer }) =>
      !(answer === 'works' || answer.startsWith('refused: ') || (answer.startsWith('error: ') && examples(name) > 0)),
  );
  expect(unclear).toEqual([]);
});

test('every other public name works or is refused by name', () => {
  const others = names.filter(({ owner }) => owner !== 'pyspark.sql.functions');
  expect(others.filter(({ answer }) => answer !== 'works' && !answer.startsWith('refused: '))).toEqual([]);
});

test('docs/spark-differences.md says what is so (npm run docs:differences writes it)', async () => {
  if (conformance === undefined) throw new Error('tests/conformance has no list of differences');
  const programs = JSON.parse(readFileSync(conformance, 'utf8')) as Record<string, string>;
  await expect(differencesDocument(names, programs)).toMatchFileSnapshot('../../docs/spark-differences.md');
});
