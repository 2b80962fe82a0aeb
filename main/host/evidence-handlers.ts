import type { HandlersOf } from '../contract/host-api.ts';
import type { Workbench } from './workbench.ts';

/** Captures of what a learner's programs showed, and whose they are. */
export const evidenceHandlers = ({ work: { evidence, student } }: Workbench): HandlersOf<'evidence' | 'student'> => ({
  'evidence.list': async ({ activity }) => {
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
