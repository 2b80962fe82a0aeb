import { X } from 'lucide-react';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button, IconButton } from './button.tsx';
import './toasts.css';

/** Short messages at the bottom, some with an undo; and the sentence that screen readers hear. */
export function Toasts() {
  const { notices, texts } = useModel();
  const toasts = useStore(notices.toasts);
  const spoken = useStore(notices.spoken);
  return (
    <>
      <div className="visually-hidden" aria-live="polite" role="status" data-testid="spoken">
        {spoken}
      </div>
      <div className="toasts" role="region" aria-live="polite" aria-label={texts.regions.problems}>
        {toasts.map((toast) => (
          <div key={toast.id} className={`toast toast-${toast.tone}`}>
            <span>{toast.text}</span>
            {toast.actions?.map(({ label, run }) => (
              <Button
                key={label}
                small
                onClick={() => {
                  run();
                  notices.dismiss(toast.id);
                }}
              >
                {label}
              </Button>
            ))}
            <IconButton icon={X} label={texts.app.dismiss} onClick={() => notices.dismiss(toast.id)} />
          </div>
        ))}
      </div>
    </>
  );
}
