import { lazy, Suspense } from 'react';
import type { Guide } from '../../main/contract/guide-schema.ts';
import { useTexts } from '../store/use-model.ts';
import type { ActivityStore } from './activity-store.ts';
import { CommandList } from './command-list.tsx';
import { ErrataList } from './errata-list.tsx';
import { LessonSection } from './lesson-section.tsx';
import { QuestionCard } from './question-card.tsx';

// Spark's own reader of intervals comes with it, and most activities have no calculator.
const WindowCalculatorCard = lazy(() =>
  import('./window-calculator-card.tsx').then((it) => ({ default: it.WindowCalculatorCard })),
);

type LessonSectionsProps = { readonly activity: ActivityStore; readonly guide: Guide };

/** What the guide has besides its steps: questions, the calculator, the course's commands and its errata. */
export function LessonSections({ activity, guide }: LessonSectionsProps) {
  const texts = useTexts();
  const { lesson, questions, calculator } = texts;
  const { calculator: offered } = guide;
  const asks = guide.questions.some(({ answer }) => answer === null);
  return (
    <div className="lesson-sections">
      {guide.questions.length === 0 ? null : (
        <LessonSection title={questions.title} isOpenAtFirst>
          {() => (
            <>
              <p className="lesson-note">{questions.intro}</p>
              {guide.questions.map((question) => (
                <QuestionCard key={question.id} activity={activity} question={question} />
              ))}
            </>
          )}
        </LessonSection>
      )}
      {offered === null ? null : (
        <LessonSection title={calculator.title}>
          {() => (
            <Suspense fallback={<p className="lesson-note">{texts.app.loading}</p>}>
              {/* The instant is usually that of a question: its windows must not be on the screen before the learner's answer. */}
              <WindowCalculatorCard key={String(asks)} initial={asks ? { ...offered, instant: '' } : offered} />
            </Suspense>
          )}
        </LessonSection>
      )}
      {guide.commands.length === 0 ? null : (
        <LessonSection title={lesson.commands}>{() => <CommandList commands={guide.commands} />}</LessonSection>
      )}
      {guide.errata.length === 0 ? null : (
        <LessonSection title={lesson.errata} isOpenAtFirst>
          {() => <ErrataList errata={guide.errata} />}
        </LessonSection>
      )}
    </div>
  );
}
