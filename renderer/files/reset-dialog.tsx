import { useEffect, useState } from 'react';
import type { FileEntry } from '../../main/contract/requests.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

type ResetDialogProps = {
  readonly activity: string;
  readonly root: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** One of the few questions Marea asks: it says exactly what would go, and nothing goes before the answer. */
export function ResetDialog({ activity, root, onDone, onClose }: ResetDialogProps) {
  const { host, texts, notices } = useModel();
  const { files, app } = texts;
  const [found, setFound] = useState<readonly FileEntry[] | null>(null);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    host.request('activity.reset', { id: activity, dryRun: true }).then(
      ({ removed }) => setFound(removed),
      () => setFound([]),
    );
  }, [host, activity]);
  const chosen = (found ?? []).filter((entry) => !kept.has(entry.path));
  const reset = async () => {
    try {
      await host.request('activity.reset', { id: activity, dryRun: false, paths: chosen.map((entry) => entry.path) });
      notices.toast({ text: files.resetDone, tone: 'ok' });
    } catch {
      notices.toast({ text: files.resetFailed, tone: 'bad' });
    }
    onDone();
    onClose();
  };
  const toggle = (path: string) =>
    setKept((before) => new Set(before.has(path) ? [...before].filter((other) => other !== path) : [...before, path]));
  return (
    <Dialog
      title={files.resetTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button tone="primary" disabled={chosen.length === 0} onClick={() => void reset()}>
            {files.resetConfirm(chosen.length)}
          </Button>
        </>
      }
    >
      {found === null ? (
        <p>{app.loading}</p>
      ) : found.length === 0 ? (
        <p>{files.resetNothing}</p>
      ) : (
        <p>{files.resetIntro}</p>
      )}
      <ul className="reset-list">
        {(found ?? []).map((entry) => (
          <li key={entry.path}>
            <label>
              <input type="checkbox" checked={!kept.has(entry.path)} onChange={() => toggle(entry.path)} />
              <span className="mono">
                {entry.path.startsWith(`${root}/`) ? entry.path.slice(root.length + 1) : entry.path}
                {entry.isFolder ? '/' : ''}
              </span>
              <em>{files.roles[entry.role]}</em>
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
