import { PackageCheck } from 'lucide-react';
import { useState } from 'react';
import type { GradedActivity } from '../../main/contract/guide-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { HandInDialog } from './hand-in-dialog.tsx';

/** Opens what a graded activity would hand in. */
export function HandInButton({ activity }: { readonly activity: GradedActivity }) {
  const { handIn } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button small icon={PackageCheck} aria-label={`${handIn.open}: ${activity.title}`} onClick={() => setOpen(true)}>
        {handIn.open}
      </Button>
      {isOpen ? <HandInDialog activity={activity.id} title={activity.title} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
