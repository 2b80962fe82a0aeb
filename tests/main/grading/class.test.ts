import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BundleCheck, Comparison } from '../../../main/contract/grading-schema.ts';
import { compareCommand } from '../../../main/host/compare-command.ts';
import { compareWith } from '../../../main/host/replay/compare-with.ts';
import { replayNotebook } from '../../../main/host/replay/replay-notebook.ts';
import { verifyCommand } from '../../../main/host/verify-command.ts';
import { moodlePath, moodleZip } from '../../support/class/moodle-zip.ts';
import { solutionPack } from '../../support/class/solution-pack.ts';
import { thirtyHandIns, type Expected, type HandedIn } from '../../support/class/thirty-hand-ins.ts';
import { pythonFiles } from '../kernel/start-kernel.ts';

type Compared = { readonly check: BundleCheck; readonly comparison: Comparison | null };

const folder = mkdtempSync(join(tmpdir(), 'class-'));
const [download, pack] = [join(folder, 'Entregas RA5074.zip'), join(folder, 'marea-referencia.zip')];
let handIns: readonly HandedIn[];

beforeAll(async () => {
  handIns = await thirtyHandIns();
  writeFileSync(download, moodleZip(handIns));
  writeFileSync(pack, solutionPack());
  for (const [index, handIn] of handIns.entries()) {
    mkdirSync(dirname(fileOf(handIn, index)), { recursive: true });
    writeFileSync(fileOf(handIn, index), handIn.bytes);
  }
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a teacher has them who has unpacked Moodle's download. */
const fileOf = (handIn: HandedIn, index: number): string => join(folder, 'descarga', moodlePath(handIn, index));

const exitCodes = { whole: 0, altered: 1, unreadable: 3 } as const;
const verdictCodes = { reproduces: 0, differs: 1, cannot_run: 3 } as const;

test('marea verify says of each hand-in whether it is as it was written, and of the class the worst', async () => {
  const verified = async (file: string) => {
    let printed = '';
    const code = await verifyCommand([file, '--json'], (text) => (printed += text));
    return { code, checks: JSON.parse(printed) as readonly BundleCheck[] };
  };
  for (const [index, handIn] of handIns.entries()) {
    const { code, checks } = await verified(fileOf(handIn, index));
    expect
      .soft([handIn.what, checks[0]?.verdict, code])
      .toEqual([handIn.what, handIn.verify, exitCodes[handIn.verify]]);
  }
  const { code, checks } = await verified(download);
  expect(checks.map(({ file, verdict }) => [file.slice(download.length + 1), verdict])).toEqual(
    handIns.map((handIn, index) => [moodlePath(handIn, index), handIn.verify]),
  );
  expect(code).toBe(3);
}, 60_000);

/** All that a teacher is told, a line each. */
function toldOf({ check, comparison }: Compared): string {
  const units = comparison?.units ?? [];
  const differences = units.flatMap((unit) => unit.differences);
  return [
    ...check.problems,
    ...units.map(({ message }) => message),
    ...differences.map(
      ({ evidence, query, cell, batch, message }) => `${evidence ?? query ?? cell} lote ${batch}: ${message}`,
    ),
    ...(comparison?.proposal ?? []).map(({ reason }) => reason),
  ].join('\n');
}

function expectTold(found: Compared, { what, verdict, points, told }: Expected): void {
  const { comparison } = found;
  const sum = (comparison?.proposal ?? []).reduce((total, { proposed }) => total + proposed, 0);
  expect.soft([what, comparison?.verdict ?? null]).toEqual([what, verdict]);
  expect.soft([what, points === null ? null : Number(sum.toFixed(2))]).toEqual([what, points]);
  for (const words of told) expect.soft(toldOf(found), what).toMatch(words);
}

const replays = new Map<string, ReturnType<typeof replayNotebook>>();

/** Students who worked on one data folder handed in the same session: what is the same to the last byte is run once. */
const replayedOnce: typeof replayNotebook = (request, python, signal) => {
  const read = new Set(JSON.stringify(request.plan).match(/\b[0-9a-f]{64}\b/g));
  const items = [...request.items].filter(([name]) => read.has(name));
  const key = JSON.stringify({ ...request, items });
  const outcome = replays.get(key) ?? replayNotebook(request, python, signal);
  replays.set(key, outcome);
  return outcome;
};

test('marea compare says of each hand-in whether it reproduces, what it is worth, and where it does not', async () => {
  const compare = compareWith(await pythonFiles(), replayedOnce);
  const waiting = [...handIns.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, handIn] = next;
      let printed = '';
      const words = [fileOf(handIn, index), '--reference', pack, '--json'];
      const code = await compareCommand(words, compare, (text) => (printed += text));
      const [found] = JSON.parse(printed) as readonly Compared[];
      if (found === undefined) throw new Error(`${handIn.what}: nothing was compared`);
      expectTold(found, handIn);
      const altered = handIn.verify === 'altered' ? 1 : 0;
      const expected = handIn.verdict === null ? 3 : Math.max(altered, verdictCodes[handIn.verdict]);
      expect.soft([handIn.what, code]).toEqual([handIn.what, expected]);
    }
  };
  // One for each core.
  await Promise.all([work(), work()]);
}, 600_000);
