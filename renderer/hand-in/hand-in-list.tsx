import { CircleCheck, CircleDashed } from 'lucide-react';
import type { HandInState } from '../../main/contract/hand-in-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { InlineMarkdown } from '../ui/markdown.tsx';

/** Notebooks, evidence and checks, each with what it lacks. */
export function HandInList({ state }: { readonly state: HandInState }) {
  const { handIn } = useTexts();
  const { notebooks, evidence, checks } = state;
  const passed = checks.filter((check) => check.passed).length;
  const isComplete =
    passed === checks.length && evidence.every(({ isThere }) => isThere) && notebooks.every(hasOutputs);
  return (
    <>
      <p className={isComplete ? 'hand-in-complete' : 'hand-in-missing'}>
        {isComplete ? handIn.complete : handIn.missing}
      </p>
      <section className="hand-in-part">
        <h3>{handIn.notebooks}</h3>
        <ul>
          {notebooks.map((notebook) => (
            <Line
              key={notebook.unit}
              title={notebook.title}
              isDone={hasOutputs(notebook)}
              message={notebook.path === null ? handIn.noNotebook : notebook.hasRun ? handIn.ready : handIn.notRun}
            />
          ))}
        </ul>
      </section>
      <section className="hand-in-part">
        <h3>{handIn.evidence}</h3>
        <ul>
          {evidence.map(({ id, title, isThere, message }) => (
            <Line key={id} title={title} isDone={isThere} message={isThere ? handIn.there : message} />
          ))}
        </ul>
      </section>
      <details className="hand-in-part" open={passed < checks.length}>
        <summary>
          {handIn.checks} · {handIn.checksPassed(passed, checks.length)}
        </summary>
        <ul>
          {checks.map(({ unit, id, title, passed: isDone, message }) => (
            <Line key={`${unit}/${id}`} title={title} isDone={isDone} message={message} />
          ))}
        </ul>
      </details>
    </>
  );
}

const hasOutputs = ({ path, hasRun }: HandInState['notebooks'][number]): boolean => path !== null && hasRun;

type LineProps = { readonly title: string; readonly isDone: boolean; readonly message: string };

function Line({ title, isDone, message }: LineProps) {
  return (
    <li className={isDone ? 'hand-in-line hand-in-done' : 'hand-in-line'}>
      {isDone ? <CircleCheck size={15} aria-hidden /> : <CircleDashed size={15} aria-hidden />}
      <span>
        <InlineMarkdown source={title} />
        <small>
          <InlineMarkdown source={message} />
        </small>
      </span>
    </li>
  );
}
