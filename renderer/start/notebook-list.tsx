import { CopyPlus } from 'lucide-react';
import { duplicateNotebook, folderOfNotebook, nameOfNotebook } from '../notebook/notebook-files.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';

type Own = { readonly path: string; readonly modifiedMs: number };

/** The learner's own notebooks, the latest first. */
export function NotebookList({ notebooks }: { readonly notebooks: readonly Own[] }) {
  const model = useModel();
  const { start } = model.texts;
  if (notebooks.length === 0) return <p className="start-sub">{start.noNotebooks}</p>;
  return (
    <ul className="own-list">
      {notebooks
        .toSorted((a, b) => b.modifiedMs - a.modifiedMs)
        .map(({ path, modifiedMs }) => (
          <li key={path}>
            <div>
              <h2>{nameOfNotebook(path)}</h2>
              <p>
                {folderOfNotebook(path) === '' ? '' : `${folderOfNotebook(path)} · `}
                {start.changed(modifiedMs)}
              </p>
            </div>
            <Button small tone="quiet" icon={CopyPlus} onClick={() => void duplicateNotebook(model, path)}>
              {start.duplicate}
            </Button>
            <Button
              small
              aria-label={`${start.open} ${nameOfNotebook(path)}`}
              onClick={() => model.showNotebook(path, null)}
            >
              {start.open}
            </Button>
          </li>
        ))}
    </ul>
  );
}
