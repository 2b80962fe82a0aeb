import type { ErrorCard } from '../../main/contract/events.ts';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import type { ErrorMark } from '../editor/code-editor.tsx';
import { isStopped } from './output-text.ts';

type CodeCell = Extract<NotebookCell, { readonly cell_type: 'code' }>;

/** How the last run of a cell ended and how long it took, from what the file says. Null: it never ran, or nobody wrote it down. */
export type RunRecord = {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly ending: 'ok' | 'failed' | 'interrupted';
};

export function runRecordOf(cell: CodeCell): RunRecord | null {
  const execution = asRecord(cell.metadata['execution']);
  const started = execution['iopub.execute_input'] ?? execution['iopub.status.busy'];
  const replied = execution['shell.execute_reply'];
  if (typeof started !== 'string' || typeof replied !== 'string') return null;
  const error = cell.outputs.findLast((output) => output.output_type === 'error');
  const ending = error === undefined ? 'ok' : isStopped(error) ? 'interrupted' : 'failed';
  return { startedAt: started, durationMs: Math.max(0, Date.parse(replied) - Date.parse(started)), ending };
}

export type CellFailure = {
  readonly card: ErrorCard | null;
  readonly line: number | null;
  readonly mark: ErrorMark | null;
};

/** The card and the line that our own note keeps beside an error output; null also for a cell that was stopped, where nothing is wrong. */
export function failureOf(cell: CodeCell): CellFailure | null {
  const error = cell.outputs.findLast((output) => output.output_type === 'error');
  if (error === undefined || isStopped(error)) return null;
  const note = asRecord(cell.metadata['marea']);
  const line = typeof note['line'] === 'number' ? note['line'] : null;
  return {
    card: asCard(note['card']),
    line,
    mark: line === null ? null : markFor(line, `${error.ename}: ${error.evalue}`),
  };
}

// The same object for the same error: the editor marks a line only when something changed.
let lastMark: ErrorMark | null = null;
function markFor(line: number, message: string): ErrorMark {
  if (lastMark?.line !== line || lastMark.message !== message) lastMark = { line, message };
  return lastMark;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function asCard(value: unknown): ErrorCard | null {
  const { title, why, fix } = asRecord(value);
  return typeof title === 'string' && typeof why === 'string' && typeof fix === 'string' ? { title, why, fix } : null;
}
