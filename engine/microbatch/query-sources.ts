import type { ScriptedBatch } from '../api/batch-script.ts';
import type { Offset, ReadLimit, SourceRows, StreamSource } from '../api/source.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { plansOfKind } from '../plan/walk-plan.ts';

/** A source of a running query, with the position that committed batches have reached. */
export type OpenSource = {
  readonly key: number;
  readonly source: StreamSource;
  /** The plan asks for `input_file_name()` of its rows. */
  readonly fileNames: boolean;
  committed: Offset | null;
  /** End of the batch being run or last run. */
  available: Offset | null;
  /** The newest position the source named, for progress. */
  latest: Offset | null;
};

/** Keys of the streaming sources, in plan order, each once: the order of the lines in the offset log. */
export function streamKeys(plan: AnalyzedRelation): readonly number[] {
  return [...new Set(plansOfKind(plan, 'source').flatMap((node) => (node.isStreaming ? [node.sourceKey] : [])))];
}

export const asksFileNames = (plan: AnalyzedRelation, key: number): boolean =>
  plansOfKind(plan, 'source').some((node) => node.sourceKey === key && node.fileName !== undefined);

export const sameOffset = (a: Offset | null, b: Offset | null): boolean => JSON.stringify(a) === JSON.stringify(b);

export const hasNewData = ({ available, committed }: OpenSource): boolean =>
  available !== null && !sameOffset(available, committed);

/** Asks for the position a batch may read up to. Nothing to read yet: the committed position stays. */
export async function findLatest(open: OpenSource, limit: ReadLimit): Promise<void> {
  const latest = await open.source.latestOffset(open.committed, limit);
  open.latest = latest;
  open.available = latest ?? open.committed;
}

/** A replay names the ends. A source that keeps a log of its own has found the same, or knows better. */
export function readAsScripted(sources: readonly OpenSource[], { ends }: ScriptedBatch): void {
  for (const [index, open] of sources.entries()) {
    const end = ends[index] ?? null;
    if (open.source.settled !== undefined) continue;
    open.available = end ?? open.committed;
  }
}

/** Rows of a batch; undefined where the source has nothing new. */
export async function readBatch(open: OpenSource): Promise<SourceRows | undefined> {
  if (open.available === null || !hasNewData(open)) return undefined;
  return open.source.read(open.committed, open.available, { fileNames: open.fileNames });
}

/** With `availableNow`, a source that cannot fix its own end reads up to what it has now, and no further. */
export async function fixedEnd(source: StreamSource, start: Offset | null): Promise<StreamSource> {
  if (source.prepareAvailableNow !== undefined) {
    await source.prepareAvailableNow();
    return source;
  }
  const end = await source.latestOffset(start, 'all_available');
  const fixed: StreamSource = {
    description: source.description,
    latestOffset: async () => end,
    read: (from, to) => source.read(from, to),
    stop: () => source.stop(),
  };
  return {
    ...fixed,
    ...(source.recover
      ? { recover: (from: Offset | null, to: Offset) => source.recover?.(from, to) ?? Promise.resolve() }
      : {}),
    ...(source.commit ? { commit: (to: Offset) => source.commit?.(to) ?? Promise.resolve() } : {}),
    ...(source.metrics ? { metrics: () => source.metrics?.() ?? {} } : {}),
    ...(source.reportedLatest ? { reportedLatest: () => source.reportedLatest?.() ?? null } : {}),
    ...(source.watch ? { watch: (notify: () => void) => source.watch?.(notify) } : {}),
    ...(source.interrupt ? { interrupt: () => source.interrupt?.() } : {}),
  };
}
