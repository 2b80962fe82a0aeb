import { FileArchive } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { FileButton } from './file-button.tsx';

/** Where hand-ins are dropped or picked. */
export function HandInsCard() {
  const { grading, texts } = useModel();
  const words = texts.grading;
  const busy = useStore(grading.busy);
  const [isOver, setOver] = useState(false);
  return (
    <section
      className={isOver ? 'card grading-card grading-drop grading-over' : 'card grading-card grading-drop'}
      aria-label={words.handIns}
      onDragEnter={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <h2>{words.handIns}</h2>
      <p className="grading-note">{words.drop}</p>
      <div className="grading-actions">
        <FileButton
          kind="zips"
          tone="primary"
          icon={FileArchive}
          text={words.openFiles}
          label={words.openFilesLabel}
          disabled={busy !== null}
          onPick={(files) => void grading.openFiles(files)}
        />
        <span role="status" className="grading-note">
          {busy}
        </span>
      </div>
    </section>
  );
}
