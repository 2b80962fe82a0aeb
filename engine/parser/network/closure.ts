import { endOfInput } from '../grammar/token-types.ts';
import { emptyReturn, emptyStack, pushReturn, type CallStack } from './call-stack.ts';
import { marks, type Config, type ConfigSet } from './configs.ts';
import { consumesNothing, type Network, type State, type Transition } from './network.ts';

export type ClosureRules = {
  /** Stacks are complete: at the end of one, reading ends. Otherwise it goes on after every call of the rule. */
  readonly full: boolean;
  /** Of the deciding call; undefined once a token was read: guards and flags are then taken on trust. */
  readonly precedence: number | undefined;
  readonly precedenceLoop: number | undefined;
  readonly endOfInputRead: boolean;
};

/** Everything that can be reached without reading a token, added to `found`. */
export class Closure {
  private readonly seen = new Set<number>();
  private readonly network: Network;
  private readonly found: ConfigSet;
  private readonly rules: ClosureRules;

  constructor(network: Network, found: ConfigSet, rules: ClosureRules) {
    this.network = network;
    this.found = found;
    this.rules = rules;
  }

  /** `depth` counts the rules entered since the decision; below 0 the deciding rule was left. */
  visit(at: Config, depth: number): void {
    const place = depth === 0 ? 8 : depth < 0 ? 16 : 0;
    const key = ((at.stack.id * 0x4000 + at.state) * 256 + at.alternative) * 32 + at.marks + place;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const state = this.network.state(at.state);
    if (state.kind !== 'rule_stop') return this.follow(at, state, depth);
    const { returns, below } = at.stack;
    for (let index = 0; index < returns.length; index += 1) {
      const target = returns[index] ?? emptyReturn;
      if (target !== emptyReturn) this.visit(moved(at, target, below[index] ?? emptyStack), depth - 1);
      else if (this.rules.full) this.found.add(at.state, moved(at, at.state, emptyStack));
      else this.follow(moved(at, at.state, emptyStack), state, depth);
    }
  }

  private follow(at: Config, state: State, depth: number): void {
    const { transitions } = state;
    if (transitions.length === 0 || transitions.some((t) => !consumesNothing(t))) this.found.add(at.state, at);
    for (const transition of transitions) {
      const next = this.through(at, transition, depth);
      if (!next) continue;
      if (state.kind === 'rule_stop') {
        const outermost = transition.kind === 'epsilon' ? transition.outermostReturn : undefined;
        next.marks |= marks.leftDecision;
        if (outermost !== undefined && outermost === this.rules.precedenceLoop) next.marks |= marks.keepsPrecedence;
        this.visit(next, depth - 1);
      } else this.visit(next, transition.kind === 'rule' && depth >= 0 ? depth + 1 : depth);
    }
  }

  private through(at: Config, transition: Transition, depth: number): Config | undefined {
    const { target } = transition;
    const { precedence, full, endOfInputRead } = this.rules;
    switch (transition.kind) {
      case 'epsilon':
        return moved(at, target, at.stack);
      case 'rule':
        return moved(at, target, pushReturn(at.stack, transition.follow));
      case 'precedence':
        return precedence !== undefined && depth === 0 && transition.precedence < precedence
          ? undefined
          : moved(at, target, at.stack);
      case 'flag': {
        const off = !transition.on && precedence !== undefined;
        if (off && full) return undefined;
        const next = moved(at, target, at.stack);
        if (off) next.marks |= marks.flaggedOff;
        return next;
      }
      case 'tokens':
        // The end of the text can be read any number of times.
        return endOfInputRead && transition.tokens.has(endOfInput) ? moved(at, target, at.stack) : undefined;
      case 'any':
        return undefined;
    }
  }
}

const moved = (at: Config, state: number, stack: CallStack): Config => ({
  state,
  alternative: at.alternative,
  stack,
  marks: at.marks,
});
