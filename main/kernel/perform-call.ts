import type { Command } from '../../engine/plan/command.ts';
import type { CommandCaller, KernelPorts } from './command-port.ts';
import { hostPath } from './guest-path.ts';
import type { FolderMount } from './kernel-messages.ts';

/** Hands a call of Python to the port it is for: `command` to the session, `clock.…` to the clock, every other operation to the services. */
export async function performCall(
  ports: KernelPorts,
  mounts: readonly FolderMount[],
  operation: string,
  input: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (operation === 'command') {
    const { command, caller } = input as { readonly command: Command; readonly caller: CommandCaller };
    return ports.commands.run(command, { ...caller, folder: hostPath(caller.folder, mounts) }, signal);
  }
  if (operation === 'clock.sleep') return ports.clock?.forHolders.sleep(Number(input), signal);
  // A cell that awaits still counts as running: what else its event loop has to do is not known here.
  if (operation === 'clock.timer') return ports.clock?.sleep(Number(input), signal);
  if (ports.services) return ports.services.call(operation, input, signal);
  throw new Error(`no service answers ${operation}`);
}
