import type { Notebook } from '../contract/notebook-schema.ts';
import type { HeadlessWindow } from './headless-window.ts';
import { bizumFeed, rehearsals, settled, timedByArrival, type BizumBurst } from './solution-scenes.ts';

/** It returns only when the query ends, and this one never does. */
const blocksForEver = '.awaitTermination()';

/** Runs a solution's cells in order, with what the learner does between them; answers the cells that were run. */
export async function runSolution(
  window: HeadlessWindow,
  id: string,
  { cells }: Notebook,
  bursts: readonly BizumBurst[],
): Promise<readonly string[]> {
  if (timedByArrival.has(id)) window.holdTime();
  await window.openActivity(id);
  await window.write(cells);
  const scenes = id === 'bizum' ? bizumFeed(bursts) : (rehearsals[id] ?? []);
  const ran: string[] = [];
  for (const cell of cells) {
    if (cell.cell_type !== 'code' || cell.source.includes(blocksForEver)) continue;
    await window.run(cell.id);
    ran.push(cell.id);
    for (const scene of scenes) if (scene.after === cell.id) await scene.play(window);
  }
  await settled(window);
  return ran;
}
