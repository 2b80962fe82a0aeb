import type { GradedActivity } from '../../main/contract/guide-schema.ts';
import { useTexts } from '../store/use-model.ts';

type ActivityChoiceProps = {
  readonly graded: readonly GradedActivity[];
  readonly chosen: readonly string[];
  readonly onChoose: (activities: readonly string[]) => void;
};

/** Which activities go into one bundle. */
export function ActivityChoice({ graded, chosen, onChoose }: ActivityChoiceProps) {
  const { handIn } = useTexts();
  const all = graded.map(({ id }) => id);
  const isAll = all.every((id) => chosen.includes(id));
  const toggle = (id: string) => onChoose(all.filter((it) => (it === id) !== chosen.includes(it)));
  return (
    <fieldset className="hand-in-choice">
      <legend>{handIn.activities}</legend>
      {graded.map(({ id, title }) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
          {title}
        </label>
      ))}
      <label className="hand-in-together">
        <input type="checkbox" checked={isAll} onChange={() => onChoose(isAll ? chosen.slice(0, 1) : all)} />
        {handIn.together(graded.length)}
      </label>
      {chosen.length === 0 ? <p className="hand-in-missing">{handIn.chooseOne}</p> : null}
    </fieldset>
  );
}
