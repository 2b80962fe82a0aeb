import { SparkError } from '../../../engine/core/spark-error.ts';
import type { Command } from '../../../engine/plan/command.ts';
import type { CommandCaller, CommandPort, CommandReply } from '../../../main/kernel/command-port.ts';

export type Recorded = { readonly command: Command; readonly caller: CommandCaller };
type Answer = (command: Command, caller: CommandCaller, signal: AbortSignal) => unknown;

const twoColumns = {
  type: 'struct',
  fields: [
    { name: 'n', type: 'long', nullable: true, metadata: {} },
    { name: 's', type: 'string', nullable: true, metadata: {} },
  ],
};

/** A session that analyzes nothing: it keeps what Python asks, and answers in the right shape. */
export class RecordingPort implements CommandPort {
  readonly recorded: Recorded[] = [];
  readonly #answer: Answer;

  /** `answer`: what differs from the usual answers; undefined leaves the usual one. */
  constructor(answer: Answer = () => undefined) {
    this.#answer = answer;
  }

  async run(command: Command, caller: CommandCaller, signal: AbortSignal): Promise<CommandReply> {
    this.recorded.push({ command, caller });
    const answer = await this.#answer(command, caller, signal);
    return (answer === undefined ? usualAnswer(command) : answer) as CommandReply;
  }

  last<Kind extends Command['kind']>(kind: Kind): Extract<Command, { readonly kind: Kind }> {
    const found = this.recorded.findLast(({ command }) => command.kind === kind)?.command;
    if (!found) throw new Error(`no ${kind} was asked`);
    return found as Extract<Command, { readonly kind: Kind }>;
  }
}

/** Resolves when the learner interrupts: what a waiting command does. */
export const untilAborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));

/** Reads one column `name type`, which is all that types in tests need; anything longer is the usual frame. */
function parseDdl(ddl: string): unknown {
  const words = ddl.split(' ');
  if (words.length === 1) throw new SparkError('ParseException', `no columns in ${ddl}`);
  if (words.length > 2) return twoColumns;
  return { type: 'struct', fields: [{ name: words[0], type: words[1], nullable: true, metadata: {} }] };
}

function usualAnswer(command: Command): unknown {
  switch (command.kind) {
    case 'analyze_plan':
      return {
        schema: command.plan.kind === 'local_relation' ? command.plan.schema : twoColumns,
        is_streaming: JSON.stringify(command.plan).includes('"is_streaming":true'),
      };
    case 'parse_ddl':
      return { schema: parseDdl(command.ddl) };
    case 'expression_text':
    case 'tree_string':
    case 'show_string':
    case 'explain':
      return { text: command.kind };
    case 'collect':
      return { schema: twoColumns, rows: [[1, 'a']] };
    case 'count':
      return { count: 1 };
    case 'create_session':
      return { existed: false };
    case 'write_stream_operation_start':
      return { id: 'query-1', run_id: 'run-1', name: command.query_name ?? null };
    default:
      return null;
  }
}
