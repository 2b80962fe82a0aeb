import type { ExecuteReply, KernelEvent, Script, ScriptReply } from './kernel-messages.ts';

/** Questions that are answered even while a cell runs. */
export type KernelService = 'complete' | 'signature' | 'variables' | 'inspect';

/** A Python that runs a learner's cells, one at a time and in order. */
export interface Kernel {
  /** Resolves when Python is ready for the first cell. */
  start(): Promise<void>;
  /** Runs a cell after those already asked for. A failing cell resolves with its error; `path` names it in tracebacks. */
  execute(cell: string, source: string, path?: string): Promise<ExecuteReply>;
  /** Runs a program as `python path args…` would, output streaming as events of `cell`. */
  runScript(cell: string, script: Script): Promise<ScriptReply>;
  /** Stops what runs now: `KeyboardInterrupt` in the learner's code. Cells that wait are withdrawn. */
  interrupt(): void;
  service(name: KernelService, ...args: readonly unknown[]): Promise<unknown>;
  /** A fresh interpreter: every variable is gone. Pending cells fail. */
  restart(): Promise<void>;
  shutdown(): Promise<void>;
  /** Returns the function that ends the subscription. */
  on(listener: (event: KernelEvent) => void): () => void;
}
