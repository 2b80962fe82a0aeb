import { useTexts } from '../store/use-model.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { tracebackOf, type ErrorData } from './output-text.ts';
import './error-output.css';

/** The learner stopped the cell: nothing went wrong, and where Python was is folded below. */
export function StoppedOutput({ error }: { readonly error: ErrorData }) {
  const { outputs } = useTexts();
  const original = tracebackOf(error);
  return (
    <details className="stopped">
      <summary>
        <b>{outputs.stopped}</b> {outputs.stoppedAt}
      </summary>
      <div className="failure-folded">
        <pre className="failure-original" lang="en">
          {original}
        </pre>
        <CopyButton text={original} label={outputs.copy} />
      </div>
    </details>
  );
}
