import { CircleCheck, CircleDashed, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { EvidenceRecord } from '../../main/contract/evidence-schema.ts';
import type { GradedActivity } from '../../main/contract/guide-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { InlineMarkdown } from '../ui/markdown.tsx';
import './evidence-list.css';

/** What an activity asks to hand in, ticked by what the captures show, and every capture of its units. */
export function EvidenceList({ activity }: { readonly activity: GradedActivity }) {
  const { captures } = useModel();
  const { evidence: words, graded } = useTexts();
  const list = useStore(captures.list);
  const required = (list?.required ?? []).filter((it) => it.activity === activity.id);
  const items = (list?.items ?? []).filter(({ source }) => activity.units.includes(source.unit));
  const named = required.flatMap((it) => it.captures.map(({ unit, id }) => `${unit}/${id}`));
  const others = items.filter((item) => !named.includes(nameOf(item)));
  const done = required.filter(({ state }) => state === 'ticked').length;
  return (
    <details open={items.length > 0}>
      <summary>
        {graded.evidence} {list === null ? null : words.tally(done, activity.evidence.length)}
      </summary>
      <ul className="evidence-list">
        {activity.evidence.map(({ id, title }) => {
          const judged = required.find((it) => it.evidence === id);
          const isTicked = judged?.state === 'ticked';
          const own = items.filter((item) => judged?.captures.some((it) => nameOf(item) === `${it.unit}/${it.id}`));
          return (
            <li key={id} className={isTicked ? 'evidence-ticked' : ''}>
              {isTicked ? <CircleCheck size={14} aria-hidden /> : <CircleDashed size={14} aria-hidden />}
              <span className="visually-hidden">{isTicked ? words.ticked : words.missing}: </span>
              <InlineMarkdown source={title} />
              {judged === undefined || isTicked ? null : <small>{judged.message}</small>}
              <CaptureList items={own} />
            </li>
          );
        })}
        {others.length === 0 ? null : (
          <li>
            {words.others}
            <CaptureList items={others} />
          </li>
        )}
      </ul>
    </details>
  );
}

const nameOf = ({ source, id }: EvidenceRecord): string => `${source.unit}/${id}`;

function CaptureList({ items }: { readonly items: readonly EvidenceRecord[] }) {
  const { evidence: words } = useTexts();
  const [asked, setAsked] = useState<EvidenceRecord | null>(null);
  if (items.length === 0) return null;
  return (
    <ul className="capture-list">
      {items.map((item) => (
        <li key={nameOf(item)}>
          <span>
            <code>{item.id}</code>
            {item.source.batch === null ? '' : ` · ${words.batch(item.source.batch)}`} · {words.at(item.clock.at)}
          </span>
          <IconButton icon={Trash2} label={words.remove(item.id)} onClick={() => setAsked(item)} />
        </li>
      ))}
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
