import { posix } from 'node:path';
import * as z from 'zod';
import type { EvidenceRecord } from '../contract/evidence-schema.ts';
import type { ChangedCell } from '../contract/hand-in-schema.ts';
import type { Notebook, NotebookCell } from '../contract/notebook-schema.ts';
import { readEvent } from './event-chain.ts';
import { sha256Of } from './sha256.ts';

/** Whether a cell of a notebook last ran with this code; null: nothing is known of it. */
export type RanWith = (path: string, cell: string, code: string) => boolean | null;

const startedSchema = z.object({ path: z.string(), cell: z.string(), code: z.string() });

/** By an event log. A file that was renamed or copied has not run under its name: then any run of the cell in its folder counts. */
export function ranWith(log: string): RanWith {
  const last = new Map<string, string>();
  const all = new Map<string, Set<string>>();
  for (const line of log.split('\n')) {
    if (!line.includes('"kind":"cell_started"')) continue;
    const { data } = startedSchema.safeParse(readEvent(line)?.data);
    if (data === undefined) continue;
    last.set(`${data.path}\n${data.cell}`, data.code);
    const place = `${posix.dirname(data.path)}\n${data.cell}`;
    all.set(place, (all.get(place) ?? new Set()).add(data.code));
  }
  return (path, cell, code) => {
    const own = last.get(`${path}\n${cell}`);
    return own === undefined ? (all.get(`${posix.dirname(path)}\n${cell}`)?.has(code) ?? null) : own === code;
  };
}

type File = { readonly unit: string; readonly path: string; readonly notebook: Notebook };

/** Cells whose code is not the one that gave their outputs, or what a capture shows. */
export function changedCells(
  { unit, path, notebook }: File,
  captures: readonly EvidenceRecord[],
  ran: RanWith,
): readonly ChangedCell[] {
  const cells = new Map(notebook.cells.map((cell, index) => [cell.id, { cell, name: nameOf(cell, index) }]));
  const sinceRun = [...cells.values()]
    .filter(({ cell }) => hasResult(cell) && ran(path, cell.id, sha256Of(cell.source)) === false)
    .map(({ cell, name }) => ({
      unit,
      cell: cell.id,
      evidence: null,
      message: `${name} ha cambiado desde que la ejecutaste.`,
    }));
  const sinceCapture = captures.flatMap(({ id, source, codeHash }) => {
    if (source.unit !== unit || source.cell === null || codeHash === null) return [];
    const found = cells.get(source.cell);
    if (found !== undefined && sha256Of(found.cell.source) === codeHash) return [];
    const message =
      found === undefined
        ? `La celda de la captura ${id} no está en el cuaderno que se entrega.`
        : `${found.name} ha cambiado desde la captura ${id}.`;
    return [{ unit, cell: source.cell, evidence: id, message }];
  });
  return [...sinceRun, ...sinceCapture];
}

const hasResult = (cell: NotebookCell): boolean =>
  cell.cell_type === 'code' && (cell.execution_count !== null || cell.outputs.length > 0);

/** As the window names it: by its count in brackets where it has run, else by its place. */
const nameOf = (cell: NotebookCell, index: number): string =>
  cell.cell_type === 'code' && cell.execution_count !== null
    ? `La celda [${cell.execution_count}]`
    : `La celda ${index + 1}`;
