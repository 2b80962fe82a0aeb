import type { ActivitySummary } from '../../main/contract/guide-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { InlineMarkdown } from '../ui/markdown.tsx';
import { useOpenActivity } from './use-open-activity.ts';

/** One activity: what it is about and how far it is done. The whole card opens it. */
export function ActivityCard({
  activity,
  isCurrent,
}: {
  readonly activity: ActivitySummary;
  readonly isCurrent: boolean;
}) {
  const { start } = useTexts();
  const open = useOpenActivity();
  const { stepsDone, stepsTotal } = activity;
  const [number = '', ...name] = activity.title.split(' · ');
  const progress =
    stepsDone === stepsTotal
      ? start.done
      : stepsDone === 0 && activity.lastOpened === null
        ? start.notStarted
        : start.progress(stepsDone, stepsTotal);
  return (
    <li className={`activity${isCurrent ? ' activity-current' : ''}`}>
      <p className="activity-top">
        <span>{name.length === 0 ? '' : number}</span>
        <span>{start.minutes(activity.minutes)}</span>
      </p>
      <h2>
        <button
          type="button"
          className="activity-open"
          onClick={() => open(activity.id)}
          aria-label={start.openActivity(activity.title)}
        >
          {name.length === 0 ? activity.title : name.join(' · ')}
        </button>
      </h2>
      <p className="activity-summary">
        <InlineMarkdown source={activity.summary} />
      </p>
      <div className="activity-foot">
        {activity.tags === undefined || activity.tags.length === 0 ? null : (
          <p className="activity-tags">
            {activity.tags.map((tag) => (
              <span key={tag} className="chip">
                {tag}
              </span>
            ))}
          </p>
        )}
        <p className="activity-progress">
          <span className="meter" aria-hidden>
            <i style={{ width: `${(100 * stepsDone) / Math.max(1, stepsTotal)}%` }} />
          </span>
          {progress}
        </p>
      </div>
    </li>
  );
}
