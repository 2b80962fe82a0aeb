import type { QueryPort } from '../api/query-port.ts';
import type { SourceFilter } from '../api/source-filter.ts';
import type { BatchSource, SourceRows } from '../api/source.ts';
import { conjuncts } from '../compile/join-conditions.ts';
import { withFilter } from '../compile/movable-filter.ts';
import { neededAttributes } from '../compile/needed-attributes.ts';
import { pushDown } from '../compile/push-filters.ts';
import { simplifiedLike } from '../compile/simplified-like.ts';
import { characterCount } from '../core/character-padding.ts';
import { booleanType, integerType } from '../core/data-type.ts';
import type { CompileContext } from '../functions/define-function.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { AttributeId } from '../plan/attribute.ts';
import type { BoundExpression, BoundLiteral } from '../plan/bound-expression.ts';
import { replaceNodes } from '../plan/replace-nodes.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { plansOfKind } from '../plan/walk-plan.ts';
import { foldConstants } from './fold-constants.ts';
import { withPaddedConstants } from './padded-constants.ts';
import { sourceFilterOf } from './source-filter-of.ts';

/** A plan with static sources, and how each of them is read, by source key. */
export type StaticReads = {
  readonly plan: AnalyzedRelation;
  readonly reads: ReadonlyMap<number, () => Promise<SourceRows>>;
};

type Filtered = AnalyzedNode<'filter'> & { readonly input: AnalyzedNode<'source'> };

/**
 * Hands to each static source the filters that it tests itself (`BatchSource.takes`) and takes them out of the plan: a server compares text by its own
 * collation, and Spark does not look again. A source that is read with filters gets a key of its own, below zero.
 */
export async function handOverFilters(
  plan: AnalyzedRelation,
  sources: ReadonlyMap<number, BatchSource>,
  query: QueryPort,
  context: CompileContext,
): Promise<StaticReads> {
  const takers = [...sources].filter(([, source]) => source.takes !== undefined);
  if (takers.length === 0) return readPlan(plan, sources, new Map());
  const pushed = pushDown(plan);
  const over = plansOfKind(pushed, 'filter').filter((node): node is Filtered => isOverTaker(node, sources));
  if (over.length === 0) return readPlan(plan, sources, new Map());
  const standIns = new Map<AnalyzedRelation, AnalyzedRelation>();
  const filtered = new Map<number, Filtering>();
  for (const node of over) {
    const source = sources.get(node.input.sourceKey);
    if (!source) continue;
    const condition = withPaddedConstants(node.condition, node.input, source);
    const { taken, kept } = divide(await foldedParts(condition, query, context), node.input, source);
    if (taken.length === 0 && condition === node.condition) continue;
    const sourceKey = taken.length === 0 ? node.input.sourceKey : -1 - standIns.size;
    if (taken.length > 0) filtered.set(sourceKey, { source, filters: taken });
    standIns.set(node, withFilter({ ...node.input, sourceKey }, kept));
  }
  return readPlan(
    replaceNodes(pushed, (node) => standIns.get(node)),
    sources,
    filtered,
  );
}

type Filtering = { readonly source: BatchSource; readonly filters: readonly SourceFilter[] };

/** How the sources of the final plan are read: with the filters they took, and only the columns that are looked at. */
function readPlan(
  plan: AnalyzedRelation,
  sources: ReadonlyMap<number, BatchSource>,
  filtered: ReadonlyMap<number, Filtering>,
): StaticReads {
  const needed = neededAttributes(plan);
  const columns = new Map<number, Set<string>>();
  const withNames = new Set<number>();
  for (const { sourceKey, output, fileName } of plansOfKind(plan, 'source')) {
    if (fileName) withNames.add(sourceKey);
    const names = columns.get(sourceKey) ?? new Set();
    const { schema } = filtered.get(sourceKey)?.source ?? sources.get(sourceKey) ?? {};
    output.forEach(({ id }, i) => {
      const name = schema?.fields[i]?.name;
      if (name !== undefined && needed.has(id)) names.add(name);
    });
    columns.set(sourceKey, names);
  }
  const reads = new Map<number, () => Promise<SourceRows>>();
  for (const [key, names] of columns) {
    const { source, filters } = filtered.get(key) ?? { source: sources.get(key), filters: [] };
    if (source) reads.set(key, () => source.read({ filters, columns: names, fileNames: withNames.has(key) }));
  }
  return { plan, reads };
}

