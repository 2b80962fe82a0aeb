import type { ExecuteReply } from './kernel-messages.ts';

/** The answer for a cell whose interpreter died under it. */
export const diedReply = (reason: string): ExecuteReply => ({
  status: 'error',
  count: 0,
  ms: 0,
  error: { ename: 'KernelDied', evalue: reason, frames: [], traceback: `KernelDied: ${reason}` },
});

/** The answer for a cell that Stop withdrew before it began. */
export const interruptedReply: ExecuteReply = {
  status: 'error',
  count: 0,
  ms: 0,
  error: { ename: 'KeyboardInterrupt', evalue: '', frames: [], traceback: 'KeyboardInterrupt' },
};
