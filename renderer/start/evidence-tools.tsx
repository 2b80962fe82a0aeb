import { ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { ScreenButton } from '../capture/screen-button.tsx';
import { useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { OutsideImageDialog } from './outside-image-dialog.tsx';

/** Evidence that Marea did not draw: images from outside and of the screen. */
export function EvidenceTools({ unit }: { readonly unit: string }) {
  const { outside } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const path = `${unit}/${unit}.ipynb`;
  return (
    <p className="evidence-tools">
      <Button small icon={ImagePlus} onClick={() => setOpen(true)}>
        {outside.add}
      </Button>
      <ScreenButton path={path} />
      {isOpen ? <OutsideImageDialog path={path} onClose={() => setOpen(false)} /> : null}
    </p>
  );
}
