import type { BatchScript } from '../api/batch-script.ts';
import type { QueryRun } from './query-run.ts';
import type { RunListener } from './run-query.ts';

/** Nobody comes by: only a stop, or somebody who waits for data, ends the pause. A number would be time that a skipping clock jumps to for ever. */
const idlePauseMs = Number.POSITIVE_INFINITY;

/** Runs the batches that a replay names, when it names them. Then it ends where the trigger ends by itself, and else waits to be stopped. */
export async function runScripted(
  run: QueryRun,
  script: BatchScript,
  listener: RunListener,
  does: { readonly trigger: () => Promise<boolean>; readonly reportIdle: () => Promise<void> },
): Promise<void> {
  const { spec, identity } = run;
  const query = {
    queryId: identity.id,
    runId: identity.runId,
    name: spec.name ?? null,
    cell: spec.cell ?? null,
  };
  for (;;) {
    const turn = await script.next(query, listener.stopping);
    if (turn === null || listener.isStopping()) break;
    if (turn.kind === 'idle') {
      await does.reportIdle();
    } else {
      run.scripted = turn;
      await does.trigger();
      // Their ends are those already reached: only what is due without data runs.
      while (turn.isFollowed && !listener.isStopping() && (await does.trigger()));
    }
    script.done(query);
  }
  if (spec.trigger.kind === 'once' || spec.trigger.kind === 'available_now') return;
  while (!listener.isStopping()) {
    listener.nothingLeft(listener.moment());
    await listener.pause(idlePauseMs, true);
  }
}
