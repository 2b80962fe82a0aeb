import type { Confs } from '../checkpoint/logged-confs.ts';
import { neededAttributes } from '../compile/needed-attributes.ts';
import { SparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import { walkPlan } from '../plan/walk-plan.ts';

/**
 * A stateful operator takes its event time from one column of its input. Two tagged columns that the query still needs stop the first batch, not `start()`.
 */
export function checkEventTimes(plan: AnalyzedRelation, conf: Confs): void {
  if (conf('spark.sql.streaming.statefulOperator.allowMultiple') === 'false') return;
  const needed = neededAttributes(plan);
  walkPlan(plan, (node) => {
    for (const input of statefulInputs(node)) {
      const tagged = input.output.filter(
        (attribute) => attribute.watermarkDelayMs !== undefined && needed.has(attribute.id),
      );
      const distinct = [...new Map(tagged.map((attribute) => [attribute.id, attribute])).values()];
      if (distinct.length > 1)
        throw new SparkError(
          'AnalysisException',
          `More than one event time columns are available. Please ensure there is at most one event time column per stream. event time columns: (${distinct.map(taggedText).join(',')})`,
        );
    }
  });
}

function statefulInputs(node: AnalyzedRelation): readonly AnalyzedRelation[] {
  if (node.kind === 'join' && node.left.isStreaming && node.right.isStreaming) return [node.left, node.right];
  return node.kind === 'deduplicate' && node.isStreaming ? [node.input] : [];
}

const taggedText = (attribute: Attribute): string =>
  `${attribute.name}#${attribute.id}-T${attribute.watermarkDelayMs ?? 0}ms`;
