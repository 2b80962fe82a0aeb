import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { ProjectItem } from '../plan/bound-expression.ts';
import { replaceNodes } from '../plan/replace-nodes.ts';

/** SQL's DISTINCT on a stream is a grouping by every column, as Spark's optimizer makes it: it follows the output mode like any aggregate. */
export const distinctsAsAggregates = (plan: AnalyzedRelation): AnalyzedRelation =>
  replaceNodes(plan, (node) => {
    if (node.kind !== 'deduplicate' || !node.isDistinct || !node.isStreaming) return undefined;
    const { output, isStreaming, planIds } = node;
    return {
      kind: 'aggregate',
      input: distinctsAsAggregates(node.input),
      grouping: node.keys.map(itself),
      calls: [],
      result: output.map(itself),
      output,
      isStreaming,
      planIds,
    };
  });

const itself = (output: Attribute): ProjectItem => ({
  output,
  expression: { kind: 'attribute', attribute: output, type: output.type, nullable: output.nullable },
});
