import { Camera, Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useModel } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';
import type { Capturable } from './capture-store.ts';

/** Marks the buttons that Ctrl+Shift+E looks for. */
export const captureClass = 'capture-button';

const confirmMs = 1_600;

/** Captures what stands beside it, and says so on itself: a toast is hidden behind a dialog. */
export function CaptureButton({ what, label }: { readonly what: () => Capturable; readonly label: string }) {
  const { captures, texts } = useModel();
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setDone(false), confirmMs);
    return () => clearTimeout(timer);
  }, [isDone]);
  return (
    <IconButton
      icon={isDone ? Check : Camera}
      className={captureClass}
      label={label}
      onClick={() => void captures.capture(what()).then(setDone)}
    >
      {isDone ? texts.capture.done : texts.capture.button}
    </IconButton>
  );
}
