import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { replaceNodes } from '../plan/replace-nodes.ts';
import type { LoadedSources } from './loaded-sources.ts';

/**
 * A stream that a join met twice got new columns on one side, and Spark then reads it twice, as two sources of the query. The same columns twice
 * (a union with itself, a renamed copy) are one source. Every place that reads one becomes a node of its own, with all that lies above it: operators
 * and filters are told apart by their nodes.
 */
export function separateInstances(plan: AnalyzedRelation, sources: LoadedSources): AnalyzedRelation {
  const keys = new Map<string, number>();
  const taken = new Set<number>();
  return replaceNodes(plan, (node) => {
    if (node.kind !== 'source' || !node.isStreaming) return undefined;
    const instance = `${node.sourceKey} ${node.output.map((attribute) => attribute.id).join(' ')}`;
    const sourceKey =
      keys.get(instance) ?? (taken.has(node.sourceKey) ? copyOf(node.sourceKey, sources) : node.sourceKey);
    keys.set(instance, sourceKey);
    taken.add(sourceKey);
    return { ...node, sourceKey };
  });
}

const copyOf = (key: number, sources: LoadedSources): number =>
  sources.add((copy) => ({ ...sources.byKey(key), key: copy })).key;
