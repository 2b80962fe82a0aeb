import { lockDataFolder } from '../workspace/data-folder-lock.ts';
import type { HostLink } from './serve-link.ts';
import { requestHandlers } from './request-handlers.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

/** A workbench on a data folder that is ours, or the address of the window of whoever has it. */
export type OpenedWorkbench =
  | { readonly kind: 'elsewhere'; readonly address: string }
  | {
      readonly kind: 'open';
      readonly link: HostLink;
      /** Tells a second start where this one's window is. */
      readonly announce: (address: string) => Promise<void>;
      /** Watches the folder and warms a kernel; the window may be served before. */
      readonly start: () => Promise<void>;
      readonly close: () => Promise<void>;
    };

/** Takes the data folder and makes its host. Every shell begins here. */
export async function openWorkbench(
  options: Omit<WorkbenchOptions, 'wasLeft'>,
  log: (message: string) => void,
): Promise<OpenedWorkbench> {
  const lock = await lockDataFolder(options.dataFolder);
  if (lock.kind === 'held') return { kind: 'elsewhere', address: lock.owner.address };
  const workbench = new Workbench({ ...options, wasLeft: lock.wasLeft });
  return {
    kind: 'open',
    link: { handlers: requestHandlers(workbench), subscribe: (listener) => workbench.subscribe(listener), log },
    announce: lock.announce,
    start: () => workbench.start(),
    close: async () => {
      await workbench.close();
      await lock.release();
    },
  };
}
