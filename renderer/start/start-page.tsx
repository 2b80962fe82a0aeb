import { FileDown, Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ActivitySummary } from '../../main/contract/guide-schema.ts';
import { createNotebook, importNotebook } from '../notebook/notebook-files.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { ThemeSwitch } from '../theme/theme-switch.tsx';
import { BrandMark } from '../ui/brand.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ActivityCard } from './activity-card.tsx';
import { GradedList } from './graded-list.tsx';
import { NotebookList } from './notebook-list.tsx';
import { useOpenActivity } from './use-open-activity.ts';
import './start.css';

type Section = 'activities' | 'graded' | 'notebooks';

/** Where one begins: go on where you were, choose an activity, or one of your own notebooks. */
export function StartPage() {
  const model = useModel();
  const { texts } = model;
  const { start, app } = texts;
  const catalogue = useStore(model.catalogue);
  const [section, setSection] = useState<Section>('activities');
  useEffect(() => {
    void model.loadCatalogue();
    document.title = app.name;
    return model.host.onLink((link) => {
      if (link === 'open') void model.loadCatalogue();
    });
  }, [model, app.name]);
  const activities = catalogue?.activities ?? [];
  const own = (catalogue?.notebooks ?? []).filter(
    ({ path }) => !activities.some((activity) => path === `${activity.id}/${activity.id}.ipynb`),
  );
  const graded = catalogue?.graded ?? [];
  const counts = { activities: activities.length, graded: graded.length, notebooks: own.length };
  const names = { activities: start.activities, graded: texts.graded.navigation, notebooks: start.notebooks };
  return (
    <div className="start">
      <aside className="start-side">
        <div className="start-brand">
          <BrandMark size={34} />
          {app.name}
        </div>
        <p className="start-lead">{app.lead}</p>
        <nav className="start-nav" aria-label={start.navigation}>
          {(['activities', 'graded', 'notebooks'] as const).map((id) => (
            <button
              key={id}
              type="button"
              aria-current={section === id ? 'page' : undefined}
              onClick={() => setSection(id)}
            >
              {names[id]} <em>{catalogue === null ? '' : counts[id]}</em>
            </button>
          ))}
        </nav>
        <nav className="start-nav" aria-label={texts.grading.forTeachers}>
          <button
            type="button"
            title={texts.grading.openHint}
            onClick={() => model.route.go({ kind: 'grading', row: null })}
          >
            {texts.grading.open}
          </button>
        </nav>
        <SideFoot />
      </aside>
      <main className="start-main">
        {section === 'activities' ? (
          <>
            <h1>{app.unit}</h1>
            <p className="start-sub">{start.subtitle}</p>
            {catalogue === null ? <p className="start-sub">{app.loading}</p> : <Activities activities={activities} />}
          </>
        ) : null}
        {section === 'graded' ? <GradedList graded={graded} units={activities} /> : null}
        {section === 'notebooks' ? (
          <>
            <header className="start-head">
              <h1>{start.notebooks}</h1>
              <NotebookActions />
            </header>
            <NotebookList notebooks={own} />
          </>
        ) : null}
      </main>
    </div>
  );
}

function Activities({ activities }: { readonly activities: readonly ActivitySummary[] }) {
  const { start } = useTexts();
  const current = latestUnfinished(activities);
  if (activities.length === 0) return <p className="start-sub">{start.noActivities}</p>;
  return (
    <>
      {current === null ? null : <ContinueCard activity={current} />}
      <ul className="start-grid">
        {activities.map((activity) => (
          <ActivityCard key={activity.id} activity={activity} isCurrent={activity.id === current?.id} />
        ))}
      </ul>
    </>
  );
}

/** The activity opened last, unless it is finished. */
function latestUnfinished(activities: readonly ActivitySummary[]): ActivitySummary | null {
  const opened = activities.filter(
    (activity) => activity.lastOpened !== null && activity.stepsDone < activity.stepsTotal,
  );
  return opened.toSorted((a, b) => (b.lastOpened ?? '').localeCompare(a.lastOpened ?? ''))[0] ?? null;
}

function ContinueCard({ activity }: { readonly activity: ActivitySummary }) {
  const { start } = useTexts();
  const open = useOpenActivity();
  const step = activity.stepsDone + 1;
  const detail =
    activity.nextStep === undefined
      ? start.continuePlain(step, activity.stepsTotal)
      : start.continueStep(step, activity.stepsTotal, lowered(activity.nextStep.replaceAll('`', '')));
  return (
    <section className="continue" aria-label={start.continueWith(activity.title)}>
      <div>
        <h2>{start.continueWith(activity.title)}</h2>
        <p>{detail}</p>
      </div>
      <button type="button" onClick={() => open(activity.id)}>
        {start.continue}
      </button>
    </section>
  );
}

/** Inside a sentence; names such as `JSON` keep their capitals. */
const lowered = (text: string): string =>
  /^.\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

function NotebookActions() {
  const model = useModel();
  const { start } = model.texts;
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="start-actions">
      <Button icon={FileDown} onClick={() => picker.current?.click()}>
        {start.importNotebook}
      </Button>
      <Button tone="primary" icon={Plus} onClick={() => void createNotebook(model)}>
        {start.newNotebook}
      </Button>
      <input
        ref={picker}
        type="file"
        accept=".ipynb,application/x-ipynb+json"
        aria-label={start.importNotebook}
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void importNotebook(model, file);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function SideFoot() {
  const model = useModel();
  const { start } = model.texts;
  const info = useStore(model.info);
  const link = useStore(model.link);
  return (
    <footer className="start-foot">
      <p>
        <i className="dot dot-ok" /> {start.version(info?.version ?? '')}
        <span className="spacer" />
        <ThemeSwitch />
      </p>
      <p>
        <i className={`dot ${link === 'open' ? 'dot-ok' : 'dot-dropped'}`} />{' '}
        {link === 'open' ? start.savedHere : model.texts.link.lost}
        <span className="spacer" />
        {info === null ? null : <CopyButton text={info.dataFolder} label={`${start.dataFolder}: ${info.dataFolder}`} />}
      </p>
    </footer>
  );
}
