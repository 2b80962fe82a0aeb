import { FileArchive, FolderOpen, ListChecks, X } from 'lucide-react';
import { useState } from 'react';
import type { PackSummary } from '../../main/contract/grading-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { CriteriaDialog } from './criteria-dialog.tsx';
import { FileButton } from './file-button.tsx';

/** The reference that hand-ins are held against: which one, how to change it, what it is worth. */
export function ReferenceCard() {
  const { grading, texts } = useModel();
  const words = texts.grading;
  const pack = useStore(grading.table, (table) => table?.pack ?? null);
  return (
    <section className="card grading-card" aria-label={words.reference}>
      <h2>{words.reference}</h2>
      {pack === null ? <p className="grading-note">{words.noReference}</p> : <LoadedPack pack={pack} />}
      <div className="grading-actions">
        <FileButton
          kind="zip"
          icon={FileArchive}
          text={words.loadZip}
          label={words.loadZipLabel}
          onPick={([file]) => (file === undefined ? undefined : void grading.loadZip(file))}
        />
        <FileButton
          kind="folder"
          icon={FolderOpen}
          text={words.loadFolder}
          label={words.loadFolderLabel}
          onPick={(files) => void grading.loadFolder(files)}
        />
        {pack === null ? null : (
          <>
            <CriteriaButton pack={pack} />
            <Button
              small
              tone="quiet"
              icon={X}
              aria-label={words.removePackLabel}
              onClick={() => void grading.removePack()}
            >
              {words.removePack}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

function LoadedPack({ pack }: { readonly pack: PackSummary }) {
  const { texts } = useModel();
  const total = pack.activities.reduce((sum, { points }) => sum + points, 0);
  return (
    <p className="grading-note">
      <b className="grading-pack">{pack.name}</b>
      <br />
      {texts.grading.packMade(pack.createdAt, pack.criteria.length, total)}
    </p>
  );
}

function CriteriaButton({ pack }: { readonly pack: PackSummary }) {
  const { texts } = useModel();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button small icon={ListChecks} onClick={() => setOpen(true)}>
        {texts.grading.criteria}
      </Button>
      {isOpen ? <CriteriaDialog pack={pack} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
