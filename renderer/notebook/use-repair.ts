import { useEffect, useState } from 'react';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { useModel } from '../store/use-model.ts';
import type { NotebookSession } from './notebook-session.ts';
import { starterFaults } from './starter-repair.ts';

export type Repair = {
  /** Null: the notebook belongs to no activity, or its hand-out is not known yet. */
  readonly starter: readonly NotebookCell[] | null;
  /** Asks to repair one cell or all; says so where there is nothing to repair. */
  readonly ask: ((only: string | null) => void) | null;
  readonly asked: { readonly only: string | null } | null;
  readonly close: () => void;
};

/** Repairing a notebook by the hand-out of its activity. */
export function useRepair(session: NotebookSession, activity: string | null): Repair {
  const { texts, notices } = useModel();
  const starter = useStarter(activity);
  const [asked, setAsked] = useState<{ readonly path: string; readonly only: string | null } | null>(null);
  const ask = (only: string | null): void => {
    if (starter === null) return;
    const faults = starterFaults(starter, session.state.get().cells);
    const { protection } = texts;
    if (only === null && faults.length === 0) return notices.toast({ text: protection.allOriginal, tone: 'ok' });
    if (only !== null && !starter.some(({ id }) => id === only))
      return notices.toast({ text: protection.isYours, tone: 'plain' });
    if (only !== null && !faults.some(({ original }) => original.id === only))
      return notices.toast({ text: protection.isOriginal, tone: 'ok' });
    setAsked({ path: session.path, only });
  };
  return {
    starter,
    ask: starter === null ? null : ask,
    asked: asked?.path === session.path ? asked : null,
    close: () => setAsked(null),
  };
}

function useStarter(activity: string | null): readonly NotebookCell[] | null {
  const { host } = useModel();
  const [found, setFound] = useState<{ readonly activity: string; readonly cells: readonly NotebookCell[] } | null>(
    null,
  );
  useEffect(() => {
    if (activity === null) return;
    host.request('activity.starter', { id: activity }).then(
      ({ cells }) => setFound({ activity, cells }),
      () => setFound(null),
    );
  }, [host, activity]);
  return found !== null && found.activity === activity ? found.cells : null;
}
