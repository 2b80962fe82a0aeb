import type { SourceRows } from '../api/source.ts';
import type { Row } from '../core/spark-value.ts';
import type { OpenSource } from './query-sources.ts';
import type { QueryRun } from './query-run.ts';

/** More rows than this in one batch are no input that a learner typed, dropped or sent; keeping them would cost more than the batch. */
const mostRows = 5000;

/** The same rows; whoever witnesses the query is told of them when they have been read. */
export function witnessRead(open: OpenSource, read: SourceRows, run: QueryRun): SourceRows {
  const { witness } = run.spec.ports;
  const end = open.available;
  if (witness === undefined || end === null) return read;
  const { source, committed: start } = open;
  const told = {
    runId: run.identity.runId,
    batchId: run.batch,
    source: run.sources.indexOf(open),
    description: source.description,
    start,
    end,
  };
  if (read.kind === 'sql') {
    const files = source.files?.(start, end);
    if (files === undefined) witness.read({ ...told, rows: null, files: null });
    else void files.then((paths) => witness.read({ ...told, rows: null, files: paths }));
    return read;
  }
  return { ...read, blocks: kept(read.blocks, (rows) => witness.read({ ...told, rows, files: null })) };
}

/** Passes the blocks on, and tells all their rows after the last one; null when there were too many. */
async function* kept(
  blocks: Extract<SourceRows, { readonly kind: 'rows' }>['blocks'],
  tell: (rows: readonly Row[] | null) => void,
): AsyncGenerator<readonly Row[]> {
  let rows: Row[] | null = [];
  for await (const block of blocks) {
    if (rows !== null && rows.length + block.length > mostRows) rows = null;
    rows?.push(...block);
    yield block;
  }
  tell(rows);
}
