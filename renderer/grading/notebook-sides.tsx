import { useEffect, useState } from 'react';
import type { GradingDetail } from '../../main/contract/grading-requests.ts';
import type { Notebook, NotebookCell } from '../../main/contract/notebook-schema.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { alignCells } from './align-cells.ts';
import { outputAsText } from './cell-text.ts';
import { ReferenceButton } from './reference-button.tsx';

type NotebookSidesProps = { readonly row: string; readonly notebooks: GradingDetail['notebooks'] };

/** What was handed in beside the solution, cell by cell, as text only. */
export function NotebookSides({ row, notebooks }: NotebookSidesProps) {
  const { grading: words } = useTexts();
  return (
    <section className="card detail-card" aria-label={words.notebooks}>
      <h2>{words.notebooks}</h2>
      {notebooks.map(({ unit, title, hasReference }) => (
        <UnitSides key={unit} row={row} unit={unit} title={title} hasReference={hasReference} />
      ))}
    </section>
  );
}

type Sides = { readonly handedIn: Notebook | null; readonly reference: Notebook | null };
type UnitSidesProps = { readonly row: string } & GradingDetail['notebooks'][number];

/** Read when it is unfolded: a class has many. */
function UnitSides({ row, unit, title, hasReference }: UnitSidesProps) {
  const { host, texts } = useModel();
  const words = texts.grading;
  const [isOpen, setOpen] = useState(false);
  const [sides, setSides] = useState<Sides | null>(null);
  useEffect(() => {
    if (isOpen) host.request('grading.notebooks', { row, unit }).then(setSides, () => setSides(noSides));
  }, [host, isOpen, row, unit]);
  return (
    <details className="sides" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {hasReference ? <ReferenceButton unit={unit} /> : <p className="grading-note">{words.noSolution}</p>}
      {sides === null ? (
        <p className="grading-note">{words.loadingNotebooks}</p>
      ) : sides.handedIn === null ? (
        <p className="grading-bad">{words.noHandedIn}</p>
      ) : (
        <SidesGrid handedIn={sides.handedIn} reference={sides.reference} />
      )}
    </details>
  );
}

const noSides: Sides = { handedIn: null, reference: null };

function SidesGrid({ handedIn, reference }: { readonly handedIn: Notebook; readonly reference: Notebook | null }) {
  const { grading: words } = useTexts();
  if (reference === null) return handedIn.cells.map((cell) => <CellText key={cell.id} cell={cell} />);
  return (
    <table className="sides-grid">
      <thead>
        <tr>
          <th scope="col">{words.handedIn}</th>
          <th scope="col">{words.solutionSide}</th>
        </tr>
      </thead>
      <tbody>
        {alignCells(handedIn.cells, reference.cells).map(({ handedIn: own, reference: theirs }) => (
          <tr key={`${own?.id ?? ''} ${theirs?.id ?? ''}`}>
            {[own, theirs].map((cell, side) => (
              <td key={side}>
                {cell === null ? <p className="grading-note">{words.emptyCell}</p> : <CellText cell={cell} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CellText({ cell }: { readonly cell: NotebookCell }) {
  const { grading: words } = useTexts();
  if (cell.cell_type !== 'code') return <pre className="side-prose">{cell.source}</pre>;
  const printed = cell.outputs.map(outputAsText).join('\n').trimEnd();
  return (
    <>
      <span className="grading-note mono">{words.cell(cell.execution_count)}</span>
      <pre className="side-code">{cell.source}</pre>
      {printed === '' ? null : (
        <pre className="side-output" role="region" aria-label={words.outputOf} tabIndex={0}>
          {printed}
        </pre>
      )}
    </>
  );
}
