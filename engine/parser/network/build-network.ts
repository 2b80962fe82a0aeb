import { assertNever } from '../../core/assert-never.ts';
import type { Alternative, Element, Rule } from './grammar-notation.ts';
import type { Network, RuleInfo, State, StateKind, Transition } from './network.ts';

/** Turns rules into a network. A rule that begins with itself becomes a loop guarded by precedence: earlier alternatives bind tighter. */
export function buildNetwork(rules: readonly Rule[]): Network {
  const builder = new NetworkBuilder(rules);
  rules.forEach((rule, index) => builder.addRule(rule, index));
  builder.linkReturns();
  return { states: builder.states, rules: builder.rules, ruleNumbers: builder.ruleNumbers };
}

class NetworkBuilder {
  readonly states: State[] = [];
  readonly rules: RuleInfo[] = [];
  readonly ruleNumbers: Map<string, number>;
  private rule = 0;

  constructor(rules: readonly Rule[]) {
    this.ruleNumbers = new Map(rules.map((rule, index) => [rule.name, index]));
    for (const rule of rules) {
      const start = this.state('basic', this.rules.length);
      const stop = this.state('rule_stop', this.rules.length);
      const isLeftRecursive = rule.alternatives.some((a) => beginsWith(a, rule.name));
      this.rules.push({ name: rule.name, start, stop, isLeftRecursive });
    }
  }

  addRule(rule: Rule, index: number): void {
    this.rule = index;
    const info = this.rules[index];
    if (!info) return;
    const first = this.state('basic');
    this.link(info.start, { kind: 'epsilon', target: first });
    const end = info.isLeftRecursive ? this.leftRecursive(rule, first) : this.once(rule.alternatives, first);
    this.link(end, { kind: 'epsilon', target: info.stop });
  }

  /** Every rule's stop state leads to all places after a call of it. */
  linkReturns(): void {
    for (const { transitions } of this.states) {
      for (const call of transitions) {
        if (call.kind !== 'rule') continue;
        const info = this.rules[call.rule];
        if (!info) continue;
        const outermost = info.isLeftRecursive && call.precedence === 0;
        this.link(info.stop, {
          kind: 'epsilon',
          target: call.follow,
          ...(outermost ? { outermostReturn: call.rule } : {}),
        });
      }
    }
  }

  private state(kind: StateKind, rule = this.rule, isPrecedenceLoop = false): number {
    this.states.push({ number: this.states.length, kind, rule, transitions: [], isPrecedenceLoop, labels: [] });
    return this.states.length - 1;
  }

  private link(from: number, transition: Transition): void {
    this.states[from]?.transitions.push(transition);
  }

  private leftRecursive(rule: Rule, from: number): number {
    const precedence = (index: number): number => rule.alternatives.length - index;
    const heads: Alternative[] = [];
    const tails: { readonly alternative: Alternative; readonly guard: number; readonly right: number }[] = [];
    const headPrecedence: number[] = [];
    rule.alternatives.forEach((alternative, index) => {
      if (beginsWith(alternative, rule.name)) {
        const rest = { ...alternative, elements: alternative.elements.slice(1) };
        tails.push({ alternative: rest, guard: precedence(index), right: precedence(index) + 1 });
      } else {
        heads.push(alternative);
        headPrecedence.push(precedence(index));
      }
    });
    const head = this.block(heads, from, 'block_start', (a, start) =>
      this.sequence(a, start, rule.name, headPrecedence[heads.indexOf(a)] ?? 0),
    );
    const entry = this.state('star_loop_entry', this.rule, true);
    this.link(head, { kind: 'epsilon', target: entry });
    const body = this.state('star_block_start');
    const back = this.state('star_loop_back');
    const end = this.state('loop_end');
    this.link(entry, { kind: 'epsilon', target: body });
    this.link(entry, { kind: 'epsilon', target: end });
    this.fill(
      body,
      tails.map((t) => t.alternative),
      back,
      (alternative, start) => {
        const tail = tails.find((t) => t.alternative === alternative);
        const guarded = this.state('basic');
        this.link(start, { kind: 'precedence', target: guarded, precedence: tail?.guard ?? 0 });
        return this.sequence(alternative, guarded, rule.name, tail?.right ?? 0);
      },
    );
    this.link(back, { kind: 'epsilon', target: entry });
    return end;
  }

