import { useEffect } from 'react';
import { useModel } from '../store/use-model.ts';
import { captureClass } from './capture-button.tsx';

/** Ctrl+Shift+E captures the output, chart, table or console block that has the focus; of a whole cell or console, the last one. */
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
    // On its way down: a dialog keeps keys to itself.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [notices, texts]);
}

const places = ['.console-block', '.output', '.failure', '.chart', '.dialog', '.cell', '.console', '.service-panel'];

function focusedCapture(): HTMLElement | null {
  for (const place of places) {
    const buttons = document.activeElement?.closest(place)?.querySelectorAll<HTMLElement>(`.${captureClass}`);
    const last = buttons?.[buttons.length - 1];
    if (last !== undefined) return last;
  }
  return null;
}
