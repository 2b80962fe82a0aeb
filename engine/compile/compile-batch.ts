import { assert } from '../core/assert-never.ts';
import { sql, sqlWord, type Sql } from '../core/sql-text.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { planChildren } from '../plan/plan-children.ts';
import { plansOfKind } from '../plan/walk-plan.ts';
import { columnValue, selectList } from './column-form.ts';
import type { CompileOptions } from './compile-options.ts';
import { compileRelation } from './compile-relation.ts';
import type { CompiledBatch } from './compiled-step.ts';
import { orderedDemand, type CompiledRelation, type Compiler } from './compiler.ts';
import { neededAttributes } from './needed-attributes.ts';
import { pushFilters } from './push-filters.ts';
import { pushedSourceFilters } from './pushed-source-filters.ts';

/**
 * Compiles an analyzed plan for one batch: a batch query, or one micro-batch when `outputMode` is given. The same plan always gives the same steps in
 * the same order; only texts that depend on the inputs and the batch time differ.
 */
export function compileBatch(analyzed: AnalyzedRelation, options: CompileOptions): CompiledBatch {
  const plan = pushFilters(analyzed);
  const compiler: Compiler = {
    options,
    steps: [],
    watermarks: [],
    needed: neededAttributes(plan),
    operators: statefulOperators(plan, options.outputMode),
    sourceNodes: sourceNodes(plan),
    pushedFilters: pushedSourceFilters(plan),
    madeSources: new Map(),
    tableNumbers: new Map(),
    relation: (node, demand) => compileRelation(node, compiler, demand),
  };
  const relation = compiler.relation(plan, orderedDemand);
  return {
    steps: compiler.steps,
    select: outputSelect(plan, relation),
    output: plan.output,
    watermarks: compiler.watermarks,
  };
}

/** Rows under positional names: a plan may show one column twice. */
function outputSelect(plan: AnalyzedRelation, relation: CompiledRelation): Sql {
  const items = plan.output.map((attribute, i) => {
    const form = relation.columns.get(attribute.id);
    assert(form !== undefined, `output column ${attribute.name} was not compiled`);
    return sql`${columnValue(attribute.id, form)} AS ${sqlWord(`f${i}`)}`;
  });
  return sql`SELECT ${selectList(items)} FROM ${relation.from}`;
}

/** Spark numbers the stateful operators from the sink towards the sources. */
export function statefulOperators(
  plan: AnalyzedRelation,
  mode: CompileOptions['outputMode'],
): ReadonlyMap<AnalyzedRelation, number> {
  const operators = new Map<AnalyzedRelation, number>();
  const visit = (node: AnalyzedRelation): void => {
    if (isStateful(node, mode)) operators.set(node, operators.size);
    planChildren(node).forEach(visit);
  };
  if (mode !== undefined) visit(plan);
  return operators;
}

function isStateful(node: AnalyzedRelation, mode: CompileOptions['outputMode']): boolean {
  if (!node.isStreaming) return false;
  switch (node.kind) {
    case 'aggregate':
    case 'deduplicate':
      return true;
    case 'join':
      return node.left.isStreaming && node.right.isStreaming;
    // Over a complete result a plain limit cuts each batch; elsewhere it counts the rows of the whole stream.
    case 'limit':
      return (
        mode === 'append' ||
        (mode === 'complete' && plansOfKind(node.input, 'aggregate').every((aggregate) => !aggregate.isStreaming))
      );
    default:
      return false;
  }
}

function sourceNodes(plan: AnalyzedRelation): Compiler['sourceNodes'] {
  const nodes = new Map<number, AnalyzedNode<'source'>[]>();
  for (const node of plansOfKind(plan, 'source'))
    nodes.set(node.sourceKey, [...(nodes.get(node.sourceKey) ?? []), node]);
  return nodes;
}
