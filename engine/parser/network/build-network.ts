import { assertNever } from '../../core/assert-never.ts';
import { readRule, type Alternative, type Element, type Grammar, type Rule } from './grammar-notation.ts';
import type { Network, RuleInfo, State, StateKind, Transition } from './network.ts';

/** Turns rules into a network. A rule that begins with itself becomes a loop guarded by precedence: earlier alternatives bind tighter. */
export function buildNetwork(grammar: Grammar): Network {
  const builder = new NetworkBuilder(grammar);
  return {
    state: (number) => builder.stateAt(number),
    rule: (number) => builder.ruleAt(number),
    ruleNumber: (name) => builder.ruleNumber(name),
    complete: () => builder.complete(),
  };
}

class NetworkBuilder {
  private readonly states: State[] = [];
  private readonly rules: RuleInfo[] = [];
  private readonly ruleNumbers = new Map<string, number>();
  private readonly grammar: Grammar;
  /** The rule whose states are being made. */
  private rule = 0;
  private isComplete = false;

  constructor(grammar: Grammar) {
    this.grammar = grammar;
    for (const name of grammar.keys()) {
      const number = this.rules.length;
      this.ruleNumbers.set(name, number);
      const start = this.state('rule_start', number);
      this.rules.push({ name, start, stop: this.state('rule_stop', number), isLeftRecursive: false });
    }
  }

  stateAt(number: number): State {
    const state = this.states[number];
    if (!state) throw new Error(`no state ${number}`);
    if (state.kind === 'rule_start' && state.transitions.length === 0) this.addRule(state.rule);
    return state;
  }

  ruleAt(number: number): RuleInfo {
    const info = this.rules[number];
    if (!info) throw new Error(`no rule ${number}`);
    return info;
  }

  ruleNumber(name: string): number {
    const number = this.ruleNumbers.get(name);
    if (number === undefined) throw new Error(`grammar: no rule ${name}`);
    return number;
  }

  complete(): void {
    if (this.isComplete) return;
    this.isComplete = true;
    for (const { start } of this.rules) this.stateAt(start);
    for (const { transitions } of this.states) {
      for (const call of transitions) {
        if (call.kind !== 'rule') continue;
        const { stop, isLeftRecursive } = this.ruleAt(call.rule);
        const outermost = isLeftRecursive && call.precedence === 0;
        this.link(stop, {
          kind: 'epsilon',
          target: call.follow,
          ...(outermost ? { outermostReturn: call.rule } : {}),
        });
      }
    }
  }

  private addRule(number: number): void {
    const info = this.ruleAt(number);
    const rule = readRule(info.name, this.grammar.get(info.name) ?? '');
    this.rule = number;
    info.isLeftRecursive = rule.alternatives.some((a) => beginsWith(a, rule.name));
    const first = this.state('basic');
    this.link(info.start, { kind: 'epsilon', target: first });
    const end = info.isLeftRecursive ? this.leftRecursive(rule, first) : this.once(rule.alternatives, first);
    this.link(end, { kind: 'epsilon', target: info.stop });
    for (let made = first; made < this.states.length; made += 1) this.shorten(made);
    this.shorten(info.start);
  }

  /** Skips states that only lead on. What a call returns to is kept: stacks tell such states apart. */
  private shorten(from: number): void {
    const transitions = this.states[from]?.transitions ?? [];
    transitions.forEach((transition, index) => {
      if (transition.kind === 'rule') return;
      let { target } = transition;
      for (let next = this.onlyEpsilon(target); next !== undefined; next = this.onlyEpsilon(target)) target = next;
      transitions[index] = { ...transition, target };
    });
  }

  private onlyEpsilon(number: number): number | undefined {
    const state = this.states[number];
    if (!state || (state.kind !== 'basic' && state.kind !== 'loop_end')) return undefined;
    const [only] = state.transitions;
    return state.transitions.length === 1 && only?.kind === 'epsilon' ? only.target : undefined;
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
        const rule = this.ruleNumber(element.name);
        const follow = this.state('basic');
        this.link(from, { kind: 'rule', target: this.ruleAt(rule).start, rule, precedence, follow });
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
