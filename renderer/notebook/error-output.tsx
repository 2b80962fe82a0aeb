import { CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorCard } from '../../main/contract/events.ts';
import { CaptureButton } from '../capture/capture-button.tsx';
import { useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { InlineMarkdown } from '../ui/markdown.tsx';
import type { CellFailure } from './cell-facts.ts';
import { errorText, tracebackOf, type ErrorData } from './output-text.ts';
import './error-output.css';

type ErrorOutputProps = {
  readonly path: string;
  readonly cell: string;
  readonly error: ErrorData;
  readonly failure: CellFailure | null;
  readonly onLine: (line: number) => void;
};

/** An exception: with a card, what happened and what to do, and the original folded below; without one, the original. */
export function ErrorOutput({ path, cell, error, failure, onLine }: ErrorOutputProps) {
  const { outputs, capture } = useTexts();
  const original = tracebackOf(error);
  const line = failure?.line ?? null;
  const card = failure?.card ?? null;
  const toLine =
    line === null ? null : (
      <Button tone="link" onClick={() => onLine(line)}>
        {outputs.goToLine(line)}
      </Button>
    );
  const shot = (
    <CaptureButton
      label={capture.error(error.ename)}
      what={() => ({
        kind: 'output',
        path,
        cell,
        query: null,
        runId: null,
        name: error.ename,
        text: errorText(error),
      })}
    />
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
          {shot}
        </div>
        <pre className="failure-original" lang="en">
          {original}
        </pre>
      </div>
    );
  }
  return <FailureCard card={card} original={original} action={toLine} tools={shot} />;
}

type FailureCardProps = {
  readonly card: ErrorCard;
  readonly original: string;
  readonly action?: ReactNode;
  readonly tools?: ReactNode;
};

/** A short card in the learner's language over Spark's own words. */
export function FailureCard({ card, original, action, tools }: FailureCardProps) {
  const { outputs } = useTexts();
  return (
    <div className="failure">
      <div className="failure-head">
        <CircleX size={15} aria-hidden />
        <b>
          <InlineMarkdown source={card.title} />
        </b>
        {tools === undefined ? null : (
          <>
            <span className="spacer" />
            {tools}
          </>
        )}
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
