import { CircleX } from 'lucide-react';
import type { ErrorCard } from '../../main/contract/events.ts';
import { useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { InlineMarkdown } from '../ui/markdown.tsx';
import type { CellFailure } from './cell-facts.ts';
import { tracebackOf, type ErrorData } from './output-text.ts';
import './error-output.css';

type ErrorOutputProps = {
  readonly error: ErrorData;
  readonly failure: CellFailure | null;
  readonly onLine: (line: number) => void;
};

/** An exception: with a card, what happened and what to do, and the original folded below; without one, the original. */
export function ErrorOutput({ error, failure, onLine }: ErrorOutputProps) {
  const { outputs } = useTexts();
  const original = tracebackOf(error);
  const line = failure?.line ?? null;
  const card = failure?.card ?? null;
  const toLine =
    line === null ? null : (
      <Button tone="link" onClick={() => onLine(line)}>
        {outputs.goToLine(line)}
      </Button>
    );
  if (card === null) {
    return (
      <div className="failure">
        <div className="failure-head">
          <CircleX size={15} aria-hidden />
          <b lang="en">{error.ename}</b>
          <span className="spacer" />
          {toLine}
          <CopyButton text={original} label={outputs.copy} />
        </div>
        <pre className="failure-original" lang="en">
          {original}
        </pre>
      </div>
    );
  }
  return <FailureCard card={card} original={original} action={toLine} />;
}

type FailureCardProps = { readonly card: ErrorCard; readonly original: string; readonly action?: React.ReactNode };

/** A short card in the learner's language over Spark's own words. */
export function FailureCard({ card, original, action }: FailureCardProps) {
  const { outputs } = useTexts();
  return (
    <div className="failure">
      <div className="failure-head">
        <CircleX size={15} aria-hidden />
        <b>
          <InlineMarkdown source={card.title} />
        </b>
      </div>
      <p>
        <InlineMarkdown source={card.why} />
      </p>
      <p className="failure-fix">
        <InlineMarkdown source={card.fix} /> {action}
      </p>
      <details>
        <summary>{outputs.original}</summary>
        <div className="failure-folded">
          <pre className="failure-original" lang="en">
            {original}
          </pre>
          <CopyButton text={original} label={outputs.copy} />
        </div>
      </details>
    </div>
  );
}
