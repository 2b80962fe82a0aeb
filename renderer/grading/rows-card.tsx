import { FileSpreadsheet, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { GradingRow } from '../../main/contract/grading-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { RowsTable } from './rows-table.tsx';
import { sortedRows, type Sorting } from './sort-rows.ts';

const noRows: readonly GradingRow[] = [];
const isUnderWay = ({ state }: GradingRow): boolean => state === 'waiting' || state === 'replaying';
const canCompare = (row: GradingRow): boolean => row.check.verdict !== 'unreadable' && !isUnderWay(row);

/** The hand-ins that were opened, and what is done with all of them. */
export function RowsCard() {
  const { grading, texts } = useModel();
  const words = texts.grading;
  const rows = useStore(grading.table, (table) => table?.rows ?? noRows);
  const [sorting, setSorting] = useState<Sorting>({ key: 'student', isDescending: false });
  const ids = rows.filter(canCompare).map(({ id }) => id);
  return (
    <section className="card grading-table-card" aria-label={words.table}>
      <header className="grading-tools">
        <h2>{words.table}</h2>
        {rows.length === 0 ? null : <Summary rows={rows} />}
        <span className="spacer" />
        <Progress rows={rows} />
        <Button
          small
          tone="quiet"
          icon={Trash2}
          disabled={rows.length === 0}
          onClick={() => void grading.remove(rows.map(({ id }) => id))}
        >
          {words.removeAll}
        </Button>
        <Button small icon={FileSpreadsheet} disabled={rows.length === 0} onClick={() => void grading.saveCsv()}>
          {words.saveCsv}
        </Button>
        <Button small tone="primary" icon={Play} disabled={ids.length === 0} onClick={() => void grading.compare(ids)}>
          {words.compareAll}
        </Button>
      </header>
      {rows.length === 0 ? (
        <div className="empty">
          <p>{words.empty}</p>
        </div>
      ) : (
        <RowsTable rows={sortedRows(rows, sorting)} sorting={sorting} onSort={setSorting} />
      )}
    </section>
  );
}

function Summary({ rows }: { readonly rows: readonly GradingRow[] }) {
  const { grading: words } = useTexts();
  const counted = (verdict: GradingRow['check']['verdict']) =>
    rows.filter(({ check }) => check.verdict === verdict).length;
  return <span className="card-note">{words.summary(rows.length, counted('altered'), counted('unreadable'))}</span>;
}

/** Shown while something runs or waits. */
function Progress({ rows }: { readonly rows: readonly GradingRow[] }) {
  const { grading: words } = useTexts();
  const asked = rows.filter(({ state }) => state !== 'opened');
  const done = asked.filter((row) => !isUnderWay(row)).length;
  const isRunning = done < asked.length;
  return (
    <span className="grading-progress" role="status">
      {isRunning ? (
        <>
          <progress value={done} max={asked.length} aria-label={words.compareAll} />
          {words.progress(done, asked.length)}
        </>
      ) : null}
    </span>
  );
}
