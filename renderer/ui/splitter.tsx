import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import './splitter.css';

type SplitterProps = {
  readonly label: string;
  readonly orientation: 'vertical' | 'horizontal';
  /** Size in CSS pixels of the panel that is resized. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** Side of the splitter on which that panel lies. */
  readonly panel: 'before' | 'after';
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
};

const keyStep = 16;

/** The gap between two panels: drag it, or focus it and use the arrow keys. */
export function Splitter({ label, orientation, value, least, most, panel, onChange, onReset }: SplitterProps) {
  const start = useRef<{ readonly at: number; readonly value: number } | null>(null);
  const isVertical = orientation === 'vertical';
  const sign = panel === 'before' ? 1 : -1;
  const place = (size: number) => onChange(Math.round(Math.min(most, Math.max(least, size))));
  const position = (event: PointerEvent) => (isVertical ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent) => {
    const towards = isVertical ? { ArrowRight: 1, ArrowLeft: -1 } : { ArrowDown: 1, ArrowUp: -1 };
    const step = (towards as Record<string, number>)[event.key];
    if (step !== undefined) place(value + step * sign * keyStep);
    else if (event.key === 'Home') place(least);
    else if (event.key === 'End') place(most);
    else if (event.key === 'Enter') onReset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={`splitter splitter-${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(value)}
      aria-valuemin={least}
      aria-valuemax={Math.round(most)}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        start.current = { at: position(event), value };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current !== null) place(start.current.value + (position(event) - start.current.at) * sign);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}
