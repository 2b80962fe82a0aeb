import { Check, Clock, Hourglass, OctagonX, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { nameOfQuery } from '../queries/query-store.ts';
import { InlineQueryStrip } from '../queries/query-strip.tsx';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { runRecordOf, type RunRecord } from './cell-facts.ts';
import { stopCell } from './notebook-commands.ts';
import type { NotebookSession } from './notebook-session.ts';
import type { CellRun } from './notebook-state.ts';

type CellFootProps = {
  readonly session: NotebookSession;
  readonly cell: Extract<NotebookCell, { readonly cell_type: 'code' }>;
  readonly run: CellRun | undefined;
  readonly isStale: boolean;
  readonly isOutOfOrder: boolean;
};

/** Below the code: what the cell is doing or how its last run ended, and the queries it started. */
export function CellFoot({ session, cell, run, isStale, isOutOfOrder }: CellFootProps) {
  const texts = useTexts();
  const record = run === undefined ? runRecordOf(cell) : null;
  return (
    <>
      {run === undefined ? null : <RunLine session={session} run={run} />}
      {record === null ? null : (
        <div className="cell-foot">
          <EndingMark record={record} />
          <span>
            {texts.format.duration(record.durationMs)} · {texts.format.clock(record.startedAt)}
          </span>
          {isStale ? (
            <span className="cell-stale" title={texts.cell.staleDetail}>
              ◆ {texts.cell.stale}
            </span>
          ) : isOutOfOrder ? (
            <span className="cell-stale" title={texts.cell.outOfOrderDetail}>
              ◆ {texts.cell.outOfOrder}
            </span>
          ) : null}
        </div>
      )}
      <InlineQueryStrip path={session.path} cell={cell.id} />
    </>
  );
}

function EndingMark({ record }: { readonly record: RunRecord }) {
  const { cell } = useTexts();
  switch (record.ending) {
    case 'ok':
      return (
        <span className="cell-ok">
          <Check size={13} strokeWidth={2.5} aria-hidden />
          <span className="visually-hidden">{cell.ok}</span>
        </span>
      );
    case 'failed':
      return (
        <span className="cell-failed">
          <OctagonX size={13} aria-hidden /> {cell.failed}
        </span>
      );
    case 'interrupted':
      return (
        <span className="cell-interrupted">
          <Square size={11} aria-hidden /> {cell.interrupted}
        </span>
      );
  }
}

function RunLine({ session, run }: { readonly session: NotebookSession; readonly run: CellRun }) {
  const model = useModel();
  const { cell } = model.texts;
  const queries = useStore(model.queries(session.path).state, (state) => state.queries);
  if (run.phase === 'queued') {
    return (
      <div className="cell-foot">
        <Clock size={13} aria-hidden /> {cell.queued}
      </div>
    );
  }
  const isWaiting = run.phase === 'waiting';
  const awaited =
    isWaiting && run.query !== null ? queries.findLast((query) => query.queryId === run.query) : undefined;
  return (
    <div className="cell-foot">
      <span className="cell-run">
        {isWaiting ? <Hourglass size={13} aria-hidden /> : <i className="pulse" />}
        {isWaiting ? (awaited === undefined ? cell.waitingAny : cell.waitingFor(nameOfQuery(awaited))) : cell.running}
      </span>
      <Elapsed sinceMs={run.sinceMs} />
      {isWaiting ? <span className="cell-note">{cell.waitingNote}</span> : null}
      <span className="spacer" />
      <Button small icon={Square} onClick={() => void stopCell(model, session)}>
        {cell.stop}
      </Button>
    </div>
  );
}

const showFromMs = 1_000;

/** Seconds since the cell began; quick cells never show it. */
function Elapsed({ sinceMs }: { readonly sinceMs: number }) {
  const texts = useTexts();
  const [nowMs, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const elapsedMs = nowMs - sinceMs;
  return elapsedMs < showFromMs ? null : <span>{texts.format.duration(Math.floor(elapsedMs / 1_000) * 1_000)}</span>;
}
