import { useEffect, useState } from 'react';
import { FilesPanel } from '../files/files-panel.tsx';
import { ResetDialog } from '../files/reset-dialog.tsx';
import { LessonPanel } from '../lesson/lesson-panel.tsx';
import type { ActivityState, ActivityStore } from '../lesson/activity-store.ts';
import { HelpSheet } from '../notebook/help-sheet.tsx';
import { folderOfNotebook, nameOfNotebook } from '../notebook/notebook-files.ts';
import { NotebookPanel } from '../notebook/notebook-panel.tsx';
import { createStore, useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Banner } from '../ui/banner.tsx';
import { Card, Empty } from '../ui/card.tsx';
import { ObservatoryPanel } from './observatory-panel.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { TrayPanel } from './tray-panel.tsx';
import { usePanelKeys } from './use-panel-keys.ts';
import { WorkbenchLayout, type Panels } from './workbench-layout.tsx';
import './workbench.css';

type WorkbenchProps = { readonly notebook: string; readonly activity: string | null };

/** Guide, notebook and observatory over one tray. */
export function Workbench({ notebook, activity: activityId }: WorkbenchProps) {
  const model = useModel();
  const [dialog, setDialog] = useState<'help' | 'reset' | null>(null);
  const link = useStore(model.link);
  usePanelKeys();
  useEffect(() => model.keepOpen({ path: notebook, activity: activityId }), [model, notebook, activityId]);

  const session = model.session(notebook);
  const activity = activityId === null ? null : model.activity(activityId);
  const title = useTitle(activity, notebook);
  const ownFolder = useStore(activity?.state ?? noActivity, (state) => state.folder);
  const folder = ownFolder === '' ? folderOfNotebook(notebook) : ownFolder;
  const reset = activity === null ? null : () => setDialog('reset');
  const help = () => setDialog('help');
  const panels: Panels = {
    guide: () => <LessonPanel activity={activity} />,
    notebook: () => <NotebookPanel session={session} onHelp={help} />,
    observatory: () => <ObservatoryPanel path={notebook} activity={activity} onStartOver={reset} />,
    tray: () => <TrayPanel path={notebook} activity={activity} />,
    files: () => <ActivityFiles activity={activity} folder={folder} onReset={reset} />,
  };
  return (
    <div className="workbench">
      <TopBar title={title} session={session} onHelp={help} />
      {link === 'closed' ? (
        <Banner tone="warn" title={model.texts.link.lost}>
          {model.texts.link.lostDetail}
        </Banner>
      ) : null}
      <main className="workbench-main">
        <h1 className="visually-hidden">{title}</h1>
        <WorkbenchLayout panels={panels} hasGuide={activity !== null} />
      </main>
      <StatusBar path={notebook} />
      {dialog === 'help' ? <HelpSheet onClose={() => setDialog(null)} /> : null}
      {dialog === 'reset' && activityId !== null ? (
        <ResetDialog
          activity={activityId}
          root={folder}
          onDone={() => void model.files(folder, []).refresh()}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </div>
  );
}

type ActivityFilesProps = {
  readonly activity: ActivityStore | null;
  readonly folder: string;
  readonly onReset: (() => void) | null;
};

function ActivityFiles({ activity, folder, onReset }: ActivityFilesProps) {
  return activity === null ? (
    <FolderFiles folder={folder} onReset={null} />
  ) : (
    <GuidedFiles activity={activity} onReset={onReset} />
  );
}

function GuidedFiles({
  activity,
  onReset,
}: {
  readonly activity: ActivityStore;
  readonly onReset: (() => void) | null;
}) {
  const { guide, folder } = useStore(activity.state);
  const model = useModel();
  if (guide === null) return <Card label={model.texts.regions.files}>{null}</Card>;
  return (
    <FilesPanel
      store={model.files(folder, [guide.dropFolder])}
      dropFolder={guide.dropFolder}
      inputs={guide.inputs}
      onReset={onReset}
    />
  );
}

function FolderFiles({ folder, onReset }: { readonly folder: string; readonly onReset: (() => void) | null }) {
  const model = useModel();
  if (folder === '') {
    return (
      <Card label={model.texts.regions.files}>
        <Empty>{model.texts.files.emptyRoot}</Empty>
      </Card>
    );
  }
  return <FilesPanel store={model.files(folder, [])} dropFolder="" inputs={[]} onReset={onReset} />;
}

const noActivity = createStore<ActivityState>({
  status: 'loading',
  failure: null,
  guide: null,
  folder: '',
  checks: [],
  isChecking: false,
});

function useTitle(activity: ActivityStore | null, notebook: string): string {
  const model = useModel();
  const guide = useStore(activity?.state ?? noActivity, (state) => state.guide);
  const title = guide?.title ?? nameOfNotebook(notebook);
  useEffect(() => {
    document.title = `${title} · ${model.texts.app.name}`;
  }, [title, model]);
  return title;
}
