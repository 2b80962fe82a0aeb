import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, type KeyboardEvent } from 'react';
import type { GradingRow } from '../../main/contract/grading-schema.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';
import { rowName } from './row-name.ts';
import { IntegrityMark, VerdictMark } from './row-marks.tsx';
import { sortKeys, type SortKey, type Sorting } from './sort-rows.ts';

type RowsTableProps = {
  readonly rows: readonly GradingRow[];
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
};

/** One line for each hand-in. Arrows go from line to line, Enter opens one. */
export function RowsTable({ rows, sorting, onSort }: RowsTableProps) {
  const { grading, texts } = useModel();
  const words = texts.grading;
  useEffect(() => {
    // Back from a row: the keyboard goes on where it was.
    const row = grading.lastRow.get();
    if (row !== null) document.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus();
    grading.lastRow.set(null);
  }, [grading]);
  return (
    <div className="grading-scroll">
      <table className="grading-table" aria-label={words.table} onKeyDown={goToNeighbour}>
        <thead>
          <tr>
            {sortKeys.map((key) => (
              <SortHead key={key} column={key} sorting={sorting} onSort={onSort} />
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RowLine key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SortHead({ column, sorting, onSort }: { readonly column: SortKey } & Omit<RowsTableProps, 'rows'>) {
  const { grading: words } = useTexts();
  const isSorted = sorting.key === column;
  const Arrow = sorting.isDescending ? ChevronDown : ChevronUp;
  return (
    <th scope="col" aria-sort={isSorted ? (sorting.isDescending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        title={words.sortBy(words.columns[column])}
        onClick={() => onSort({ key: column, isDescending: isSorted && !sorting.isDescending })}
      >
        {words.columns[column]}
        {isSorted ? <Arrow size={14} aria-hidden /> : null}
      </button>
    </th>
  );
}

function RowLine({ row }: { readonly row: GradingRow }) {
  const model = useModel();
  const { grading: words } = model.texts;
  const { id, check, proposed, points } = row;
  const open = () => model.route.go({ kind: 'grading', row: id });
  const name = rowName(check) ?? words.unknownStudent;
  const missing = check.missing.join(', ');
  return (
    <tr onClick={open}>
      <th scope="row">
        <button type="button" data-row={id} className="grading-open" onClick={open}>
          {name}
        </button>
        {check.student === null ? <small title={check.file}>{check.file}</small> : null}
      </th>
      <td className="mono">{check.student?.nia ?? words.noPoints}</td>
      <td>{check.activities.map(({ title }) => title).join(', ') || words.noPoints}</td>
      <td>
        <span className="grading-missing" title={missing}>
          {check.verdict === 'unreadable'
            ? words.noPoints
            : missing === ''
              ? words.noneMissing
              : words.missingOf(check.missing.length, missing)}
        </span>
      </td>
      <td>
        <IntegrityMark verdict={check.verdict} />
      </td>
      <td>
        <VerdictMark row={row} />
      </td>
      <td className="grading-number">
        {proposed === null || points === null ? words.noPoints : words.pointsOfMost(proposed, points)}
      </td>
      <td>
        <IconButton
          icon={X}
          label={words.remove(name)}
          onClick={(event) => {
            event.stopPropagation();
            void model.grading.remove([id]);
          }}
        />
      </td>
    </tr>
  );
}

function goToNeighbour(event: KeyboardEvent<HTMLTableElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = lines.findIndex((line) => line === document.activeElement);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  lines[at + step]?.focus();
}
