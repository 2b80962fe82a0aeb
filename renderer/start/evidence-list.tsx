import { CircleCheck, CircleDashed } from 'lucide-react';
import type { EvidenceRecord } from '../../main/contract/evidence-schema.ts';
import type { GradedActivity } from '../../main/contract/guide-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { InlineMarkdown } from '../ui/markdown.tsx';
import { CaptureList } from './capture-list.tsx';
import { EvidenceTools } from './evidence-tools.tsx';
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
  const [unit] = activity.units;
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
      {unit === undefined ? null : <EvidenceTools unit={unit} />}
    </details>
  );
}

const nameOf = ({ source, id }: EvidenceRecord): string => `${source.unit}/${id}`;
