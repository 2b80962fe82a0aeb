import { useEffect } from 'react';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { ThemeSwitch } from '../theme/theme-switch.tsx';
import { Banner } from '../ui/banner.tsx';
import { BrandMark } from '../ui/brand.tsx';
import { HandInsCard } from './hand-ins-card.tsx';
import { ReferenceCard } from './reference-card.tsx';
import { RowDetail } from './row-detail.tsx';
import { RowsCard } from './rows-card.tsx';
import '../workbench/workbench.css';
import './grading.css';

/** Where a teacher opens, checks and compares hand-ins: the table, or one row of it. */
export function GradingPage({ row }: { readonly row: string | null }) {
  const model = useModel();
  const { grading, texts } = model;
  const { app, grading: words } = texts;
  const table = useStore(grading.table);
  useEffect(() => {
    void grading.refresh();
    void model.loadCatalogue();
    document.title = `${words.title} · ${app.name}`;
    return model.host.onLink((link) => {
      if (link === 'open') void grading.refresh();
    });
  }, [model, grading, words.title, app.name]);
  return (
    <div className="grading">
      <header className="bar">
        <button
          type="button"
          className="bar-brand"
          onClick={() => model.route.go({ kind: 'start' })}
          title={app.toStart}
        >
          <BrandMark size={24} />
          {app.name}
        </button>
        <b aria-current="page">{words.title}</b>
        <span className="spacer" />
        <ThemeSwitch />
      </header>
      <Failures />
      {table === null ? (
        <main className="grading-main">
          <p className="grading-lead">{words.loading}</p>
        </main>
      ) : row === null ? (
        <TablePage />
      ) : (
        <RowDetail key={row} id={row} />
      )}
    </div>
  );
}

function Failures() {
  const { grading, texts } = useModel();
  const failures = useStore(grading.failures);
  return failures.map((failure) => (
    <Banner
      key={failure}
      tone="bad"
      title={failure}
      actions={
        <button
          type="button"
          className="button button-small"
          onClick={() => grading.failures.set(failures.filter((each) => each !== failure))}
        >
          {texts.app.dismiss}
        </button>
      }
    />
  ));
}

function TablePage() {
  const { grading, texts } = useModel();
  return (
    // The whole page takes what is dropped: a teacher must not have to aim.
    <main
      className="grading-main"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const files = [...event.dataTransfer.files];
        if (files.length > 0) void grading.openFiles(files);
      }}
    >
      <header className="grading-head">
        <h1>{texts.grading.title}</h1>
        <p className="grading-lead">{texts.grading.lead}</p>
      </header>
      <div className="grading-cards">
        <ReferenceCard />
        <HandInsCard />
      </div>
      <RowsCard />
    </main>
  );
}
