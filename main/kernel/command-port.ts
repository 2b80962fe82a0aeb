import type { Command, CommandKind, CommandResults } from '../../engine/plan/command.ts';
import type { KernelClock } from './kernel-clock.ts';

/** Where a command comes from: what errors, charts and outputs point back to. */
export type CommandCaller = {
  /** The cell that asked; inside `foreachBatch` and listeners, the cell that started the query. Null: no cell (a timer, say). */
  readonly cell: string | null;
  /** Line of the learner's program, 0 when unknown. */
  readonly line: number;
  /** Python's name for the session: `s0` is the first, `s1` may come from `newSession`; `s0/f3` is the clone of `s0` in which the `foreachBatch` function `f3` runs. */
  readonly session: string;
  /** Python's working folder now, absolute, in the host's own spelling: relative paths in the command start here. */
  readonly folder: string;
};

export type CommandReply = CommandResults[CommandKind];

/** The way from the learner's Python to a Spark session. `main/host` implements it. */
export interface CommandPort {
  /**
   * Answers with the command kind's entry in `CommandResults`; rejects with `SparkError` for what a learner must see.
   * `signal` aborts when the learner interrupts: the wait ends, what the command started goes on (as in Spark).
   */
  run(command: Command, caller: CommandCaller, signal: AbortSignal): Promise<CommandReply>;
}

/** The way from the stand-in packages (`kafka`, `pymongo`, `mysql.connector`) to the host's services. Arguments and answers are JSON. */
export interface ServicePort {
  call(operation: string, input: unknown, signal: AbortSignal): Promise<unknown>;
}

export type KernelPorts = {
  readonly commands: CommandPort;
  readonly services?: ServicePort;
  /** Absent: the machine's. Python follows the one it was started with. */
  readonly clock?: KernelClock;
};
