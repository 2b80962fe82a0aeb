import type { Difference } from '../contract/grading-schema.ts';
import type { CellOutput, Notebook, NotebookCell } from '../contract/notebook-schema.ts';
import { consoleTables } from '../workspace/console-tables.ts';
import { rowsApart, sameColumns } from './compare-rows.ts';
import type { ReplayedCell, ReplayedQuery } from './replay-outcome.ts';
import type { RecordedQuery } from './replay-plan.ts';
import { steadyLines } from './steady-lines.ts';

export type UnitDifferences = { readonly compared: number; readonly differences: readonly Difference[] };

/** A query's batches as the log has them, beside those of the replay. */
export function compareQuery(
  unit: string,
  recorded: RecordedQuery & { readonly console: string },
  replayed: ReplayedQuery | undefined,
): UnitDifferences {
  const before = consoleTables(recorded.console);
  const after = consoleTables(replayed?.console ?? '');
  const batches = [...new Set([...before, ...after].map(({ batch }) => batch))].toSorted(
    (a, b) => (a ?? -1) - (b ?? -1),
  );
  const found = batches.map((batch): Difference | null => {
    const [own] = before.filter((table) => table.batch === batch);
    const [again] = after.filter((table) => table.batch === batch);
    const { onlyFirst, onlySecond } = rowsApart(own?.rows ?? [], again?.rows ?? []);
    const isSame = own !== undefined && again !== undefined && sameColumns(own, again);
    if (isSame && onlyFirst.length + onlySecond.length === 0) return null;
    return {
      kind: 'batch',
      unit,
      cell: recorded.cell,
      query: recorded.name,
      batch,
      evidence: null,
      message: batchMessage(own !== undefined, again !== undefined),
      columns: [...((own ?? again)?.columns ?? [])],
      onlyHandedIn: cut(onlyFirst),
      onlyReplayed: cut(onlySecond),
    };
  });
  const differences = found.filter((difference) => difference !== null);
  // After the first one that differs a stateful query cannot but go on differing.
  return { compared: batches.length, differences: differences.slice(0, 1) };
}

function batchMessage(wasThere: boolean, isThere: boolean): string {
  if (!isThere) return 'Este lote no sale al ejecutarlo otra vez.';
  return wasThere
    ? 'Este lote da otra cosa al ejecutarlo otra vez.'
    : 'Al ejecutarlo otra vez sale un lote que no constaba.';
}

const mostRows = 50;
const cut = (rows: readonly (readonly string[])[]): string[][] => rows.slice(0, mostRows).map((row) => [...row]);

/** The saved outputs of cells beside what they give again. A cell that its author stopped has none to compare. */
export function compareCells(unit: string, notebook: Notebook, replayed: readonly ReplayedCell[]): UnitDifferences {
  const cells = notebook.cells.flatMap((cell) => {
    const again = replayed.find((it) => it.cell === cell.id);
    return again === undefined || cell.cell_type !== 'code' || isStopped(cell) ? [] : [{ cell, again }];
  });
  return {
    compared: cells.length,
    differences: cells.flatMap(({ cell, again }) => cellDifference(unit, cell, again)),
  };
}

type CodeCell = Extract<NotebookCell, { readonly cell_type: 'code' }>;

const errorOf = ({ outputs }: CodeCell) => outputs.find((output) => output.output_type === 'error');
const isStopped = (cell: CodeCell): boolean => errorOf(cell)?.ename === 'KeyboardInterrupt';

function cellDifference(unit: string, cell: CodeCell, again: ReplayedCell): readonly Difference[] {
  const failed = errorOf(cell)?.ename ?? null;
  const told = { kind: 'cell', unit, cell: cell.id, query: null, batch: null, evidence: null } as const;
  if (failed !== (again.error?.name ?? null)) {
    const message =
      again.error === null
        ? `La celda acababa con ${failed}, y al ejecutarla otra vez no falla.`
        : `Al ejecutarla otra vez la celda falla: ${again.error.name}: ${again.error.message.slice(0, 300)}`;
    return [{ ...told, message, columns: [], onlyHandedIn: [], onlyReplayed: [] }];
  }
  const { onlyFirst, onlySecond } = rowsApart(steadyLines(textOf(cell.outputs)), steadyLines(again.text));
  if (onlyFirst.length + onlySecond.length === 0) return [];
  const message = 'La celda escribe otra cosa al ejecutarla otra vez.';
  return [{ ...told, message, columns: ['línea'], onlyHandedIn: cut(onlyFirst), onlyReplayed: cut(onlySecond) }];
}

const textOf = (outputs: readonly CellOutput[]): string =>
  outputs
    .map((output) => {
      if (output.output_type === 'stream') return output.text;
      if (output.output_type === 'error') return '';
      const text = output.data['text/plain'];
      const plain = Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '';
      return plain === '' ? '' : `${plain}\n`;
    })
    .join('');
