import { stringType } from '../core/data-type.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { newAttributeId, type Attribute } from '../plan/attribute.ts';
import type { BoundAggregate, BoundExpression } from '../plan/bound-expression.ts';
import { planChildren, withChildren } from '../plan/plan-children.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { someExpression } from '../plan/walk-expression.ts';
import { planExpressions } from '../plan/walk-plan.ts';
import { narrowTagged, type Narrow } from './partitions/tagged-rows.ts';
import { reference, type Tagged } from './partitions/layout.ts';

const fileFormats: ReadonlySet<string> = new Set(['json', 'csv', 'parquet', 'text', 'orc']);

/**
 * Gives `input_file_name()` its meaning: a column of the file source below, where every node in between leaves rows in the task that reads them. Anywhere else
 * the function is the empty text, as in Spark.
 */
export function withFileNames(plan: AnalyzedRelation): AnalyzedRelation {
  const children = planChildren(plan);
  const named = children.map(withFileNames);
  const below = named.every((child, i) => child === children[i]) ? plan : withChildren(plan, named);
  if (!planExpressions(below).some((expression) => someExpression(expression, isFileName))) return below;
  const [input] = planChildren(below);
  const tagged = input && tag(input);
  return tagged ? overNames(below, tagged) : below;
}

const isFileName = (part: BoundExpression): boolean => part.kind === 'call' && part.name === 'input_file_name';

function tag(node: AnalyzedRelation): Tagged | undefined {
  if (node.kind === 'source') {
    if (!fileFormats.has(node.format)) return undefined;
    const part = node.fileName ?? newFileName();
    if (node.fileName) return { plan: node, part };
    return { plan: { ...node, fileName: part, output: [...node.output, part], planIds: [] }, part };
  }
  if (!isNarrow(node)) return undefined;
  const below = tag(node.input);
  return below && narrowTagged(node, below);
}

const newFileName = (): Attribute => ({
  id: newAttributeId(),
  name: 'input_file_name()',
  type: stringType,
  nullable: false,
  qualifier: [],
});

const narrowKinds: ReadonlySet<AnalyzedRelation['kind']> = new Set<Narrow['kind']>([
  'project',
  'filter',
  'time_window',
  'watermark',
  'generate',
  'sample',
  'subquery_alias',
  'hint',
]);
const isNarrow = (node: AnalyzedRelation): node is Narrow => narrowKinds.has(node.kind);

/** The node with the column in place of each call. */
function overNames(node: AnalyzedRelation, { plan: input, part }: Tagged): AnalyzedRelation {
  const inside = (expression: BoundExpression): BoundExpression =>
    rewriteExpression(expression, (inner) => (isFileName(inner) ? reference(part) : undefined));
  switch (node.kind) {
    case 'project':
      return { ...node, input, items: node.items.map((item) => ({ ...item, expression: inside(item.expression) })) };
    case 'filter':
      return { ...node, input, condition: inside(node.condition) };
    case 'generate':
      return { ...node, input, args: node.args.map(inside) };
    case 'aggregate':
      return {
        ...node,
        input,
        grouping: node.grouping.map((item) => ({ ...item, expression: inside(item.expression) })),
        calls: node.calls.map(({ output, call }) => ({ output, call: inside(call) as BoundAggregate })),
      };
    default:
      return node;
  }
}
