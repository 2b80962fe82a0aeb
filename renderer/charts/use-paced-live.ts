import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LiveState } from '../queries/query-store.ts';
import type { Store } from '../store/external-store.ts';
import { liveIntervalMs } from '../store/pacer.ts';

/** Figures may take a quarter of the window's time: the rest is for typing. */
const restPerRender = 4;

/** The live state for figures: as fresh as ten times a second, less often where drawing takes long. */
export function usePacedLive(store: Store<LiveState>): LiveState {
  const [shown, setShown] = useState(store.get);
  const begunMs = useRef(0);
  const costMs = useRef(0);
  useLayoutEffect(() => {
    costMs.current = begunMs.current === 0 ? 0 : performance.now() - begunMs.current;
  }, [shown]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let lastMs = 0;
    const show = () => {
      timer = null;
      begunMs.current = lastMs = performance.now();
      setShown(store.get());
    };
    const ask = () => {
      if (timer !== null) return;
      const intervalMs = Math.max(liveIntervalMs, restPerRender * costMs.current);
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
