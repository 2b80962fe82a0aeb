import { ArrowLeft, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { GradingDetail } from '../../main/contract/grading-requests.ts';
import type { GradingRow } from '../../main/contract/grading-schema.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { EvidencePictures } from './evidence-pictures.tsx';
import { NotebookSides } from './notebook-sides.tsx';
import { ProposalTable } from './proposal-table.tsx';
import { rowName } from './row-name.ts';
import { IntegrityMark, VerdictMark } from './row-marks.tsx';
import { UnitVerdict } from './unit-verdict.tsx';
import './row-detail.css';

/** Everything about one hand-in: whether it is whole, what its replay gave, what is proposed, what was handed in. */
export function RowDetail({ id }: { readonly id: string }) {
  const model = useModel();
  const { grading: words } = model.texts;
  const row = useStore(model.grading.table, (table) => table?.rows.find((each) => each.id === id) ?? null);
  const [detail, setDetail] = useState<GradingDetail | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const back = useRef<HTMLButtonElement>(null);
  const leave = () => model.route.go({ kind: 'grading', row: null });
  useEffect(() => {
    back.current?.focus();
    model.grading.lastRow.set(id);
  }, [model, id]);
  useEffect(() => {
    model.host
      .request('grading.detail', { row: id })
      .then(setDetail, (error: unknown) => setFailure(messageOfFailure(error)));
  }, [model, id]);
  return (
    <main
      className="grading-main"
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
      }}
    >
      <p>
        <button ref={back} type="button" className="button button-small" onClick={leave}>
          <ArrowLeft size={14} strokeWidth={2} aria-hidden />
          {words.back}
        </button>
      </p>
      {row === null ? <p role="alert">{failure ?? words.gone}</p> : <Detail row={row} detail={detail} />}
    </main>
  );
}

function Detail({ row, detail }: { readonly row: GradingRow; readonly detail: GradingDetail | null }) {
  const { grading, texts } = useModel();
  const words = texts.grading;
  const { check, comparison, state } = row;
  const isUnderWay = state === 'waiting' || state === 'replaying';
  return (
    <>
      <header className="grading-head detail-head">
        <div>
          <h1>{rowName(check) ?? words.unknownStudent}</h1>
          <p className="grading-lead">
            {[
              check.student === null ? null : words.nia(check.student.nia),
              check.activities.map(({ title }) => title).join(', ') || null,
              check.createdAt === null ? null : words.handedInAt(check.createdAt),
              check.file,
            ]
              .filter((text) => text !== null)
              .join(' · ')}
          </p>
        </div>
        <VerdictMark row={row} />
        {check.verdict === 'unreadable' ? null : (
          <Button icon={Play} disabled={isUnderWay} onClick={() => void grading.compare([row.id])}>
            {comparison === null ? words.compare : words.compareAgain}
          </Button>
        )}
      </header>
      <Integrity row={row} />
      <Replay row={row} />
      {detail === null || check.verdict === 'unreadable' ? null : (
        <>
          <EvidencePictures pictures={detail.pictures} />
          <NotebookSides row={row.id} notebooks={detail.notebooks} />
        </>
      )}
    </>
  );
}

function Integrity({ row: { check } }: { readonly row: GradingRow }) {
  const { grading: words } = useTexts();
  return (
    <section className="card detail-card">
      <h2>
        {words.problems} <IntegrityMark verdict={check.verdict} />
      </h2>
      <p>{words[check.verdict]}</p>
      {check.problems.length === 0 ? null : (
        <ul>
          {check.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <TitledList title={words.notes} items={check.notes} />
      <TitledList title={words.missingTitle} items={check.missing} />
    </section>
  );
}

function TitledList({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );
}

function Replay({ row: { check, state, comparison } }: { readonly row: GradingRow }) {
  const { grading: words } = useTexts();
  if (check.verdict === 'unreadable') return null;
  if (comparison === null)
    return (
      <section className="card detail-card" aria-live="polite">
        <h2>{words.units}</h2>
        <p>{state === 'opened' || state === 'failed' ? words.notCompared : words.comparing}</p>
      </section>
    );
  return (
    <>
      <section className="card detail-card" aria-live="polite">
        <h2>{words.units}</h2>
        {comparison.units.map((unit) => (
          <UnitVerdict key={unit.unit} unit={unit} />
        ))}
      </section>
      {comparison.proposal.length === 0 ? null : <ProposalTable proposal={comparison.proposal} />}
    </>
  );
}
