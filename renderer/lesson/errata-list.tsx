import type { Errata } from '../../main/contract/guide-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { InlineMarkdown, Markdown } from '../ui/markdown.tsx';

/** What the course's page prints, what Spark does with it, and the fix. */
export function ErrataList({ errata }: { readonly errata: readonly Errata[] }) {
  const { lesson } = useTexts();
  return (
    <div className="errata">
      {errata.map((one) => (
        <details key={one.id} className="erratum">
          <summary>
            <InlineMarkdown source={one.title} />
          </summary>
          <dl>
            <dt>{lesson.errataPrinted}</dt>
            <dd>
              <Markdown source={one.printed} />
            </dd>
            <dt>{lesson.errataHappens}</dt>
            <dd>
              <Markdown source={one.happens} />
            </dd>
            <dt>{lesson.errataFix}</dt>
            <dd>
              <Markdown source={one.fix} />
            </dd>
          </dl>
        </details>
      ))}
    </div>
  );
}
