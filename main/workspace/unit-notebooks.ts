import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Notebook } from '../contract/notebook-schema.ts';
import { parseNotebook } from './notebook-file.ts';

/** A notebook of the data folder, as it was last saved. */
export type NotebookFile = { readonly path: string; readonly modifiedMs: number; readonly notebook: Notebook };

/** The unit that a notebook of ours says it is of, whatever it is called now. */
export function markedUnit({ metadata }: Notebook): string | null {
  const { marea } = metadata;
  const isMarked = typeof marea === 'object' && marea !== null && 'unit' in marea && typeof marea.unit === 'string';
  return isMarked ? (marea.unit as string) : null;
}

/** The notebook with the mark of its unit; one that has a mark keeps it. */
export function withUnitMark(notebook: Notebook, unit: string, version: string): Notebook {
  if (markedUnit(notebook) !== null) return notebook;
  const { marea } = notebook.metadata;
  return {
    ...notebook,
    metadata: { ...notebook.metadata, marea: { ...(marea as object | undefined), unit, version } },
  };
}

export const hasRun = ({ cells }: Notebook): boolean =>
  cells.some((cell) => cell.cell_type === 'code' && cell.execution_count !== null);

/** How a file is known to be of a unit, the surest first; a stranger only lies in its folder. */
const knownBy = { mark: 0, path: 1, cells: 2, stranger: 3 } as const;

/**
 * The files that could be a unit's notebook, the likeliest first: strangers last, one that was run before one that was not, then by how it is known,
 * then the last saved.
 */
export function notebooksOf(
  unit: string,
  starter: Notebook | null,
  files: readonly NotebookFile[],
): readonly NotebookFile[] {
  return files
    .flatMap((file) => {
      const known = howKnown(unit, starter, file);
      if (known === null) return [];
      const rank = [Number(known === knownBy.stranger), Number(!hasRun(file.notebook)), known, -file.modifiedMs];
      return [{ file, rank }];
    })
    .sort((a, b) => firstDifference(a.rank, b.rank))
    .map(({ file }) => file);
}

const firstDifference = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

function howKnown(unit: string, starter: Notebook | null, { path, notebook }: NotebookFile): number | null {
  const mark = markedUnit(notebook);
  if (mark === unit) return knownBy.mark;
  if (path === `${unit}/${unit}.ipynb`) return knownBy.path;
  if (mark !== null) return null;
  if (starter !== null && hasCellsOf(starter, notebook)) return knownBy.cells;
  return posix.dirname(path) === unit ? knownBy.stranger : null;
}

/** Half of the starter's cells: one that was pasted elsewhere makes no notebook of the unit. */
function hasCellsOf(starter: Notebook, { cells }: Notebook): boolean {
  const ids = new Set(cells.map(({ id }) => id));
  return starter.cells.filter(({ id }) => ids.has(id)).length * 2 >= starter.cells.length;
}

/** Path in a unit's folder of the notebook that was given another name; null: there is none. */
export async function renamedNotebook(dataFolder: string, unit: string): Promise<string | null> {
  const names = await readdir(join(dataFolder, unit)).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.ipynb') && !name.startsWith('.'))
      .map((name) => readNotebookFile(dataFolder, posix.join(unit, name))),
  );
  const marked = files.filter((file) => file !== null).filter(({ notebook }) => markedUnit(notebook) === unit);
  return notebooksOf(unit, null, marked)[0]?.path ?? null;
}

/** Null for what is no notebook, or went away. */
export async function readNotebookFile(dataFolder: string, path: string): Promise<NotebookFile | null> {
  const file = join(dataFolder, path);
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { path, modifiedMs: mtimeMs, notebook: parseNotebook(text) };
  } catch {
    return null;
  }
}
