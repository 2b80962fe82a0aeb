import type { BizumBurst } from '../../../main/host/solution-scenes.ts';
import { runSolution } from '../../../main/host/run-solution.ts';
import { parseNotebook } from '../../../main/workspace/notebook-file.ts';
import type { TestWindow } from '../../main/host/test-window.ts';
import { readSource } from '../../support/source-files.ts';

/** Text by cell: what the cell printed and, after it, what its query wrote to the console; and, by name, what lies in tables and collections at the end. */
export type Printed = Readonly<Record<string, string>>;

/** A run of a solution at the machine's own pace. */
export type Recording = {
  /** Milliseconds since 1970; a replay starts at the same instant, so that windows of arrival times are the same ones. */
  readonly startMs: number;
  readonly tookMs: number;
  readonly printed: Printed;
};

const written: Readonly<Record<string, (window: TestWindow) => Promise<unknown>>> = {
  'caso-8': async (window) => {
    const { results } = await window.request('sql.run', { script: 'SELECT * FROM spark.usuariosNuevos ORDER BY id' });
    return results.map(({ columns, rows, error }) => ({ columns, rows, error }));
  },
  bizum: async (window) => {
    const from = { database: 'iabd', collection: 'bizum', filter: '{}', sort: '{start: 1}', limit: 100 };
    const { documents } = await window.request('mongo.query', { kind: 'find', ...from });
    return documents;
  },
};

/** Runs the solution's cells in order, with what the learner does between them. */
export async function printedBySolution(
  id: string,
  window: TestWindow,
  bursts: readonly BizumBurst[],
): Promise<Printed> {
  const ran = await runSolution(window, id, parseNotebook(readSource(`exercises/${id}/solution.ipynb`)), bursts);
  const printed = ran.map((cell) => [cell, withoutRunIds(window.printed(cell) + window.consoleText(cell))]);
  const inStores = await written[id]?.(window);
  return Object.fromEntries([...printed, ...(inStores === undefined ? [] : [['written', storedText(inStores)]])]);
}

/** Ids that are drawn at random for each query and each run. */
function withoutRunIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '(uuid)');
}

/** Ids of documents are new in each run. */
function storedText(found: unknown): string {
  return JSON.stringify(found, null, 1).replaceAll(/"\$oid": "[0-9a-f]{24}"/g, '"$$oid": "(oid)"');
}
