import type { LucideIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from './button.tsx';
import './menu.css';

export type MenuItem = { readonly label: string; readonly icon?: LucideIcon; readonly run: () => void };

type MenuProps = { readonly icon: LucideIcon; readonly label: string; readonly items: readonly MenuItem[] };

const menuWidth = 250;

/** A button with a list of actions: arrows move, Esc closes and gives the focus back. */
export function Menu({ icon, label, items }: MenuProps) {
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number; readonly height: number } | null>(
    null,
  );
  const holder = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const isOpen = place !== null;
  const close = () => {
    setPlace(null);
    holder.current?.querySelector<HTMLElement>(':scope > button')?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    list.current?.querySelector('button')?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (!holder.current?.contains(event.target as Node)) setPlace(null);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);
  const open = () => {
    const box = holder.current?.getBoundingClientRect();
    if (box === undefined) return;
    setPlace({
      left: Math.max(8, Math.min(box.left, innerWidth - menuWidth - 8)),
      top: box.bottom + 4,
      height: Math.max(120, innerHeight - box.bottom - 16),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const entries = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1 + entries.length, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setPlace(null);
    else if (target !== undefined) entries[target % entries.length]?.focus();
    if (event.key === 'Escape' || target !== undefined) event.preventDefault();
  };
  return (
    <div className="menu-holder" ref={holder}>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => (isOpen ? close() : open())}
      />
      {place === null ? null : (
        <div
          ref={list}
          id={id}
          className="menu"
          role="menu"
          aria-label={label}
          style={{ left: place.left, top: place.top, maxHeight: place.height }}
          onKeyDown={onKeyDown}
        >
          {items.map(({ label: name, icon: Icon, run }) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                run();
              }}
            >
              <span className="menu-icon">{Icon === undefined ? null : <Icon size={15} aria-hidden />}</span>
              {name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
