import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSolution } from '../../../main/host/run-solution.ts';
import type { BizumBurst } from '../../../main/host/solution-scenes.ts';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';
import { parseNotebook } from '../../../main/workspace/notebook-file.ts';
import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import { TestWindow } from '../../main/host/test-window.ts';
import { takeCoursePort } from '../course-port.ts';
import { readSource } from '../source-files.ts';
import { consoleDrafts, documentDrafts, messageDrafts, outputDrafts, type Draft } from './capture-drafts.ts';

const { bursts } = JSON.parse(readSource('exercises/bizum/solution-bursts.json')) as {
  readonly bursts: readonly BizumBurst[];
};

export type GradedUnit = 'caso-5' | 'bizum' | 'caso-8' | 'limpieza-join';

/** A data folder in which notebooks were run, and what a student could capture of them. */
export type Session = { readonly dataFolder: string; readonly drafts: readonly Draft[] };

/** Code in place of code, in the cells that have it. */
export type Edit = { readonly cell: string; readonly from: string; readonly to: string };

const firstMs = Date.parse('2026-03-02T09:00:10Z');
const twoHoursMs = 7_200_000;

export const solutionOf = (unit: GradedUnit): Notebook => parseNotebook(readSource(`exercises/${unit}/solution.ipynb`));

/** Runs the solutions of these units, changed, one after the other in one data folder, as a student would on one day. */
export async function recordSession(units: readonly GradedUnit[], edits: readonly Edit[] = []): Promise<Session> {
  const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'class-')));
  const drafts: Draft[] = [];
  for (const [at, unit] of units.entries()) {
    const clock = new VirtualClock({ startMs: firstMs + at * twoHoursMs, skipsIdleTime: true });
    const giveBack = unit === 'caso-5' ? await takeCoursePort() : undefined;
    const window = await TestWindow.start({ dataFolder, clock });
    try {
      await runSolution(window, unit, edited(solutionOf(unit), edits), bursts);
      drafts.push(...consoleDrafts(window), ...(await viewsOf(unit, window)));
    } finally {
      await window.close();
      giveBack?.();
    }
  }
  return { dataFolder, drafts };
}

export function edited(notebook: Notebook, edits: readonly Edit[]): Notebook {
  const cells = notebook.cells.map((cell) =>
    edits
      .filter((edit) => edit.cell === cell.id)
      .reduce((changed, { from, to }) => {
        if (!changed.source.includes(from)) throw new Error(`${cell.id} has no «${from}»`);
        return { ...changed, source: changed.source.replace(from, to) };
      }, cell),
  );
  return { ...notebook, cells };
}

/** What the panels of the tray show of a unit, and the outputs that an activity asks for. */
async function viewsOf(unit: GradedUnit, window: TestWindow): Promise<readonly Draft[]> {
  switch (unit) {
    case 'caso-5':
      return [];
    case 'bizum':
      return [...(await messageDrafts(window, 'iabd-bizum')), ...(await documentDrafts(window, 'iabd.bizum'))];
    case 'caso-8':
      return messageDrafts(window, 'usuariosk');
    case 'limpieza-join':
      return outputDrafts(window, 'limpieza-progreso');
  }
}
