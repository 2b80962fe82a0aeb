import { Check } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { GuideQuestion } from '../../main/contract/guide-schema.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { InlineMarkdown, Markdown } from '../ui/markdown.tsx';
import type { ActivityStore } from './activity-store.ts';
import './question-card.css';

type QuestionCardProps = { readonly activity: ActivityStore; readonly question: GuideQuestion };

/** A question of the guide: the learner answers first, then sees what is right and why. */
export function QuestionCard({ activity, question }: QuestionCardProps) {
  const [wasAsked] = useState(question.answer === null);
  return (
    <div className="question">
      <Markdown source={question.text} />
      {question.answer === null ? (
        <QuestionForm activity={activity} question={question} />
      ) : (
        <AnsweredQuestion question={question} answer={question.answer} isNew={wasAsked} />
      )}
    </div>
  );
}

function QuestionForm({ activity, question }: QuestionCardProps) {
  const { notices, texts } = useModel();
  const { questions } = texts;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isSending, setSending] = useState(false);
  const name = useId();
  const choose = (id: string) => {
    if (!question.several) return setChosen([id]);
    setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  };
  const answer = async () => {
    setSending(true);
    const answered = await activity.answer(question.id, chosen);
    setSending(false);
    if (answered === null) notices.toast({ text: questions.failed, tone: 'bad' });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void answer();
      }}
    >
      <fieldset>
        <legend className="visually-hidden">
          <InlineMarkdown source={question.text} />
        </legend>
        {question.several ? <p className="question-note">{questions.several}</p> : null}
        {question.options.map((option) => (
          <label key={option.id} className="question-option">
            <input
              type={question.several ? 'checkbox' : 'radio'}
              name={name}
              checked={chosen.includes(option.id)}
              onChange={() => choose(option.id)}
            />
            <span>
              <InlineMarkdown source={option.text} />
            </span>
          </label>
        ))}
      </fieldset>
      <Button type="submit" small disabled={chosen.length === 0 || isSending}>
        {isSending ? questions.answering : questions.answer}
      </Button>
    </form>
  );
}

type Answer = NonNullable<GuideQuestion['answer']>;

type AnsweredQuestionProps = {
  readonly question: GuideQuestion;
  readonly answer: Answer;
  /** Answered just now: the button that had the focus is gone. */
  readonly isNew: boolean;
};

function AnsweredQuestion({ question, answer, isNew }: AnsweredQuestionProps) {
  const { questions } = useTexts();
  const verdict = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isNew) verdict.current?.focus();
  }, [isNew]);
  return (
    <>
      <ul className="question-answers">
        {question.options.map((option) => (
          <AnsweredOption key={option.id} text={option.text} id={option.id} answer={answer} />
        ))}
      </ul>
      <div ref={verdict} tabIndex={-1} className={`question-verdict${isRight(answer) ? ' question-right' : ''}`}>
        <b>{isRight(answer) ? questions.right : questions.wrong}</b>
        <Markdown source={answer.explanation} />
      </div>
      <p className="question-note">{questions.answeredAt(answer.at)}</p>
    </>
  );
}

type AnsweredOptionProps = { readonly id: string; readonly text: string; readonly answer: Answer };

function AnsweredOption({ id, text, answer }: AnsweredOptionProps) {
  const { questions } = useTexts();
  const isRightOption = answer.right.includes(id);
  const said = [
    ...(isRightOption ? [questions.rightOption] : []),
    ...(answer.chosen.includes(id) ? [questions.chosenOption] : []),
  ];
  return (
    <li className={isRightOption ? 'answer-right' : ''}>
      <span className="answer-mark" aria-hidden>
        {isRightOption ? <Check size={13} strokeWidth={3} /> : answer.chosen.includes(id) ? '○' : ''}
      </span>
      <span>
        <InlineMarkdown source={text} />
        {said.length === 0 ? null : <em> ({said.join(', ')})</em>}
      </span>
    </li>
  );
}

const isRight = ({ chosen, right }: Answer): boolean =>
  chosen.length === right.length && right.every((id) => chosen.includes(id));
