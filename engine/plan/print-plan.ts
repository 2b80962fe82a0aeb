import { assertNever } from '../core/assert-never.ts';
import type { AnalyzedRelation } from './analyzed-relation.ts';
import type { Attribute } from './attribute.ts';
import type { BoundExpression, BoundOrder, ProjectItem } from './bound-expression.ts';
import { planChildren } from './plan-children.ts';
import { printExpression, type PrintContext } from './print-expression.ts';
import { rewriteExpression } from './rewrite-expression.ts';

/** `a#1L`: Spark marks long columns with L. */
export const attributeText = (attribute: Attribute): string =>
  `${attribute.name}#${attribute.id}${attribute.type.kind === 'long' ? 'L' : ''}${attribute.watermarkDelayMs === undefined ? '' : `-T${attribute.watermarkDelayMs}ms`}`;

/** The tree that Spark appends to analysis messages, one node a line, `+-` and `:-` before children. */
export const printPlan = (plan: AnalyzedRelation, context: PrintContext): string =>
  treeLines(plan, context).join('\n') + '\n';

/** A first line of one's own over the trees of its inputs. */
export const printPlanUnder = (line: string, inputs: readonly AnalyzedRelation[], context: PrintContext): string =>
  [line, ...childLines(inputs, context)].join('\n') + '\n';

const treeLines = (plan: AnalyzedRelation, context: PrintContext): readonly string[] => [
  printNode(plan, context),
  ...childLines(planChildren(plan), context),
];

function childLines(children: readonly AnalyzedRelation[], context: PrintContext): readonly string[] {
  return children.flatMap((child, index) => {
    const last = index === children.length - 1;
    return treeLines(child, context).map((line, row) =>
      row === 0 ? `${last ? '+- ' : ':- '}${line}` : `${last ? '   ' : ':  '}${line}`,
    );
  });
}

/** One node as Spark writes it. */
export function printNode(plan: AnalyzedRelation, context: PrintContext): string {
  const expression = (part: BoundExpression): string => printWithIds(part, context);
  const output = `[${plan.output.map(attributeText).join(', ')}]`;
  switch (plan.kind) {
    case 'source':
      return plan.isStreaming
        ? `StreamingRelation ${plan.description}, ${output}`
        : `Relation ${output.replaceAll(', ', ',')} ${plan.format}`;
    case 'table':
      return `LogicalRDD ${output}, false`;
    case 'local_rows':
      return plan.output.length === 0 && plan.rows.length === 1 ? 'OneRowRelation' : `LogicalRDD ${output}, false`;
    case 'range':
      return `Range (${plan.start}, ${plan.end}, step=${plan.step}, splits=Some(1))`;
    case 'project':
      return `Project [${plan.items.map((item) => itemText(item, expression)).join(', ')}]`;
    case 'filter':
      return `Filter ${expression(plan.condition)}`;
    case 'time_window':
      return `Project [named_struct(start, window_start(${expression(plan.time)}, ${plan.windowUs}, ${plan.slideUs}, ${plan.startUs})) AS ${attributeText(plan.window)}]`;
    case 'session_window':
      return `Project [named_struct(start, ${expression(plan.time)}, end, ${expression(plan.time)} + ${expression(plan.gap)}) AS ${attributeText(plan.window)}]`;
    case 'watermark':
      return `EventTimeWatermark ${attributeText(plan.attribute)}, ${plan.delayText}`;
    case 'generate':
      return `Generate ${plan.generator}(${plan.args.map(expression).join(', ')}), ${plan.outer}, [${plan.generated.map(attributeText).join(', ')}]`;
    case 'expand':
      return `Expand [${plan.projections.map((list) => `[${list.map(expression).join(', ')}]`).join(', ')}], ${output}`;
    case 'aggregate':
      return aggregateText(plan, expression);
    case 'deduplicate':
      return `${plan.withinWatermark ? 'DeduplicateWithinWatermark' : 'Deduplicate'} [${plan.keys.map(attributeText).join(', ')}]`;
    case 'join':
      return `Join ${joinWord(plan.joinType)}${plan.condition ? `, ${expression(plan.condition)}` : ''}`;
    case 'union':
      return 'Union false, false';
    case 'intersect':
      return `Intersect ${plan.isAll ? 'All true' : 'false'}`;
    case 'except':
      return `Except ${plan.isAll ? 'All true' : 'false'}`;
    case 'sort':
      return `Sort [${plan.order.map((order) => orderText(order, expression)).join(', ')}], ${plan.isGlobal}`;
    case 'limit':
      return `GlobalLimit ${plan.count}`;
    case 'offset':
      return `Offset ${plan.count}`;
    case 'tail':
      return `Tail ${plan.count}`;
    case 'sample':
      return `Sample ${plan.lower}, ${plan.upper}, ${plan.withReplacement}, ${plan.seed}`;
    case 'subquery_alias':
      return `SubqueryAlias ${plan.alias}`;
    case 'repartition':
      return plan.by.length > 0
        ? `RepartitionByExpression [${plan.by.map(expression).join(', ')}]`
        : `Repartition ${plan.partitions ?? 1}, ${plan.shuffle}`;
    case 'hint':
      return `ResolvedHint (strategy=${plan.name})`;
    default:
      return assertNever(plan, 'relation');
  }
}

/** Join types as Spark's plans and messages write them. */
export function joinWord(joinType: Extract<AnalyzedRelation, { kind: 'join' }>['joinType']): string {
  const words = {
    inner: 'Inner',
    cross: 'Cross',
    full_outer: 'FullOuter',
    left_outer: 'LeftOuter',
    right_outer: 'RightOuter',
    left_semi: 'LeftSemi',
    left_anti: 'LeftAnti',
  } as const;
  return words[joinType];
}

type Print = (expression: BoundExpression) => string;

function aggregateText(plan: Extract<AnalyzedRelation, { kind: 'aggregate' }>, expression: Print): string {
  const calls = new Map(plan.calls.map(({ output, call }) => [output.id, call]));
  const shown = plan.result.map((item) => {
    const { expression: value } = item;
    const call = value.kind === 'attribute' ? calls.get(value.attribute.id) : undefined;
    return call ? `${expression(call)} AS ${attributeText(item.output)}` : itemText(item, expression);
  });
  return `Aggregate [${plan.grouping.map((item) => expression(item.expression)).join(', ')}], [${shown.join(', ')}]`;
}

const itemText = (item: ProjectItem, expression: Print): string =>
  item.expression.kind === 'attribute' && item.expression.attribute.id === item.output.id
    ? attributeText(item.output)
    : `${expression(item.expression)} AS ${attributeText(item.output)}`;

const orderText = (order: BoundOrder, expression: Print): string =>
  `${expression(order.expression)} ${order.direction === 'ascending' ? 'ASC' : 'DESC'} ${order.nulls === 'nulls_first' ? 'NULLS FIRST' : 'NULLS LAST'}`;

/** Columns under their ids, which plans show and names do not. */
const printWithIds = (expression: BoundExpression, context: PrintContext): string =>
  printExpression(renamed(expression), { ...context, isPlan: true });

function renamed(expression: BoundExpression): BoundExpression {
  return rewriteExpression(expression, (part) =>
    part.kind === 'attribute'
      ? { ...part, attribute: { ...part.attribute, name: attributeText(part.attribute) } }
      : undefined,
  );
}
