import { ArrowRight } from 'lucide-react';
import { useEffect } from 'react';
import type { ActivitySummary, GradedActivity } from '../../main/contract/guide-schema.ts';
import { HandInButton } from '../hand-in/hand-in-button.tsx';
import { GradedState } from '../lesson/graded-state.tsx';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { InlineMarkdown, Markdown } from '../ui/markdown.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { StudentLine } from './student-line.tsx';
import { useOpenActivity } from './use-open-activity.ts';
import './graded-list.css';

type GradedListProps = { readonly graded: readonly GradedActivity[]; readonly units: readonly ActivitySummary[] };

/** The course's graded activities: points, the units where they are done, and what is still missing. */
export function GradedList({ graded, units }: GradedListProps) {
  const { captures, texts: all } = useModel();
  const { graded: texts } = all;
  useEffect(() => void captures.refresh(), [captures]);
  const total = graded.reduce((sum, { points }) => sum + points, 0);
  return (
    <>
      <h1>{texts.title}</h1>
      <p className="start-sub">{graded.length === 0 ? texts.none : texts.subtitle(total)}</p>
      <StudentLine />
      <ul className="graded-list">
        {graded.map((activity) => (
          <GradedCard key={activity.id} activity={activity} graded={graded} units={units} />
        ))}
      </ul>
    </>
  );
}

type GradedCardProps = GradedListProps & { readonly activity: GradedActivity };

function GradedCard({ activity, graded, units }: GradedCardProps) {
  const { graded: texts, start } = useTexts();
  const open = useOpenActivity();
  return (
    <li className="graded" aria-label={activity.title}>
      <header>
        <h2>{activity.title}</h2>
        <span className="chip">{texts.outcome(activity.outcome, activity.criterion)}</span>
        <b className="graded-points">{texts.points(activity.points)}</b>
      </header>
      <Markdown source={activity.statement} />
      <div className="graded-details">
        <details>
          <summary>{texts.criteria}</summary>
          <ul>
            {activity.criteria.map(({ id, text, points }) => (
              <li key={id}>
                <InlineMarkdown source={text} /> <b>({texts.points(points)})</b>
              </li>
            ))}
          </ul>
        </details>
        <EvidenceList activity={activity} />
        <GradedState missing={activity.missing} />
      </div>
      <p className="graded-units">
        {texts.units}
        {activity.units.map((unit) => {
          const title = units.find(({ id }) => id === unit)?.title ?? unit;
          return (
            <Button
              key={unit}
              small
              icon={ArrowRight}
              aria-label={start.openActivity(title)}
              onClick={() => open(unit)}
            >
              {title}
            </Button>
          );
        })}
        <span className="spacer" />
        <HandInButton activity={activity} graded={graded} />
      </p>
    </li>
  );
}
