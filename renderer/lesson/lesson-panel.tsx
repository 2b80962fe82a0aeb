import { Check, ListChecks } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { CheckResult, Guide, GuideStep } from '../../main/contract/guide-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardHead, Empty } from '../ui/card.tsx';
import { InlineMarkdown, Markdown } from '../ui/markdown.tsx';
import { isStepDone, type ActivityStore } from './activity-store.ts';
import { GradedNotes } from './graded-notes.tsx';
import { LessonSections } from './lesson-sections.tsx';
import './lesson.css';

/** The guide of the activity: numbered steps that the activity's own checks tick off. */
export function LessonPanel({ activity }: { readonly activity: ActivityStore | null }) {
  const { regions, lesson } = useTexts();
  return (
    <Card label={regions.guide} className="lesson">
      {activity === null ? (
        <>
          <CardHead title={regions.guide} />
          <Empty>{lesson.empty}</Empty>
        </>
      ) : (
        <ActivityLesson activity={activity} />
      )}
    </Card>
  );
}

function ActivityLesson({ activity }: { readonly activity: ActivityStore }) {
  const { notices, texts } = useModel();
  const { lesson } = texts;
  const { status, failure, guide, checks, isChecking } = useStore(activity.state);
  const done = guide?.steps.filter((step) => isStepDone(step, checks)).length ?? 0;
  const check = async () => {
    if (!(await activity.check())) return notices.toast({ text: lesson.checkFailed, tone: 'bad' });
    const { guide: judged, checks: results } = activity.state.get();
    const passed = judged?.steps.filter((step) => isStepDone(step, results)).length ?? 0;
    notices.announce(lesson.checked(passed, judged?.steps.length ?? 0));
  };
  return (
    <>
      <CardHead title={texts.regions.guide}>
        <Button small icon={ListChecks} disabled={guide === null || isChecking} onClick={() => void check()}>
          {isChecking ? lesson.checking : lesson.check}
        </Button>
      </CardHead>
      {guide === null ? (
        <Empty
          action={status === 'failed' ? <Button onClick={() => void activity.open()}>{texts.app.retry}</Button> : null}
        >
          {status === 'failed' ? `${lesson.failed} ${failure ?? ''}` : texts.app.loading}
        </Empty>
      ) : (
        <div className="lesson-body scroll" tabIndex={-1}>
          <h3 className="lesson-title">{guide.title}</h3>
          <Markdown source={guide.intro} />
          <GradedNotes unit={guide.id} passed={checks.filter(({ passed }) => passed).length} />
          <p className="lesson-progress">
            <span className="meter" aria-hidden>
              <i style={{ width: `${(100 * done) / Math.max(1, guide.steps.length)}%` }} />
            </span>
            {done === guide.steps.length ? lesson.allDone : texts.start.progress(done, guide.steps.length)}
          </p>
          <Steps guide={guide} checks={checks} />
          <LessonSections activity={activity} guide={guide} />
        </div>
      )}
    </>
  );
}

function Steps({ guide, checks }: { readonly guide: Guide; readonly checks: readonly CheckResult[] }) {
  const { lesson } = useTexts();
  const now = guide.steps.find((step) => !isStepDone(step, checks))?.id ?? null;
  const [opened, setOpened] = useState<string | null>(null);
  const shown = opened ?? now;
  const list = useRef<HTMLOListElement>(null);
  // Who comes back in the middle of an activity sees the step that is next; a fresh start begins with the introduction.
  const isFresh = guide.steps[0]?.id === now;
  useEffect(() => {
    if (!isFresh) list.current?.querySelector('.step-now')?.scrollIntoView({ block: 'nearest' });
  }, [now, isFresh]);
  return (
    <ol ref={list} className="steps" aria-label={lesson.steps}>
      {guide.steps.map((step, position) => (
        <StepItem
          key={step.id}
          step={step}
          number={position + 1}
          state={isStepDone(step, checks) ? 'done' : step.id === now ? 'now' : 'later'}
          isOpen={step.id === shown}
          checks={checks}
          onToggle={() => setOpened(step.id === shown ? '' : step.id)}
        />
      ))}
    </ol>
  );
}

type StepItemProps = {
  readonly step: GuideStep;
  readonly number: number;
  readonly state: 'done' | 'now' | 'later';
  readonly isOpen: boolean;
  readonly checks: readonly CheckResult[];
  readonly onToggle: () => void;
};

function StepItem({ step, number, state, isOpen, checks, onToggle }: StepItemProps) {
  const { lesson } = useTexts();
  const bodyId = useId();
  const said = { done: lesson.stepDone, now: lesson.stepNow, later: lesson.stepLater }[state](number);
  const missing = checks.filter((check) => step.checks.includes(check.id) && !check.passed);
  return (
    <li className={`step step-${state}${isOpen ? ' step-open' : ''}`}>
      <button type="button" className="step-head" aria-expanded={isOpen} aria-controls={bodyId} onClick={onToggle}>
        <span className="step-number" aria-hidden>
          {state === 'done' ? <Check size={13} strokeWidth={3} /> : number}
        </span>
        <span>
          <span className="visually-hidden">{said}. </span>
          <InlineMarkdown source={step.title} />
        </span>
      </button>
      <div id={bodyId} className="step-body" hidden={!isOpen}>
        <Markdown source={step.body} />
        {state === 'done' || missing.length === 0 ? null : (
          <ul className="step-missing">
            {missing.map((check) => (
              <li key={check.id}>
                <InlineMarkdown source={check.message} />
              </li>
            ))}
          </ul>
        )}
        {step.hint === undefined ? null : (
          <details className="step-hint">
            <summary>{lesson.hint}</summary>
            <Markdown source={step.hint} />
          </details>
        )}
      </div>
    </li>
  );
}
