import { useSyncExternalStore } from 'react';

/** Three columns; two, with the side panels as tabs; or one panel at a time (large zoom, small windows). CSS pixels, so zoom counts. */
export type LayoutKind = 'wide' | 'medium' | 'narrow';

const wideFrom = '(min-width: 1180px)';
const mediumFrom = '(min-width: 820px) and (min-height: 480px)';

function subscribe(listener: () => void): () => void {
  const queries = [matchMedia(wideFrom), matchMedia(mediumFrom)];
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

function read(): LayoutKind {
  if (!matchMedia(mediumFrom).matches) return 'narrow';
  return matchMedia(wideFrom).matches ? 'wide' : 'medium';
}

export const useLayoutKind = (): LayoutKind => useSyncExternalStore(subscribe, read, read);
