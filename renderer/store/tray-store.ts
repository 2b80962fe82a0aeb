import { createStore, type Store } from './external-store.ts';

/** The tabs below the columns. */
export type TrayTab = 'console' | 'problems' | 'lines' | 'kafka' | 'relational' | 'mongodb' | 'producer';

export type TrayStore = Store<TrayTab> & {
  /** Selects a tab from elsewhere and asks the layout to show the tray, whichever tab was selected before. */
  readonly open: (tab: TrayTab) => void;
  /** Hears each `open`; answers how to stop hearing. */
  readonly onOpen: (listener: () => void) => () => void;
};

export function createTrayStore(): TrayStore {
  const selected = createStore<TrayTab>('console');
  const listeners = new Set<() => void>();
  return {
    ...selected,
    open: (tab) => {
      selected.set(tab);
      listeners.forEach((listener) => listener());
    },
    onOpen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
