import { CircleQuestionMark } from 'lucide-react';
import { ScreenButton } from '../capture/screen-button.tsx';
import { ClockBar } from '../clock/clock-bar.tsx';
import type { KernelState } from '../notebook/notebook-state.ts';
import type { NotebookSession } from '../notebook/notebook-session.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { ThemeSwitch } from '../theme/theme-switch.tsx';
import { BrandMark } from '../ui/brand.tsx';
import { IconButton } from '../ui/button.tsx';

type TopBarProps = { readonly title: string; readonly session: NotebookSession; readonly onHelp: () => void };

/** Where one is, and how Python is. */
export function TopBar({ title, session, onHelp }: TopBarProps) {
  const model = useModel();
  const { app } = model.texts;
  return (
    <header className="bar">
      <button type="button" className="bar-brand" onClick={() => model.route.go({ kind: 'start' })} title={app.toStart}>
        <BrandMark size={24} />
        {app.name}
      </button>
      <nav className="bar-crumb" aria-label={app.toStart}>
        <button type="button" onClick={() => model.route.go({ kind: 'start' })}>
          {app.unit}
        </button>
        <span aria-hidden>›</span>
        <b aria-current="page">{title}</b>
      </nav>
      <span className="spacer" />
      <ClockBar />
      <KernelNote session={session} />
      <ScreenButton path={session.path} tone="quiet" />
      <ThemeSwitch />
      <IconButton icon={CircleQuestionMark} label={app.help} onClick={onHelp}>
        {app.help}
      </IconButton>
    </header>
  );
}

const dots: Readonly<Record<KernelState, string>> = {
  none: '',
  starting: 'dot-late',
  idle: 'dot-ok',
  busy: 'dot-tide',
  restarting: 'dot-late',
  dead: 'dot-dropped',
};

function KernelNote({ session }: { readonly session: NotebookSession }) {
  const { kernel: texts } = useTexts();
  const kernel = useStore(session.state, (state) => state.kernel);
  const running = useStore(session.state, (state) =>
    Object.keys(state.runs).find((id) => state.runs[id]?.phase !== 'queued'),
  );
  const note = (
    <>
      <i className={`dot ${dots[kernel]}`} />
      {texts[kernel]}
    </>
  );
  if (running === undefined) {
    return (
      <span className="bar-kernel" data-kernel={kernel}>
        {note}
      </span>
    );
  }
  const goThere = () => {
    session.editing.select(running);
    document.querySelector<HTMLElement>(`[data-cell="${running}"]`)?.focus();
  };
  return (
    <button type="button" className="bar-kernel" data-kernel={kernel} title={texts.goToRunning} onClick={goThere}>
      {note}
    </button>
  );
}
