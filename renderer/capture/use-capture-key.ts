import { useEffect } from 'react';
import { useModel } from '../store/use-model.ts';
import { captureClass } from './capture-button.tsx';

/** Ctrl+Shift+E captures the console block or the cell output that has the focus; of a whole cell or console, the last one. */
export function useCaptureKey(): void {
  const { notices, texts } = useModel();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.key.toLowerCase() !== 'e') return;
      event.preventDefault();
      const button = focusedCapture();
      if (button === null) notices.toast({ text: texts.capture.nothing, tone: 'plain' });
      else button.click();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [notices, texts]);
}

function focusedCapture(): HTMLElement | null {
  for (const place of ['.console-block', '.output', '.cell', '.console', '.service-panel']) {
    const buttons = document.activeElement?.closest(place)?.querySelectorAll<HTMLElement>(`.${captureClass}`);
    const last = buttons?.[buttons.length - 1];
    if (last !== undefined) return last;
  }
  return null;
}
