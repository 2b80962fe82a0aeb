import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import './button.css';

type ButtonProps = ComponentProps<'button'> & {
  readonly tone?: 'plain' | 'primary' | 'quiet' | 'link';
  readonly small?: boolean;
  readonly icon?: LucideIcon;
};

/** A button with words; the icon never stands alone. */
export function Button({ tone = 'plain', small = false, icon: Icon, children, className = '', ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button-${tone}${small ? ' button-small' : ''} ${className}`} {...rest}>
      {Icon === undefined ? null : <Icon size={small ? 14 : 16} strokeWidth={2} aria-hidden />}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly children?: ReactNode;
};

/** For the few icons that everybody knows; the label is read aloud and shown on hover. */
export function IconButton({ icon: Icon, label, className = '', children, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      <Icon size={16} strokeWidth={2} aria-hidden />
      {children}
    </button>
  );
}
