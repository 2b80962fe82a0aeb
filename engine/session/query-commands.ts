import { javaUuid } from '../core/java-uuid.ts';
import type { StreamingQueryCommand, StreamingQueryManagerCommand } from '../plan/command.ts';
import type { StreamingQuery } from '../microbatch/streaming-query.ts';
import { queryId } from '../core/ids.ts';
import type { EngineState } from './engine-state.ts';

const identity = (
  query: StreamingQuery,
): { readonly id: string; readonly run_id: string; readonly name: string | null } => ({
  id: query.id,
  run_id: query.runId,
  name: query.name ?? null,
});

/** Commands of one query, alive or ended. Waiting ends early, without harm to the query, when the learner interrupts. */
export async function runQueryCommand(
  { run_id, command }: StreamingQueryCommand,
  engine: EngineState,
  signal: AbortSignal,
): Promise<unknown> {
  const query = engine.queries.byRun(run_id);
  switch (command.kind) {
    case 'status':
      return query.status;
    case 'is_active':
      return { is_active: query.isActive };
    case 'last_progress':
      return query.lastProgress ?? null;
    case 'recent_progress':
      return query.recentProgress;
    case 'stop':
      await query.stop();
      return null;
    case 'process_all_available':
      await query.processAllAvailable(signal);
      return null;
    case 'exception':
      return query.exception === undefined ? null : { message: causeText(query.exception) };
    case 'explain':
      return { text: query.explain(command.extended) };
    case 'await_termination':
      return { terminated: await query.awaitTermination(command.timeout_ms, signal) };
  }
}

export async function runManagerCommand(
  { command }: StreamingQueryManagerCommand,
  engine: EngineState,
  signal: AbortSignal,
): Promise<unknown> {
  const manager = engine.queries;
  switch (command.kind) {
    case 'active':
      return { queries: manager.active.map(identity) };
    case 'get_query': {
      const found = manager.get(queryId(javaUuid(command.id)));
      return { query: found ? identity(found) : null };
    }
    case 'await_any_termination':
      return { terminated: await manager.awaitAnyTermination(command.timeout_ms, signal) };
    case 'reset_terminated':
      manager.resetTerminated();
      return null;
    case 'add_listener':
      manager.addListener(command.listener);
      return null;
    case 'remove_listener':
      manager.removeListener(command.listener);
      return null;
    case 'list_listeners':
      return { listeners: manager.listeners };
  }
}

/** `query.exception()` tells what went wrong without the sentence that `awaitTermination()` puts before it. */
const causeText = (failure: Error): string =>
  failure.message.replace(/^\[STREAM_FAILED\] .*? terminated with exception: /, '');