  private once(alternatives: readonly Alternative[], from: number): number {
    return this.block(alternatives, from, 'block_start', (a, start) => this.sequence(a, start));
  }

  /** A block with one alternative is no choice and needs no state of its own, unless it is labelled. */
  private block(
    alternatives: readonly Alternative[],
    from: number,
    kind: StateKind,
    build: (alternative: Alternative, start: number) => number,
    optional = false,
  ): number {
    const start = this.state(kind);
    this.link(from, { kind: 'epsilon', target: start });
    const end = this.state('basic');
    this.fill(start, alternatives, end, build);
    if (optional) this.link(start, { kind: 'epsilon', target: end });
    return end;
  }

  private fill(
    start: number,
    alternatives: readonly Alternative[],
    end: number,
    build: (alternative: Alternative, start: number) => number,
  ): void {
    const state = this.states[start];
    if (state) state.labels = alternatives.map((a) => a.label);
    for (const alternative of alternatives) {
      const first = this.state('basic');
      this.link(start, { kind: 'epsilon', target: first });
      this.link(build(alternative, first), { kind: 'epsilon', target: end });
    }
  }

  /** `self` and `precedence`: a call of the rule itself at the end of the alternative keeps this precedence. */
  private sequence({ elements }: Alternative, from: number, self?: string, precedence = 0): number {
    return elements.reduce((state, element, index) => {
      const isTail = element.kind === 'rule' && element.name === self && index === elements.length - 1;
      return this.element(element, state, isTail ? precedence : 0);
    }, from);
  }

  private element(element: Element, from: number, precedence: number): number {
    switch (element.kind) {
      case 'block':
        return this.repeated(element.alternatives, element.repeat, from);
      case 'rule': {
        const rule = this.ruleNumbers.get(element.name);
        const info = rule === undefined ? undefined : this.rules[rule];
        if (rule === undefined || !info) throw new Error(`grammar: no rule ${element.name}`);
        const follow = this.state('basic');
        this.link(from, { kind: 'rule', target: info.start, rule, precedence, follow });
        return follow;
      }
      case 'tokens':
      case 'any':
      case 'flag': {
        const target = this.state('basic');
        this.link(from, { ...element, target });
        return target;
      }
      default:
        return assertNever(element, 'grammar element');
    }
  }

  private repeated(alternatives: readonly Alternative[], repeat: string, from: number): number {
    const build = (a: Alternative, start: number): number => this.sequence(a, start);
    if (repeat === 'once' || repeat === 'optional')
      return this.block(alternatives, from, 'block_start', build, repeat === 'optional');
    const end = this.state('loop_end');
    if (repeat === 'plus') {
      const start = this.state('plus_block_start');
      const back = this.state('plus_loop_back');
      this.link(from, { kind: 'epsilon', target: start });
      this.fill(start, alternatives, back, build);
      this.link(back, { kind: 'epsilon', target: start });
      this.link(back, { kind: 'epsilon', target: end });
      return end;
    }
    const entry = this.state('star_loop_entry');
    const body = this.state('star_block_start');
    const back = this.state('star_loop_back');
    this.link(from, { kind: 'epsilon', target: entry });
    const choices = repeat === 'lazy_star' ? [end, body] : [body, end];
    for (const target of choices) this.link(entry, { kind: 'epsilon', target });
    this.fill(body, alternatives, back, build);
    this.link(back, { kind: 'epsilon', target: entry });
    return end;
  }
}

function beginsWith({ elements }: Alternative, rule: string): boolean {
  const [first] = elements;
  return first?.kind === 'rule' && first.name === rule;
}
