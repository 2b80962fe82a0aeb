import { useState } from 'react';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useTexts } from '../store/use-model.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import type { NotebookSession } from './notebook-session.ts';
import type { NotebookState } from './notebook-state.ts';
import { starterFaults } from './starter-repair.ts';

type RepairBannerProps = {
  readonly session: NotebookSession;
  readonly starter: readonly NotebookCell[];
  readonly onRepair: ((only: string | null) => void) | null;
};

/** Told when the statement is not the one that was handed out: Marea itself does not let it change. */
export function RepairBanner({ session, starter, onRepair }: RepairBannerProps) {
  const { app, protection } = useTexts();
  const [isDismissed, setDismissed] = useState(false);
  const altered = useStore(session.state, (state) => alteredCells(starter, state));
  if (altered === 0 || isDismissed || onRepair === null) return null;
  return (
    <Banner
      tone="warn"
      title={protection.altered(altered)}
      actions={
        <>
          <Button small onClick={() => onRepair(null)}>
            {protection.look}
          </Button>
          <Button small tone="quiet" onClick={() => setDismissed(true)}>
            {app.close}
          </Button>
        </>
      }
    >
      {protection.alteredDetail}
    </Banner>
  );
}

const alteredCells = (starter: readonly NotebookCell[], { status, cells }: NotebookState): number =>
  status === 'ready' ? starterFaults(starter, cells).filter(({ isAdvised }) => isAdvised).length : 0;
