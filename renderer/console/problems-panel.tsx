import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';

/** What went wrong since the window opened, newest first. */
export function ProblemsPanel() {
  const { notices, texts } = useModel();
  const problems = useStore(notices.problems);
  if (problems.length === 0) return <p className="panel-empty">{texts.problems.empty}</p>;
  return (
    <ul className="problem-list scroll">
      {problems.toReversed().map((problem) => (
        <li key={problem.id} className="problem">
          <header>
            <time dateTime={problem.at}>{texts.format.clock(problem.at)}</time>
            <b>{problem.title}</b>
            <span className="chip">{texts.problems.blame[problem.blame]}</span>
          </header>
          {problem.detail === '' ? null : <pre tabIndex={0}>{problem.detail}</pre>}
        </li>
      ))}
    </ul>
  );
}
