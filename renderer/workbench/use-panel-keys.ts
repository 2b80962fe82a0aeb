import { useEffect } from 'react';

/** F6 goes to the next panel, Shift+F6 to the one before. In the notebook the chosen cell takes the focus. */
export function usePanelKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
        (region) => region.offsetParent !== null,
      );
      const at = regions.findIndex((region) => region.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      const next = regions[(Math.max(at, event.shiftKey ? 0 : -1) + step + regions.length) % regions.length];
      (next?.querySelector<HTMLElement>('.cell[tabindex="0"]') ?? next)?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
