import { MonitorUp } from 'lucide-react';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { NoScreenPictureError, takeScreenPicture } from './screen-picture.ts';

type ScreenButtonProps = {
  /** Notebook with whose captures it is kept. */
  readonly path: string;
  readonly tone?: 'plain' | 'quiet';
};

/** Keeps a picture of the screen; says why where the browser gives none. */
export function ScreenButton({ path, tone = 'plain' }: ScreenButtonProps) {
  const { captures, notices, texts } = useModel();
  const { screen: words } = texts;
  const take = async () => {
    try {
      const image = await takeScreenPicture();
      await captures.capture({ kind: 'window', path, cell: null, query: null, runId: null, text: words.text, image });
    } catch (error) {
      const refusal = error instanceof NoScreenPictureError ? error.refusal : 'failed';
      notices.toast({ text: words.refused[refusal], tone: 'bad' });
    }
  };
  return (
    <Button
      small
      tone={tone}
      icon={MonitorUp}
      className="screen-button"
      aria-label={words.take}
      title={words.take}
      onClick={() => void take()}
    >
      <span>{words.take}</span>
    </Button>
  );
}
