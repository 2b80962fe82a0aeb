import type { ReactNode, Ref } from 'react';
import './card.css';

type CardProps = {
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly ref?: Ref<HTMLElement>;
};

/** A panel of the workbench: a landmark that F6 can reach. */
export function Card({ label, children, className = '', ref }: CardProps) {
  return (
    <section ref={ref} className={`card ${className}`} aria-label={label} data-region={label} tabIndex={-1}>
      {children}
    </section>
  );
}

/** The one line at the top of a card: name left, state right. */
export function CardHead({ title, children }: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <header className="card-head">
      <h2>{title}</h2>
      <span className="spacer" />
      {children}
    </header>
  );
}

/** Nothing is blank: what goes here, and what to do about it. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}
