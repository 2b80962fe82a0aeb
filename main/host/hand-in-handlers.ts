import type { HandlersOf } from '../contract/host-api.ts';
import type { Workbench } from './workbench.ts';

/** What a student hands in. */
export const handInHandlers = ({ work: { handIns } }: Workbench): HandlersOf<'handIn'> => ({
  'handIn.look': (choice) => handIns.look(choice),
  'handIn.save': (choice) => handIns.save(choice),
  'handIn.read': async ({ name }) => ({ base64: await handIns.read(name) }),
});
