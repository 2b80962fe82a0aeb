import { X } from 'lucide-react';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { NotebookBanners } from './notebook-banners.tsx';
import { nameOfNotebook } from './notebook-files.ts';
import type { NotebookSession } from './notebook-session.ts';
import { NotebookToolbar } from './notebook-toolbar.tsx';
import { NotebookView } from './notebook-view.tsx';
import { RepairBanner } from './repair-banner.tsx';
import { RepairDialog } from './repair-dialog.tsx';
import { useRepair } from './use-repair.ts';
import './notebook-panel.css';

type NotebookPanelProps = { readonly session: NotebookSession; readonly onHelp: () => void };

/** The notebook column: open notebooks, actions, messages, cells. */
export function NotebookPanel({ session, onHelp }: NotebookPanelProps) {
  const model = useModel();
  const open = useStore(model.openNotebooks);
  const repair = useRepair(session, open.find(({ path }) => path === session.path)?.activity ?? null);
  const close = (path: string) => {
    const next = open.find((other) => other.path !== path);
    if (path === session.path && next !== undefined) model.showNotebook(next.path, next.activity);
    void model.closeNotebook(path);
  };
  return (
    <Card label={model.texts.regions.notebook} className="notebook-panel">
      <header className="card-head notebook-head">
        <h2 className="visually-hidden">{model.texts.regions.notebook}</h2>
        <div className="notebook-tabs" role="group" aria-label={model.texts.notebook.open}>
          {open.map(({ path, activity }) => (
            <span key={path} className={`notebook-tab${path === session.path ? ' notebook-tab-shown' : ''}`}>
              <button
                type="button"
                aria-current={path === session.path ? 'true' : undefined}
                onClick={() => model.showNotebook(path, activity)}
              >
                {nameOfNotebook(path)}.ipynb
              </button>
              {open.length > 1 ? (
                <IconButton
                  icon={X}
                  label={model.texts.notebook.close(nameOfNotebook(path))}
                  onClick={() => close(path)}
                />
              ) : null}
            </span>
          ))}
        </div>
        <span className="spacer" />
        <NotebookToolbar session={session} onRepair={repair.ask} />
        <SaveNote session={session} />
      </header>
      <NotebookBanners session={session} />
      {repair.starter === null ? null : (
        <RepairBanner key={session.path} session={session} starter={repair.starter} onRepair={repair.ask} />
      )}
      <NotebookView key={session.path} session={session} onHelp={onHelp} />
      {repair.starter === null || repair.asked === null ? null : (
        <RepairDialog session={session} starter={repair.starter} only={repair.asked.only} onClose={repair.close} />
      )}
    </Card>
  );
}

function SaveNote({ session }: { readonly session: NotebookSession }) {
  const { notebook } = useTexts();
  const save = useStore(session.state, (state) => state.save);
  const text = {
    saved: () => (save.phase === 'saved' ? notebook.saved(save.at) : ''),
    dirty: () => notebook.dirty,
    saving: () => notebook.saving,
    failed: () => notebook.saveFailed,
    conflict: () => notebook.saveFailed,
  }[save.phase]();
  return (
    <span
      className={`card-note save-note${save.phase === 'failed' || save.phase === 'conflict' ? ' save-note-bad' : ''}`}
    >
      {text}
    </span>
  );
}
