import type { Host } from '../../main/contract/host-api.ts';
import { createStore, type Store } from './external-store.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** What the window remembers between starts. Sizes in CSS pixels. */
export type Settings = {
  readonly theme: ThemeChoice;
  readonly guideWidth: number;
  readonly sideWidth: number;
  readonly trayHeight: number;
  readonly filesWidth: number;
  /** Shortcuts of one letter; WCAG 2.1.4 wants them to be switchable. */
  readonly singleKeys: boolean;
  readonly lineNumbers: boolean;
  /** Scripts of the SQL panel, newest last. */
  readonly sqlHistory: readonly string[];
};

export const firstSettings: Settings = {
  theme: 'system',
  guideWidth: 262,
  sideWidth: 404,
  trayHeight: 196,
  filesWidth: 404,
  singleKeys: true,
  lineNumbers: false,
  sqlHistory: [],
};

const writeDelayMs = 400;

export type SettingsStore = {
  readonly store: Store<Settings>;
  readonly change: (part: Partial<Settings>) => void;
};

/** Settings live with the host: the port of browser mode changes at each start, and the browser's own storage with it. */
export function createSettingsStore(host: Host): SettingsStore {
  const store = createStore<Settings>(firstSettings);
  let unsaved: Partial<Settings> = {};
  let timer: ReturnType<typeof setTimeout> | null = null;
  host
    .request('settings.read', {})
    .then(({ settings }) => store.update((current) => ({ ...current, ...knownSettings(settings), ...unsaved })))
    // Without its settings the window still works, with the first ones.
    .catch(() => undefined);
  const write = () => {
    timer = null;
    const settings = unsaved;
    unsaved = {};
    host.request('settings.write', { settings }).catch(() => undefined);
  };
  return {
    store,
    change: (part) => {
      store.update((current) => ({ ...current, ...part }));
      unsaved = { ...unsaved, ...part };
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(write, writeDelayMs);
    },
  };
}

/** Only keys we know, with values of the type we know: the file may come from another version. */
function knownSettings(settings: Readonly<Record<string, unknown>>): Partial<Settings> {
  const known = Object.entries(firstSettings).filter(([key, first]) => {
    const value = settings[key];
    return Array.isArray(first)
      ? Array.isArray(value) && value.every((item) => typeof item === 'string')
      : typeof value === typeof first;
  });
  return Object.fromEntries(known.map(([key]) => [key, settings[key]]));
}
