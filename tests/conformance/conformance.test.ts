import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { programsUnder } from './judge.mjs';
import notYet from './not-yet.json' with { type: 'json' };
import { conformanceServices, inTurns, runConformance, type Verdict } from './run-conformance.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, 'programs');
const python = { pythonFolder: join(here, '..', '..', 'dist', 'python') };

const programs = programsUnder(root).map((file) => ({
  file,
  name: relative(root, file),
}));
const turn = inTurns();
const verdicts = new Map<string, Promise<Verdict>>();
const known: Readonly<Record<string, string>> = notYet;

const { services, close } = await conformanceServices();
afterAll(close);
for (const { file, name } of programs)
  verdicts.set(
    name,
    turn(() => runConformance(file, python, services)),
  );

const equal = programs.filter(({ name }) => !(name in known)).map(({ name }) => name);
const differing = programs.flatMap(({ name }) => (name in known ? [[name, known[name] ?? ''] as const] : []));

/** Waiting for its turn among the others counts too. */
const options = { timeout: 600_000 };

describe('every program prints what real Spark 3.5.7 printed', () => {
  test.for(equal)('%s', options, async (name) => {
    const verdict = await verdicts.get(name);
    const report = verdict?.difference ? `${verdict.difference}\n${verdict.stderr.slice(-2000)}` : null;
    expect(report).toBeNull();
  });

  // A program that has come right must leave the list, so that the list says what is true.
  test.for(differing)('%s still differs: %s', options, async ([name], context) => {
    const verdict = await verdicts.get(name);
    expect(verdict?.difference, `${name} now prints what Spark prints: take it out of not-yet.json`).not.toBeNull();
    context.skip();
  });

  test('the list of differences names only programs that exist', () => {
    const names = new Set(programs.map((program) => program.name));
    expect(Object.keys(known).filter((name) => !names.has(name))).toEqual([]);
  });
});
