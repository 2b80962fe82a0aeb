import { CircleCheck, CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import type { GradedActivity } from '../../main/contract/guide-schema.ts';
import type { HandInState } from '../../main/contract/hand-in-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { InlineMarkdown } from '../ui/markdown.tsx';

type HandInListProps = {
  readonly found: HandInState;
  readonly graded: readonly GradedActivity[];
  readonly onFile: (unit: string, path: string) => void;
  /** What there is to say of the notebooks, below them. */
  readonly children: ReactNode;
};

/** Notebooks, evidence and checks, each with what it lacks. */
export function HandInList({ found, graded, onFile, children }: HandInListProps) {
  const { handIn } = useTexts();
  const { activities, notebooks, evidence, checks } = found;
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
            <NotebookLine key={notebook.unit} notebook={notebook} onFile={(path) => onFile(notebook.unit, path)} />
          ))}
        </ul>
      </section>
      {children}
      <section className="hand-in-part">
        <h3>{handIn.evidence}</h3>
        {activities.map((activity) => (
          <div key={activity.id}>
            {activities.length === 1 ? null : (
              <h4>{graded.find(({ id }) => id === activity.id)?.title ?? activity.title}</h4>
            )}
            <ul>
              {evidence
                .filter((it) => it.activity === activity.id)
                .map(({ id, title, isThere, message }) => (
                  <Line key={id} title={title} isDone={isThere} message={isThere ? handIn.there : message} />
                ))}
            </ul>
          </div>
        ))}
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

type FoundNotebook = HandInState['notebooks'][number];

const hasOutputs = ({ path, hasRun }: FoundNotebook): boolean => path !== null && hasRun;

type NotebookLineProps = { readonly notebook: FoundNotebook; readonly onFile: (path: string) => void };

/** Which file is handed in, and the choice where several could be meant. */
function NotebookLine({ notebook, onFile }: NotebookLineProps) {
  const { handIn } = useTexts();
  const { title, path, hasRun, files } = notebook;
  const message = path === null ? handIn.noNotebook : hasRun ? handIn.ready : handIn.notRun;
  return (
    <Line title={title} isDone={hasOutputs(notebook)} message={message}>
      {path === null ? null : files.length === 1 ? (
        <code className="hand-in-file">{path}</code>
      ) : (
        <label className="hand-in-file">
          {handIn.takes}{' '}
          <select aria-label={handIn.fileOf(title)} value={path} onChange={(event) => onFile(event.target.value)}>
            {files.map((file) => (
              <option key={file.path} value={file.path}>
                {handIn.savedAt(file.path, file.savedAt)}
              </option>
            ))}
          </select>
        </label>
      )}
    </Line>
  );
}

type LineProps = {
  readonly title: string;
  readonly isDone: boolean;
  readonly message: string;
  readonly children?: ReactNode;
};

function Line({ title, isDone, message, children }: LineProps) {
  return (
    <li className={isDone ? 'hand-in-line hand-in-done' : 'hand-in-line'}>
      {isDone ? <CircleCheck size={15} aria-hidden /> : <CircleDashed size={15} aria-hidden />}
      <span>
        <InlineMarkdown source={title} />
        <small>
          <InlineMarkdown source={message} />
        </small>
        {children}
      </span>
    </li>
  );
}
