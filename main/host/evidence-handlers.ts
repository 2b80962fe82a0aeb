import { evidenceRequirements } from '../../exercises/graded-activities.ts';
import type { HandlersOf } from '../contract/host-api.ts';
import type { Workbench } from './workbench.ts';

const textUnits = new Set(evidenceRequirements.flatMap(({ rule }) => (rule.kind === 'check' ? [rule.unit] : [])));

/** Captures of what a learner's programs showed, and whose they are. */
export const evidenceHandlers = ({
  activities,
  work: { evidence, student },
}: Workbench): HandlersOf<'evidence' | 'student'> => ({
  'evidence.list': async ({ activity }) => {
    // What is to be written may have been written, or taken away, since the unit was last checked.
    await Promise.all([...textUnits].map((unit) => activities.check(unit)));
    const { items, required } = await evidence.list(activity);
    return { items: [...items], required: [...required] };
  },
  'evidence.draft': async (request) => ({ item: await evidence.draft(request) }),
  'evidence.capture': async ({ unit, id, png }) => evidence.capture(unit, id, Buffer.from(png, 'base64')),
  'evidence.read': async ({ unit, id }) => evidence.read(unit, id),
  'evidence.remove': async ({ unit, id }) => {
    await evidence.remove(unit, id);
    return {};
  },
  'student.read': async () => ({ student: student.read() }),
  'student.write': async (given) => {
    await student.write(given);
    return {};
  },
});
