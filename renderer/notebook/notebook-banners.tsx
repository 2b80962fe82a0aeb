import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { restartKernel } from './notebook-commands.ts';
import { saveConflictCopy } from './notebook-files.ts';
import type { NotebookSession } from './notebook-session.ts';

/** What the learner must know about this notebook before going on. */
export function NotebookBanners({ session }: { readonly session: NotebookSession }) {
  const model = useModel();
  const { notebook, kernel: kernelTexts, app } = model.texts;
  const { save, kernel, kernelNote, restarted, recovered } = useStore(session.state);
  const restart = <Button onClick={() => void restartKernel(model, session)}>{kernelTexts.restart}</Button>;
  return (
    <>
      {save.phase === 'conflict' ? (
        <Banner
          tone="warn"
          title={notebook.conflict}
          actions={
            <>
              <Button small onClick={() => void saveConflictCopy(model, session)}>
                {notebook.saveCopy}
              </Button>
              <Button small onClick={() => void session.open()}>
                {notebook.reload}
              </Button>
            </>
          }
        >
          {notebook.conflictDetail}
        </Banner>
      ) : null}
      {save.phase === 'failed' && save.message !== '' ? (
        <Banner tone="bad" title={notebook.saveFailedDetail(save.message)} />
      ) : null}
      {restarted === null ? null : (
        <Banner
          tone="info"
          title={kernel === 'restarting' ? kernelTexts.restartingTitle : kernelTexts.restartedTitle}
          actions={
            kernel === 'restarting' ? null : (
              <Button small tone="quiet" onClick={() => session.dismissRestarted()}>
                {app.close}
              </Button>
            )
          }
        >
          {restarted.note === null ? '' : `${restarted.note}. `}
          {kernelTexts.restartingDetail}
        </Banner>
      )}
      {kernel === 'dead' ? (
        <Banner tone="bad" title={kernelTexts.deadTitle} actions={restart}>
          {kernelNote === null ? '' : `${kernelNote}. `}
          {kernelTexts.deadDetail}
        </Banner>
      ) : null}
      {recovered ? (
        <Banner
          tone="info"
          title={notebook.recovered}
          actions={
            <Button small tone="quiet" onClick={() => session.dismissRecovered()}>
              {app.close}
            </Button>
          }
        />
      ) : null}
    </>
  );
}
