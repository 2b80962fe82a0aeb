import { messageOfFailure } from '../host/host-failure-code.ts';
import { useModel } from '../store/use-model.ts';

/** Opens an activity's notebook in the workbench, with its guide. */
export function useOpenActivity(): (id: string) => void {
  const model = useModel();
  return (id) => {
    model.host.request('activity.open', { id }).then(
      ({ notebook }) => model.showNotebook(notebook, id),
      (error: unknown) =>
        model.notices.toast({ text: `${model.texts.lesson.failed} ${messageOfFailure(error)}`, tone: 'bad' }),
    );
  };
}
