import { Camera } from 'lucide-react';
import { useModel } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';
import type { Capturable } from './capture-store.ts';

/** Marks the buttons that Ctrl+Shift+E looks for. */
export const captureClass = 'capture-button';

/** Captures what stands beside it. */
export function CaptureButton({ what, label }: { readonly what: () => Capturable; readonly label: string }) {
  const { captures, texts } = useModel();
  return (
    <IconButton icon={Camera} className={captureClass} label={label} onClick={() => void captures.capture(what())}>
      {texts.capture.button}
    </IconButton>
  );
}
