import { Activity, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import './tabs.css';

export type Tab<Id extends string> = { readonly id: Id; readonly label: string; readonly content: () => ReactNode };

type TabsProps<Id extends string> = {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** At the right end of the tab line. */
  readonly aside?: ReactNode;
};

/** Tabs with arrow keys. A panel is drawn when it is first chosen; from then on it keeps what was typed in it, and rests while another is seen. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, aside }: TabsProps<Id>) {
  const base = useId();
  const current = tabs.find((tab) => tab.id === selected) ?? tabs[0];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex((tab) => tab.id === current?.id);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = target === undefined ? undefined : tabs[target % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.id);
    document.getElementById(`${base}-${next.id}`)?.focus();
  };
  const [opened, setOpened] = useState<readonly Id[]>([]);
  if (current === undefined) return null;
  if (!opened.includes(current.id)) setOpened([...opened, current.id]);
  return (
    <>
      <div className="tabs-line">
        <div className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              id={`${base}-${tab.id}`}
              type="button"
              role="tab"
              className="tab"
              aria-selected={tab.id === current.id}
              aria-controls={`${base}-panel`}
              tabIndex={tab.id === current.id ? 0 : -1}
              onClick={() => onSelect(tab.id)}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {aside === undefined ? null : <div className="tabs-aside">{aside}</div>}
      </div>
      <div className="tab-panel" role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${current.id}`}>
        {tabs.map((tab) =>
          opened.includes(tab.id) ? (
            <Activity key={tab.id} mode={tab.id === current.id ? 'visible' : 'hidden'}>
              {tab.content()}
            </Activity>
          ) : null,
        )}
      </div>
    </>
  );
}
