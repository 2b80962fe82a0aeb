import { tokenTypeCount } from '../grammar/token-types.ts';
import type { Network, State } from './network.ts';

/** In a set of tokens: the rule can end here. */
export const ruleEnd = -1;

type Tokens = ReadonlySet<number>;

/** Which tokens can come next, without reading any. */
export class LookAhead {
  private readonly network: Network;
  private readonly known = new Map<number, Tokens>();
  private readonly choices = new Map<number, readonly Tokens[] | undefined>();

  constructor(network: Network) {
    this.network = network;
  }

  /** Tokens that can follow `state` inside its rule; `ruleEnd` among them if the rule can end. */
  inRule(state: number): Tokens {
    const known = this.known.get(state);
    if (known) return known;
    const found = new Set<number>();
    this.collect(state, found, new Set());
    this.known.set(state, found);
    return found;
  }

  /** The tokens of each alternative, for a decision that one token settles; flags and precedence guards need more than a token. */
  oneTokenChoices(decision: State): readonly Tokens[] | undefined {
    if (this.choices.has(decision.number)) return this.choices.get(decision.number);
    const sets: Set<number>[] = [];
    let settled = !decision.isPrecedenceLoop;
    for (const { target } of decision.transitions) {
      const found = new Set<number>();
      settled &&= this.collect(target, found, new Set(), 'anywhere') && found.size > 0;
      sets.push(found);
    }
    const total = sets.reduce((sum, set) => sum + set.size, 0);
    const made = settled && new Set(sets.flatMap((set) => [...set])).size === total ? sets : undefined;
    this.choices.set(decision.number, made);
    return made;
  }

  /**
   * Adds what can follow `from`. At the end of the rule: `ruleEnd`, or with `anywhere` whatever follows a call of the rule anywhere in the grammar; then
   * answers false if a guard was met.
   */
  private collect(from: number, found: Set<number>, seen: Set<number>, atEnd: 'mark' | 'anywhere' = 'mark'): boolean {
    if (seen.has(from)) return true;
    seen.add(from);
    const state = this.network.state(from);
    if (state.kind === 'rule_stop' && atEnd === 'mark') {
      found.add(ruleEnd);
      return true;
    }
    let free = true;
    for (const t of state.transitions) {
      if (t.kind === 'any') for (let token = 1; token < tokenTypeCount; token += 1) found.add(token);
      else if (t.kind === 'tokens') for (const token of t.tokens) found.add(token);
      else if (t.kind === 'rule') free = this.collectCall(t.target, t.follow, found, seen, atEnd) && free;
      else if ((t.kind === 'flag' || t.kind === 'precedence') && atEnd === 'anywhere') free = false;
      else free = this.collect(t.target, found, seen, atEnd) && free;
    }
    return free;
  }

  private collectCall(
    start: number,
    follow: number,
    found: Set<number>,
    seen: Set<number>,
    atEnd: 'mark' | 'anywhere',
  ): boolean {
    const first = this.inRule(start);
    for (const token of first) if (token !== ruleEnd) found.add(token);
    const free = atEnd === 'mark' || !this.hasGuard(start);
    return first.has(ruleEnd) ? this.collect(follow, found, seen, atEnd) && free : free;
  }

  private hasGuard(start: number, seen = new Set<number>()): boolean {
    if (seen.has(start)) return false;
    seen.add(start);
    const { kind, transitions } = this.network.state(start);
    if (kind === 'rule_stop') return false;
    return transitions.some((t) => {
      if (t.kind === 'flag' || t.kind === 'precedence') return true;
      if (t.kind === 'epsilon') return this.hasGuard(t.target, seen);
      if (t.kind !== 'rule') return false;
      return this.hasGuard(t.target, seen) || (this.inRule(t.target).has(ruleEnd) && this.hasGuard(t.follow, seen));
    });
  }
}
