import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syllabus } from '../../exercises/catalog.ts';
import type { Exercise } from '../../exercises/define-exercise.ts';
import { gradedActivities } from '../../exercises/graded-activities.ts';
import { solutionCriteria } from '../../exercises/solution-criteria.ts';
import type { CellOutput, Notebook, NotebookCell } from '../contract/notebook-schema.ts';
import { writePack, type PackUnit } from '../grading/write-pack.ts';
import type { PyodideFiles } from '../kernel/pyodide-process.ts';
import { parseNotebook, serialiseNotebook } from '../workspace/notebook-file.ts';
import { HeadlessWindow } from './headless-window.ts';
import { runSolution } from './run-solution.ts';
import type { BizumBurst } from './solution-scenes.ts';
import { VirtualClock } from './virtual-clock.ts';

export type PackSources = {
  /** With the solutions: the tree's, never a student build's. */
  readonly materialFolder: string;
  readonly python: PyodideFiles;
  readonly version: string;
  readonly createdAt: string;
  readonly tell: (line: string) => void;
};

/** Windows of Caso 5 are cut by the time at which lines arrive: every pack is made at the same instant. */
const startMs = Date.UTC(2026, 2, 2, 8, 0, 10);

/** Runs every solution on a virtual clock and answers the pack's bytes. */
export async function makePack(sources: PackSources): Promise<Uint8Array> {
  const units: PackUnit[] = [];
  // One after the other: two of them would find each other's port 9999.
  for (const exercise of syllabus) {
    const { notebook, tookMs } = await solutionWithOutputs(exercise.id, sources);
    sources.tell(`${exercise.id}: ${(tookMs / 1000).toFixed(1)} s`);
    const files = await inputFiles(exercise, sources.materialFolder);
    units.push({ id: exercise.id, title: exercise.title, notebook: serialiseNotebook(notebook), files });
  }
  return writePack({
    marea: sources.version,
    createdAt: sources.createdAt,
    activities: gradedActivities.map(({ id, title, points, units: ids }) => ({ id, title, points, units: [...ids] })),
    criteria: [...solutionCriteria],
    units,
  });
}

async function solutionWithOutputs(
  id: string,
  { materialFolder, python }: PackSources,
): Promise<{ readonly notebook: Notebook; readonly tookMs: number }> {
  const began = performance.now();
  const clock = new VirtualClock({ startMs, skipsIdleTime: true });
  const window = await HeadlessWindow.open({ materialFolder, python, clock });
  try {
    const read = (path: string): Promise<string> => readFile(join(materialFolder, path), 'utf8');
    const bursts = JSON.parse(await read('bizum/solution-bursts.json')) as { readonly bursts: readonly BizumBurst[] };
    const solution = parseNotebook(await read(`${id}/solution.ipynb`));
    await runSolution(window, id, solution, bursts.bursts);
    const cells = withSettledIds(window.cells.map((cell) => withConsole(cell, window.consoleText(cell.id))));
    return { notebook: { ...solution, cells }, tookMs: performance.now() - began };
  } finally {
    await window.close();
  }
}

/** What a query wrote to the console follows what its cell printed. */
function withConsole(cell: NotebookCell, text: string): NotebookCell {
  if (cell.cell_type !== 'code') return cell;
  const outputs =
    text === '' ? cell.outputs : [...cell.outputs, { output_type: 'stream', name: 'stdout', text } as const];
  return { ...cell, outputs: joined(outputs) };
}

/** Text of the same stream in one piece, as nbformat asks. */
function joined(outputs: readonly CellOutput[]): CellOutput[] {
  const whole: CellOutput[] = [];
  for (const output of outputs) {
    const last = whole.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name)
      whole[whole.length - 1] = { ...last, text: last.text + output.text };
    else whole.push(output);
  }
  return whole;
}

/** Ids that are drawn at random for each query and run, numbered instead: the same solution gives the same pack. */
function withSettledIds(cells: readonly NotebookCell[]): NotebookCell[] {
  const seen = new Map<string, string>();
  const text = JSON.stringify(cells).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    const settled = seen.get(id) ?? `00000000-0000-0000-0000-${String(seen.size + 1).padStart(12, '0')}`;
    seen.set(id, settled);
    return settled;
  });
  return JSON.parse(text) as NotebookCell[];
}

async function inputFiles(exercise: Exercise, materialFolder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await Promise.all(
    exercise.inputs.map(async ({ name, folder, atStart }) => {
      const path = atStart && folder !== '.' && folder !== '' ? `${folder}/${name}` : name;
      return [path, await readFile(join(materialFolder, exercise.id, 'input', name))] as const;
    }),
  );
  return new Map(files);
}
