import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { attributeReference, passThrough } from './make-expression.ts';
import { printPlan } from '../plan/print-plan.ts';
import type { UnresolvedStyle } from '../plan/print-unresolved.ts';
import { expressionChildren, hasAggregate } from '../plan/walk-expression.ts';
import { AggregateSplit } from './aggregate-over.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { bindExpression } from './bind-expression.ts';
import { unresolvedColumn, withPlanText, type Binder } from './binder.ts';
import { checkAmbiguousSelfJoin } from './detect-ambiguous-self-join.ts';
import { printContext } from './function-text.ts';
import { exposeHidden, passUp } from './missing-columns.ts';
import { makeBinder } from './relation-binder.ts';
import { findName, hiddenAttributes, type FoundName, type Scope } from './scope.ts';
import { quotedName } from './suggest-names.ts';

/**
 * The binder of a filter or sort. What its expressions name beyond the input's columns is added to the input while binding: columns below a select, hidden
 * keys of USING, aggregates and grouped columns of an aggregate, windows. `input` is then the node's input; `trimmedTo` drops the additions afterwards.
 */
export class ExtendingBinder {
  readonly binder: Binder;
  private readonly names: Pick<Scope, 'caseSensitive' | 'ignoresAmbiguous'>;
  private readonly original: AnalyzedRelation;
  private current: AnalyzedRelation;

  constructor(
    input: AnalyzedRelation,
    context: AnalysisContext,
    operator: (style: UnresolvedStyle) => string,
    names: Pick<Scope, 'ignoresAmbiguous'> = {},
  ) {
    this.original = input;
    this.current = input;
    this.names = { ...names, caseSensitive: context.caseSensitive };
    const binder = makeBinder([input], context, {
      operator,
      otherName: (parts) => this.nameBelow(parts),
      missingAttribute: (attribute) => this.attributeBelow(attribute),
    });
    this.binder = { ...binder, scope: { ...binder.scope, ...names } };
  }

  get input(): AnalyzedRelation {
    const hidden = hiddenAttributes(this.original);
    const needed = this.hiddenUsed(hidden);
    const exposed = needed.length > 0 ? exposeHidden(this.current, needed) : this.current;
    return this.binder.timeWindows?.over(exposed) ?? exposed;
  }

  private readonly used = new Set<number>();

  private hiddenUsed(hidden: readonly Attribute[]): readonly Attribute[] {
    return hidden.filter(
      (attribute) => this.used.has(attribute.id) && !this.current.output.some((own) => own.id === attribute.id),
    );
  }

  /** Aggregate calls over an aggregate are computed there; elsewhere the expression comes back as it is. */
  finish(expression: BoundExpression): BoundExpression {
    this.noteHidden(expression);
    const aggregate =
      this.original.kind === 'aggregate' && this.current.kind === 'aggregate' ? this.current : undefined;
    if (!aggregate || (!hasAggregate(expression) && !this.readsBelow(expression, aggregate))) return expression;
    return this.overAggregate(expression, aggregate);
  }

  checkSelfJoin(): void {
    checkAmbiguousSelfJoin(this.binder, [this.original]);
  }

  private noteHidden(expression: BoundExpression): void {
    if (expression.kind === 'attribute') this.used.add(expression.attribute.id);
    else for (const child of expressionChildren(expression)) this.noteHidden(child);
  }

  private readsBelow(expression: BoundExpression, aggregate: AnalyzedNode<'aggregate'>): boolean {
    if (expression.kind === 'attribute') return !aggregate.output.some((own) => own.id === expression.attribute.id);
    return expressionChildren(expression).some((child) => this.readsBelow(child, aggregate));
  }

  /** Adds the calls to the aggregate and shows them, with grouped columns that its result left out. */
  private overAggregate(expression: BoundExpression, aggregate: AnalyzedNode<'aggregate'>): BoundExpression {
    const { context } = this.binder;
    const split = new AggregateSplit(
      aggregate.grouping,
      this.binder,
      () => printPlan(aggregate, printContext(context.zone)),
      undefined,
      aggregate.calls,
    );
    const own = new Map(aggregate.output.map((attribute) => [attribute.id, attribute]));
    const shown = new Map<number, Attribute>();
    const answer = split.overResult(expression, (attribute) => {
      if (own.has(attribute.id)) return attributeReference(attribute);
      throw withPlanText(unresolvedColumn([attribute.name], this.original.output), this.binder.planText);
    });
    const parts = [...aggregate.grouping.map((item) => item.output), ...split.calls.map(({ output }) => output)];
    const read = (part: BoundExpression): void => {
      if (part.kind === 'attribute' && !own.has(part.attribute.id) && parts.some((p) => p.id === part.attribute.id))
        shown.set(part.attribute.id, part.attribute);
      expressionChildren(part).forEach(read);
    };
    read(answer);
    const added = [...shown.values()];
    this.current = {
      ...aggregate,
      calls: split.calls,
      result: [...aggregate.result, ...added.map(passThrough)],
      output: [...aggregate.output, ...added],
    };
    return answer;
  }

  private nameBelow(parts: readonly string[]): BoundExpression | undefined {
    if (this.original.kind === 'aggregate') return this.nameUnderAggregate(parts, this.original);
    const found: { name?: FoundName } = {};
    const extended = passUp(this.current, (attributes) => {
      const name = findName(parts, { ...this.names, attributes, hidden: [] });
      if (name) found.name = name;
      return name?.attribute;
    });
    if (!extended || !found.name) return undefined;
    this.current = extended.plan;
    return this.rebind(parts, found.name);
  }

  private nameUnderAggregate(
    parts: readonly string[],
    aggregate: AnalyzedNode<'aggregate'>,
  ): BoundExpression | undefined {
    const scope = {
      attributes: aggregate.input.output,
      hidden: hiddenAttributes(aggregate.input),
      ...this.names,
    };
    const name = findName(parts, scope);
    return name && this.rebind(parts, name);
  }

  /** The reference again, now that its attribute is known: struct fields and all. */
  private rebind(parts: readonly string[], name: FoundName): BoundExpression {
    const scope = { attributes: [name.attribute], hidden: [], caseSensitive: this.binder.context.caseSensitive };
    const { otherName: _none, ...binder } = this.binder;
    return bindExpression(
      { kind: 'unresolved_attribute', unparsed_identifier: quotedName(parts) },
      { ...binder, scope },
    );
  }

  private attributeBelow(attribute: Attribute): BoundExpression | undefined {
    if (this.original.kind === 'aggregate') {
      const own = this.original.input.output.find((candidate) => candidate.id === attribute.id);
      return own && attributeReference(attribute);
    }
    const extended = passUp(this.current, (attributes) =>
      attributes.find((candidate) => candidate.id === attribute.id),
    );
    if (!extended) return undefined;
    this.current = extended.plan;
    return attributeReference({ ...attribute, nullable: extended.attribute.nullable });
  }
}
