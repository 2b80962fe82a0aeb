import type { Command } from '../../engine/plan/command.ts';

/** What a command that waits for a query waits for. `query` null: for any. `limitMs` undefined: as long as it takes. */
export type QueryWait = { readonly query: string | null; readonly limitMs: number | undefined };

/** Undefined for a command that does not wait for a query. */
export function queryWait(command: Command): QueryWait | undefined {
  if (command.kind === 'streaming_query_command') {
    const wait = command.command;
    if (wait.kind === 'await_termination') return { query: command.query_id, limitMs: wait.timeout_ms };
    if (wait.kind === 'process_all_available') return { query: command.query_id, limitMs: undefined };
  }
  if (command.kind === 'streaming_query_manager_command' && command.command.kind === 'await_any_termination')
    return { query: null, limitMs: command.command.timeout_ms };
  return undefined;
}
