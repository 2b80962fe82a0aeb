import type { LucideIcon } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../ui/button.tsx';

type FileButtonProps = {
  readonly text: string;
  /** Of the hidden field. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly kind: 'zip' | 'zips' | 'folder';
  readonly tone?: 'plain' | 'primary';
  readonly disabled?: boolean;
  readonly onPick: (files: readonly File[]) => void;
};

/** A button that asks for files in the system's own window. */
export function FileButton({ text, label, icon, kind, tone = 'plain', disabled = false, onPick }: FileButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small icon={icon} tone={tone} disabled={disabled} onClick={() => picker.current?.click()}>
        {text}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={label}
        {...(kind === 'folder'
          ? { webkitdirectory: '' }
          : { accept: '.zip,application/zip', multiple: kind === 'zips' })}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) onPick(files);
          event.target.value = '';
        }}
      />
    </>
  );
}
