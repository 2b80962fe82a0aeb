import { useEffect, useState } from 'react';
import type { LiveState } from '../queries/query-store.ts';
import type { Store } from '../store/external-store.ts';
import { liveIntervalMs } from '../store/pacer.ts';

/** Figures may take a quarter of the window's time: the rest is for typing. */
const restPerRender = 4;

/** The live state for figures: as fresh as ten times a second, less often where drawing takes long. */
export function usePacedLive(store: Store<LiveState>): LiveState {
  const [shown, setShown] = useState(store.get);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let lastMs = 0;
    let costMs = 0;
    const show = () => {
      timer = null;
      lastMs = performance.now();
      setShown(store.get());
      // recharts draws in several steps: the cost is known when the next frame is out.
      requestAnimationFrame(() => setTimeout(() => (costMs = performance.now() - lastMs)));
    };
    const ask = () => {
      if (timer !== null) return;
      const intervalMs = Math.max(liveIntervalMs, restPerRender * costMs);
      timer = setTimeout(show, Math.max(0, lastMs + intervalMs - performance.now()));
    };
    show();
    const end = store.subscribe(ask);
    return () => {
      end();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store]);
  return shown;
}
