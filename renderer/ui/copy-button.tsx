import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useModel } from '../store/use-model.ts';
import { IconButton } from './button.tsx';

const confirmMs = 1_600;

/** Copies the text as it is, byte for byte. `children` are visible words; without them the label is only read. */
export function CopyButton({
  text,
  label,
  children,
}: {
  readonly text: string | (() => string);
  readonly label: string;
  readonly children?: string;
}) {
  const { notices, texts } = useModel();
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setDone(false), confirmMs);
    return () => clearTimeout(timer);
  }, [isDone]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setDone(true);
      notices.announce(texts.app.copied);
    } catch {
      notices.toast({ text: texts.app.copyFailed, tone: 'bad' });
    }
  };
  return (
    <IconButton icon={isDone ? Check : Copy} label={label} onClick={() => void copy()}>
      {children}
    </IconButton>
  );
}
