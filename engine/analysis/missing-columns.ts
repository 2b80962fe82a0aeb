import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import { withChildren } from '../plan/plan-children.ts';
import { passThrough } from './make-expression.ts';

type Extended = { readonly plan: AnalyzedRelation; readonly attribute: Attribute };

/**
 * A sort or filter may name a column that the select below left out: looks for it under projects and passes it up to the top.
 * Stops, as Spark does, at aliases, joins, unions and de-duplication.
 */
export function passUp(
  plan: AnalyzedRelation,
  find: (attributes: readonly Attribute[]) => Attribute | undefined,
): Extended | undefined {
  const own = find(plan.output);
  if (own) return { plan, attribute: own };
  switch (plan.kind) {
    case 'project': {
      const below = passUp(plan.input, find) ?? hiddenBelow(plan, find);
      if (!below) return undefined;
      const items = [...plan.items, passThrough(below.attribute)];
      return {
        plan: { ...plan, input: below.plan, items, output: [...plan.output, below.attribute] },
        attribute: below.attribute,
      };
    }
    case 'filter':
    case 'sort':
    case 'limit':
    case 'offset':
    case 'sample':
    case 'repartition':
    case 'hint':
    case 'watermark':
    case 'generate':
    case 'time_window': {
      const below = passUp(plan.input, find);
      if (!below) return undefined;
      return {
        plan: { ...withChildren(plan, [below.plan]), output: [...plan.output, below.attribute] },
        attribute: below.attribute,
      };
    }
    default:
      return undefined;
  }
}

function hiddenBelow(
  plan: Extract<AnalyzedRelation, { kind: 'project' }>,
  find: (attributes: readonly Attribute[]) => Attribute | undefined,
): Extended | undefined {
  const attribute = plan.hidden && find(plan.hidden);
  return attribute ? { plan: plan.input, attribute } : undefined;
}

/** The columns of `original` over a plan that was extended for the sake of a sort or filter. */
export function trimmedTo(original: AnalyzedRelation, plan: AnalyzedRelation): AnalyzedRelation {
  if (plan.output.length === original.output.length) return plan;
  return {
    kind: 'project',
    input: plan,
    items: original.output.map(passThrough),
    output: original.output,
    isStreaming: plan.isStreaming,
    planIds: [],
  };
}

/** `hidden` attributes (the side of a USING key that is not shown) made visible, so that an expression over `plan` may read them. */
export function exposeHidden(plan: AnalyzedRelation, attributes: readonly Attribute[]): AnalyzedRelation {
  let current = plan;
  for (const attribute of attributes) {
    const extended = passThroughHidden(current, attribute);
    if (extended) current = extended;
  }
  return current;
}

function passThroughHidden(plan: AnalyzedRelation, attribute: Attribute): AnalyzedRelation | undefined {
  if (plan.output.some((candidate) => candidate.id === attribute.id)) return plan;
  switch (plan.kind) {
    case 'project': {
      const input = passThroughHidden(plan.input, attribute);
      const own = input?.output.find((candidate) => candidate.id === attribute.id);
      return (
        input && own && { ...plan, input, items: [...plan.items, passThrough(own)], output: [...plan.output, own] }
      );
    }
    case 'join': {
      const left = passThroughHidden(plan.left, attribute);
      const right = left ? undefined : passThroughHidden(plan.right, attribute);
      if (!left && !right) return undefined;
      const joined = { ...plan, left: left ?? plan.left, right: right ?? plan.right };
      return { ...joined, output: [...joined.output, attribute] };
    }
    case 'filter':
    case 'sort':
    case 'limit':
    case 'watermark':
    case 'repartition':
    case 'hint':
    case 'subquery_alias': {
      const input = passThroughHidden(plan.input, attribute);
      return input && { ...withChildren(plan, [input]), output: [...plan.output, attribute] };
    }
    default:
      return undefined;
  }
}
