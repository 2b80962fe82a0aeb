import { useEffect } from 'react';
import type { GradedActivity } from '../../main/contract/guide-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { GradedState } from './graded-state.tsx';

/** In the guide of a unit: the graded activities it counts for, and what they still lack. `passed` checks: when it grows, the host is asked again. */
export function GradedNotes({ unit, passed }: { readonly unit: string; readonly passed: number }) {
  const model = useModel();
  const graded = useStore(model.catalogue, (catalogue) => catalogue?.graded) ?? noneGraded;
  useEffect(() => void model.loadCatalogue(), [model, passed]);
  return graded
    .filter(({ units }) => units.includes(unit))
    .map((activity) => <GradedNote key={activity.id} activity={activity} />);
}

const noneGraded: readonly GradedActivity[] = [];

function GradedNote({ activity }: { readonly activity: GradedActivity }) {
  const { graded } = useTexts();
  return (
    <section className="graded-note" aria-label={activity.title}>
      <p>
        {graded.inGuide} <b>{activity.title}</b> <span className="chip">{graded.points(activity.points)}</span>
      </p>
      <GradedState missing={activity.missing} />
    </section>
  );
}
