import type { Proposal } from '../../main/contract/grading-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { InlineMarkdown } from '../ui/markdown.tsx';

/** What is proposed for each criterion and why; the teacher decides. */
export function ProposalTable({ proposal }: { readonly proposal: readonly Proposal[] }) {
  const { grading: words } = useTexts();
  const sum = (value: (line: Proposal) => number) => proposal.reduce((total, line) => total + value(line), 0);
  return (
    <section className="card detail-card" aria-label={words.proposal}>
      <h2>{words.proposal}</h2>
      <table className="proposal">
        <thead>
          <tr>
            <th scope="col">{words.criterion}</th>
            <th scope="col">{words.reason}</th>
            <th scope="col" className="grading-number">
              {words.columns.points}
            </th>
          </tr>
        </thead>
        <tbody>
          {proposal.map(({ activity, criterion, text, reason, points, proposed, isManual }) => (
            <tr key={`${activity}/${criterion}`}>
              <th scope="row">
                <InlineMarkdown source={text} />
              </th>
              <td>{isManual ? `${reason} (${words.manualHint})` : reason}</td>
              <td className="grading-number">
                {isManual ? `${words.manual} / ${words.points(points)}` : words.pointsOfMost(proposed, points)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {words.total}
            </th>
            <td className="grading-number">
              {words.pointsOfMost(
                sum((line) => line.proposed),
                sum((line) => line.points),
              )}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
