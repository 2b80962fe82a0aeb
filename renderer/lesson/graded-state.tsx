import { CircleCheck, CircleDashed } from 'lucide-react';
import { useTexts } from '../store/use-model.ts';
import { InlineMarkdown } from '../ui/markdown.tsx';
import './graded-state.css';

/** What a graded activity still lacks, by the titles of its checks; unfolds when there is something. */
export function GradedState({ missing }: { readonly missing: readonly string[] }) {
  const { graded } = useTexts();
  if (missing.length === 0) {
    return (
      <p className="graded-state graded-complete">
        <CircleCheck size={14} aria-hidden /> {graded.complete}
      </p>
    );
  }
  return (
    <details className="graded-state">
      <summary>
        <CircleDashed size={14} aria-hidden /> {graded.missing(missing.length)}
      </summary>
      <ul>
        {missing.map((title) => (
          <li key={title}>
            <InlineMarkdown source={title} />
          </li>
        ))}
      </ul>
    </details>
  );
}
