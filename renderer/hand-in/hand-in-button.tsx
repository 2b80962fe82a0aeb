import { PackageCheck } from 'lucide-react';
import { useState } from 'react';
import type { GradedActivity } from '../../main/contract/guide-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { HandInDialog } from './hand-in-dialog.tsx';

type HandInButtonProps = { readonly activity: GradedActivity; readonly graded: readonly GradedActivity[] };

/** Opens what a graded activity would hand in, alone or with others. */
export function HandInButton({ activity, graded }: HandInButtonProps) {
  const { handIn } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button small icon={PackageCheck} aria-label={`${handIn.open}: ${activity.title}`} onClick={() => setOpen(true)}>
        {handIn.open}
      </Button>
      {isOpen ? <HandInDialog activity={activity} graded={graded} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
