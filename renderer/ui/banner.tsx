import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import './banner.css';

type BannerProps = {
  readonly tone: 'info' | 'warn' | 'bad';
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

const icons = { info: Info, warn: TriangleAlert, bad: CircleAlert };

/** A message that stays until its reason is gone. */
export function Banner({ tone, title, children, actions }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div className={`banner banner-${tone}`} role={tone === 'info' ? 'status' : 'alert'}>
      <Icon size={16} strokeWidth={2} aria-hidden />
      <p>
        <b>{title}</b> {children}
      </p>
      {actions === undefined ? null : <div className="banner-actions">{actions}</div>}
    </div>
  );
}
