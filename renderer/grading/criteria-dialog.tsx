import { useState } from 'react';
import type { PackCriterion, PackSummary } from '../../main/contract/grading-schema.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { InlineMarkdown } from '../ui/markdown.tsx';
import { ReferenceButton } from './reference-button.tsx';

type CriteriaDialogProps = { readonly pack: PackSummary; readonly onClose: () => void };

/** What each criterion is worth, to be changed; the solution of each unit, to be opened. */
export function CriteriaDialog({ pack, onClose }: CriteriaDialogProps) {
  const { texts } = useModel();
  const words = texts.grading;
  return (
    <Dialog title={words.criteria} onClose={onClose} wide footer={<Button onClick={onClose}>{texts.app.close}</Button>}>
      <p className="grading-note">{words.criteriaLead}</p>
      {pack.activities.map(({ id, title, points, units }) => (
        <section key={id} className="criteria" aria-label={title}>
          <h3>
            {title} <span className="chip">{words.activityPoints(points)}</span>
          </h3>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.criterion}</th>
                <th scope="col">{words.pointsColumn}</th>
              </tr>
            </thead>
            <tbody>
              {pack.criteria
                .filter(({ activity }) => activity === id)
                .map((criterion) => (
                  <CriterionLine key={criterion.id} criterion={criterion} />
                ))}
            </tbody>
          </table>
          <p className="grading-actions">
            <span className="grading-note">{words.solution}</span>
            {units.map((unit) => (
              <ReferenceButton key={unit} unit={unit} />
            ))}
          </p>
        </section>
      ))}
    </Dialog>
  );
}

function CriterionLine({ criterion }: { readonly criterion: PackCriterion }) {
  const { grading, texts } = useModel();
  const words = texts.grading;
  const { activity, id, text, points, isManual } = criterion;
  const [typed, setTyped] = useState(words.points(points));
  const value = Number(typed.replace(',', '.'));
  const isWrong = typed.trim() === '' || !(value >= 0 && value <= 100);
  const keep = () => {
    if (isWrong || value === points) return;
    setTyped(words.points(value));
    void grading.setPoints(activity, id, value);
  };
  return (
    <tr>
      <th scope="row">
        <InlineMarkdown source={text} /> {isManual ? <small>({words.manualHint})</small> : null}
      </th>
      <td>
        <input
          className="criteria-points"
          inputMode="decimal"
          aria-label={words.pointsOf(text)}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${activity}-${id}-wrong` : undefined}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
          }}
        />
        {isWrong ? (
          <small id={`${activity}-${id}-wrong`} className="grading-bad">
            {words.pointsWrong}
          </small>
        ) : null}
      </td>
    </tr>
  );
}
