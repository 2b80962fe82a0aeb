import { FileCode2, FileImage, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { hasProvenance, type EvidenceRecord } from '../../main/contract/evidence-schema.ts';
import { useModel } from '../store/use-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Captures by name, with what can be done with each. */
export function CaptureList({ items }: { readonly items: readonly EvidenceRecord[] }) {
  const { captures, texts } = useModel();
  const { evidence: words } = texts;
  const [asked, setAsked] = useState<EvidenceRecord | null>(null);
  if (items.length === 0) return null;
  return (
    <ul className="capture-list">
      {items.map((item) => {
        const { id, kind, clock, source } = item;
        return (
          <li key={`${source.unit}/${id}`}>
            <span>
              <code>{id}</code>
              {source.batch === null ? '' : ` · ${words.batch(source.batch)}`} · {words.at(clock.at)}
            </span>
            {hasProvenance(kind) ? null : <span className="capture-outside">{words.noProvenance}</span>}
            <IconButton
              icon={FileImage}
              label={words.savePng(id)}
              onClick={() => void captures.exportAs('png', source.unit, id)}
            >
              PNG
            </IconButton>
            <IconButton
              icon={FileCode2}
              label={words.saveSvg(id)}
              onClick={() => void captures.exportAs('svg', source.unit, id)}
            >
              SVG
            </IconButton>
            <IconButton icon={Trash2} label={words.remove(id)} onClick={() => setAsked(item)} />
          </li>
        );
      })}
      {asked === null ? null : <RemoveDialog item={asked} onClose={() => setAsked(null)} />}
    </ul>
  );
}

function RemoveDialog({ item, onClose }: { readonly item: EvidenceRecord; readonly onClose: () => void }) {
  const { captures, texts } = useModel();
  const { evidence: words, app } = texts;
  const remove = () => {
    onClose();
    void captures.remove(item.source.unit, item.id);
  };
  return (
    <Dialog
      title={words.removeTitle}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button tone="primary" onClick={remove}>
            {words.removeConfirm}
          </Button>
        </>
      }
    >
      <p>{words.removeIntro(`${item.id} · ${item.title}`)}</p>
    </Dialog>
  );
}
