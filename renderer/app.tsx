import { useEffect } from 'react';
import { StudentDialog } from './capture/student-dialog.tsx';
import { useCaptureKey } from './capture/use-capture-key.ts';
import { GradingPage } from './grading/grading-page.tsx';
import { StartPage } from './start/start-page.tsx';
import { useStore } from './store/external-store.ts';
import { ModelContext, useModel } from './store/use-model.ts';
import type { WindowModel } from './store/window-model.ts';
import { useTheme } from './theme/theme-switch.tsx';
import { Toasts } from './ui/toasts.tsx';
import { Workbench } from './workbench/workbench.tsx';
import './theme/tokens.css';
import './theme/base.css';

/** The whole window over one model. */
export function App({ model }: { readonly model: WindowModel }) {
  return (
    <ModelContext value={model}>
      <Page />
      <StudentDialog />
      <Toasts />
    </ModelContext>
  );
}

function Page() {
  const model = useModel();
  const route = useStore(model.route.store);
  useTheme();
  useCaptureKey();
  useEffect(() => {
    const beforeLeaving = (event: BeforeUnloadEvent) => {
      if (!model.hasUnsaved) return;
      void model.saveAll();
      event.preventDefault();
    };
    // A file dropped beside its place must not replace the window.
    const refuseDrop = (event: DragEvent) => event.preventDefault();
    window.addEventListener('beforeunload', beforeLeaving);
    window.addEventListener('dragover', refuseDrop);
    window.addEventListener('drop', refuseDrop);
    return () => {
      window.removeEventListener('beforeunload', beforeLeaving);
      window.removeEventListener('dragover', refuseDrop);
      window.removeEventListener('drop', refuseDrop);
    };
  }, [model]);
  switch (route.kind) {
    case 'start':
      return <StartPage />;
    case 'grading':
      return <GradingPage row={route.row} />;
    case 'workbench':
      return <Workbench notebook={route.notebook} activity={route.activity} />;
  }
}