const isOverTaker = ({ input }: AnalyzedNode<'filter'>, sources: ReadonlyMap<number, BatchSource>): boolean =>
  input.kind === 'source' && sources.get(input.sourceKey)?.takes !== undefined;

/** The parts of a condition as Spark's optimizer leaves them for the source: constants worked out, known columns replaced by their values. */
async function foldedParts(
  condition: BoundExpression,
  query: QueryPort,
  context: CompileContext,
): Promise<readonly BoundExpression[]> {
  const folded = await foldConstants(conjuncts(condition).flatMap(withoutNot), query, context);
  const known = withKnownValues(folded);
  const parts = known === folded ? folded : await foldConstants(known, query, context);
  return parts.filter((part) => part.kind !== 'literal' || part.value !== true);
}

/** NOT (a OR b) is two conditions. */
function withoutNot(condition: BoundExpression): readonly BoundExpression[] {
  const [inner] = condition.kind === 'call' && condition.name === 'not' ? condition.args : [];
  if (inner?.kind !== 'call') return [condition];
  if (inner.name === 'not' && inner.args[0]) return conjuncts(inner.args[0]).flatMap(withoutNot);
  if (inner.name !== 'or') return [condition];
  return inner.args.flatMap((part) =>
    withoutNot({ kind: 'call', name: 'not', args: [part], type: booleanType, nullable: part.nullable }),
  );
}

/** `a = 'x' AND length(a) = 3` becomes `a = 'x' AND length('x') = 3`: Spark's `ConstantPropagation`. */
function withKnownValues(parts: readonly BoundExpression[]): readonly BoundExpression[] {
  const known = new Map<AttributeId, { readonly by: BoundExpression; readonly literal: BoundLiteral }>();
  for (const part of parts) {
    if (part.kind !== 'call' || (part.name !== '=' && part.name !== '==')) continue;
    const attribute = part.args.find((arg) => arg.kind === 'attribute');
    const literal = part.args.find((arg) => arg.kind === 'literal');
    if (attribute && literal && literal.value !== null) known.set(attribute.attribute.id, { by: part, literal });
  }
  if (known.size === 0) return parts;
  return parts.map((part) =>
    rewriteExpression(part, (inner) => {
      const value = inner.kind === 'attribute' ? known.get(inner.attribute.id) : undefined;
      return value && value.by !== part ? value.literal : undefined;
    }),
  );
}

function divide(
  parts: readonly BoundExpression[],
  node: AnalyzedNode<'source'>,
  source: BatchSource,
): { readonly taken: readonly SourceFilter[]; readonly kept: readonly BoundExpression[] } {
  const columns = new Map<AttributeId, string>();
  node.output.forEach(({ id }, i) => {
    const name = source.schema.fields[i]?.name;
    if (name !== undefined && source.paddedColumns?.has(name) !== true) columns.set(id, name);
  });
  const taken: SourceFilter[] = [];
  const kept: BoundExpression[] = [];
  for (const part of parts.flatMap(likeParts)) {
    const filter = sourceFilterOf(part, columns);
    if (filter && source.takes?.(filter) === true) taken.push(filter);
    else kept.push(part);
  }
  return { taken, kept };
}

/** `LIKE 'a%b'` becomes a beginning, an end, and a length that keeps them apart. */
function likeParts(condition: BoundExpression): readonly BoundExpression[] {
  const parts = simplifiedLike(condition);
  if (!parts || parts.length < 2 || condition.kind !== 'call' || !condition.args[0]) return parts ?? [condition];
  const [column] = condition.args;
  const least = parts.reduce((sum, part) => sum + pieceLength(part), 0);
  const length: BoundExpression = { kind: 'call', name: 'length', args: [column], type: integerType, nullable: true };
  const bound: BoundExpression = { kind: 'literal', value: least, type: integerType, nullable: false };
  return [...parts, { kind: 'call', name: '>=', args: [length, bound], type: booleanType, nullable: true }];
}

const pieceLength = (part: BoundExpression): number => {
  const piece = part.kind === 'call' ? part.args[1] : undefined;
  return piece?.kind === 'literal' && typeof piece.value === 'string' ? characterCount(piece.value) : 0;
};
