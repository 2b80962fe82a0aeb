import { readFile } from 'node:fs/promises';
import type { BundleCheck, Comparison, Difference } from '../contract/grading-schema.ts';
import type { CompareBundle } from '../grading/comparing.ts';
import { openPack } from '../grading/open-pack.ts';
import type { ReferencePack } from '../grading/reference-pack.ts';
import { bundlesIn, zipsUnder } from './bundles-under.ts';
import type { CheckedBundle } from './check-bundles.ts';
import { checkLines, plain, printedLines } from './check-text.ts';

type Compared = { readonly check: BundleCheck; readonly comparison: Comparison | null };
type Usage = { readonly files: readonly string[]; readonly pack: ReferencePack | null; readonly isJson: boolean };

/** Each has an interpreter of its own, and servers where it needs them. */
const mostAtOnce = 2;

class WrongUsage extends Error {}

/**
 * `marea compare`: runs each hand-in again and holds it against itself and, with `--reference`, against the teacher's pack. Answers the exit code: 0 all whole and
 * reproduced, 1 some altered or different, 3 some that cannot be read or run, 2 wrong usage.
 */
export async function compareCommand(
  words: readonly string[],
  compare: CompareBundle,
  print: (text: string) => void,
): Promise<number> {
  let usage: Usage;
  try {
    usage = await readUsage(words);
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    print(`marea compare: ${plain(error.message)}\n`);
    return 2;
  }
  const found: Compared[] = [];
  for await (const compared of comparedBundles(usage, compare)) {
    found.push(compared);
    if (!usage.isJson) print(printedLines(comparedLines(compared.check, compared.comparison)));
  }
  if (usage.isJson) print(`${JSON.stringify(found, null, 1)}\n`);
  return exitCode(found);
}

/** In their order. */
async function* comparedBundles({ files, pack }: Usage, compare: CompareBundle): AsyncGenerator<Compared> {
  const compared = async ({ check, bundle }: CheckedBundle): Promise<Compared> => ({
    check,
    comparison: bundle && (await compare(bundle, pack, new AbortController().signal)),
  });
  const running: Promise<Compared>[] = [];
  for (const file of files) {
    for (const checked of await bundlesIn(file)) {
      running.push(compared(checked));
      const oldest = running.length < mostAtOnce ? undefined : await running.shift();
      if (oldest !== undefined) yield oldest;
    }
  }
  for (const last of running) yield await last;
}

async function readUsage(words: readonly string[]): Promise<Usage> {
  const paths: string[] = [];
  let reference: string | undefined;
  let isJson = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--json') isJson = true;
    else if (word === '--reference') reference = words[(at += 1)];
    else if (word.startsWith('--reference=')) reference = word.slice('--reference='.length);
    else if (word.startsWith('-')) throw new WrongUsage(`no hay ninguna opción ${word}.`);
    else paths.push(word);
  }
  const files = await zipsUnder(paths);
  if (files.length === 0) throw new WrongUsage('no hay ninguna entrega (.zip) que comparar.');
  return { files, isJson, pack: reference === undefined ? null : await readPack(reference) };
}

async function readPack(file: string): Promise<ReferencePack> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw new WrongUsage(`no encuentro la referencia ${file}.`);
  const opened = await openPack(bytes);
  if (!opened.isReadable) throw new WrongUsage(`la referencia no se puede abrir: ${opened.reason}`);
  return opened.pack;
}

function exitCode(found: readonly Compared[]): number {
  const hopeless = found.some(({ comparison }) => comparison === null || comparison.verdict === 'cannot_run');
  if (hopeless) return 3;
  return found.some(({ check, comparison }) => check.verdict === 'altered' || comparison?.verdict === 'differs')
    ? 1
    : 0;
}

const verdicts = {
  reproduces: 'se reproduce',
  differs: 'NO SE REPRODUCE',
  cannot_run: 'NO SE PUEDE EJECUTAR',
} as const;

function comparedLines(check: BundleCheck, comparison: Comparison | null): readonly string[] {
  const lines = [...checkLines(check)];
  for (const { title, verdict, message, differences } of comparison?.units ?? []) {
    lines.push(`  ${title}: ${verdicts[verdict]}. ${message}`);
    for (const difference of differences) lines.push(...differenceLines(difference));
  }
  const proposal = comparison?.proposal ?? [];
  for (const { text, proposed, points, reason } of proposal)
    lines.push(`  ${proposed} / ${points} p · ${text}. ${reason}`);
  if (proposal.length > 0) {
    const sum = (of: 'proposed' | 'points'): number =>
      Math.round(proposal.reduce((total, part) => total + part[of], 0) * 100) / 100;
    lines.push(`  Propuesta: ${sum('proposed')} de ${sum('points')} puntos`);
  }
  return lines;
}

const mostRows = 5;

function differenceLines(difference: Difference): readonly string[] {
  const { query, cell, batch, evidence, message, onlyHandedIn, onlyReplayed } = difference;
  const place = [
    ...(evidence === null ? [] : [`captura ${evidence}`]),
    ...(query === null ? (cell === null ? [] : [`celda ${cell}`]) : [query]),
    ...(batch === null ? [] : [`lote ${batch}`]),
  ];
  const rows = (sign: string, list: readonly (readonly string[])[]): readonly string[] => [
    ...list.slice(0, mostRows).map((row) => `      ${sign} ${row.join(' | ')}`),
    ...(list.length > mostRows ? [`      ${sign} … y ${list.length - mostRows} más`] : []),
  ];
  return [
    `    ${place.join(', ')}: ${message}`,
    ...rows('− entregado:', onlyHandedIn),
    ...rows('+ al repetirlo:', onlyReplayed),
  ];
}
