import { Monitor, Moon, Sun } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from '../store/external-store.ts';
import type { ThemeChoice } from '../store/settings-store.ts';
import { useModel } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';

const nextChoice: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };
const icons = { system: Monitor, light: Sun, dark: Moon };

/** Puts the chosen theme on the page; without a choice the system decides. */
export function useTheme(): void {
  const theme = useStore(useModel().settings.store, (settings) => settings.theme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}

/** One button that goes through system, light and dark. */
export function ThemeSwitch() {
  const { settings, texts } = useModel();
  const theme = useStore(settings.store, (current) => current.theme);
  return (
    <IconButton
      icon={icons[theme]}
      label={`${texts.theme.label}: ${texts.theme[theme]}`}
      onClick={() => settings.change({ theme: nextChoice[theme] })}
    />
  );
}
