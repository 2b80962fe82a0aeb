import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import type { Logged, LoggedOf } from '../../../main/workspace/logged-events.ts';

const path = 'caso-5/caso-5.ipynb';
/** Each event a second after the one before. */
const clockOf = (n: number): string => new Date(Date.UTC(2026, 2, 2, 9, 0, n)).toISOString();

type Told<Kind extends Logged['kind']> = Omit<LoggedOf<Kind>, 'n' | 'clock' | 'path'>;
type AnyTold = { readonly [Kind in Logged['kind']]: Told<Kind> }[Logged['kind']];

/** A record of one notebook. */
export const record = (...told: readonly AnyTold[]): readonly Logged[] =>
  told.map((event, index) => ({ ...event, n: index + 1, clock: clockOf(index + 1), path }) as Logged);

export const starts = (cell: string, run = 1): AnyTold => ({
  kind: 'cell_started',
  cell,
  run,
  code: '0'.repeat(64),
});
export const ends = (cell: string, run = 1, status: 'ok' | 'error' | 'interrupted' = 'ok'): AnyTold => ({
  kind: 'cell_finished',
  cell,
  run,
  status,
  count: run,
});
export const query = (
  cell: string,
  runId: string,
  { queryId = runId, resumedFromBatch = null as number | null } = {},
): AnyTold => ({
  kind: 'query_started',
  queryId,
  runId,
  name: null,
  cell,
  sink: 'console',
  outputMode: 'update',
  resumedFromBatch,
});
export const batch = (runId: string, batchId: number, ...items: readonly string[]): AnyTold => ({
  kind: 'query_progress',
  runId,
  batchId,
  timestamp: clockOf(0),
  sources: [{ description: 'TextSocketV2[host: localhost, port: 9999]', startOffset: null, endOffset: items.length }],
  batchTimeMs: null,
  reads: items.length === 0 ? [] : [{ source: 0, items: [...items] }],
});

/** Cells of code by their ids; all have run but those that begin with `-`. */
export const notebookOf = (...ids: readonly string[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: ids.map((id) => ({
    id: id.replace('-', ''),
    cell_type: 'code',
    source: `# ${id}`,
    metadata: {},
    execution_count: id.startsWith('-') ? null : 1,
    outputs: [],
  })),
});
