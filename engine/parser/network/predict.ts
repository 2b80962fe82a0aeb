import { endOfInput } from '../grammar/token-types.ts';
import { emptyReturn, emptyStack, pushReturn, type CallStack } from './call-stack.ts';
import { ConfigSet, type Config } from './configs.ts';
import { accepts, consumesNothing, stateAt, type Network, type State, type Transition } from './network.ts';

/** The decision could not be made; `token` is the index of the token that Spark reports. */
export class NoViableAlternative extends Error {
  readonly token: number;
  constructor(token: number) {
    super('no viable alternative');
    this.token = token;
  }
}

/** What a prediction may look at: the token types, where it starts, and the precedence and call stack of the deciding rule. */
export type PredictionInput = {
  readonly types: readonly number[];
  readonly at: number;
  readonly precedence: number;
  readonly stack: () => CallStack;
};

type Outcome =
  | { readonly kind: 'undecided' }
  | { readonly kind: 'decided'; readonly alternative: number }
  | { readonly kind: 'conflict'; readonly alternatives: ReadonlySet<number> };
type Step = { readonly configs: ConfigSet; readonly outcome: Outcome; readonly next: Map<number, Step | undefined> };

/**
 * Chooses an alternative of a decision by reading as many tokens ahead as needed: ANTLR's adaptive LL(*) (Parr, Harwell, Fisher 2014), in its two
 * stages: first as if the rule could have been called from anywhere, then, where that cannot decide, with the real call stack. Steps of the first stage
 * are remembered.
 */
export class Predictor {
  private readonly network: Network;
  private readonly starts = new Map<number, Step>();
  private readonly steps = new Map<string, Step>();

  constructor(network: Network) {
    this.network = network;
  }

  /** The index of the transition of `decision` to take, from 0. Throws `NoViableAlternative`. */
  predict(decision: State, input: PredictionInput): number {
    const { types, at } = input;
    let step = this.start(decision, input.precedence);
    for (let index = at; ; index += 1) {
      const token = types[index] ?? endOfInput;
      const next = this.step(decision, step, token);
      if (!next) return this.fallback(step.configs, index);
      const { outcome, configs } = next;
      if (outcome.kind === 'decided') {
        if (!configs.isPossible(outcome.alternative)) throw new NoViableAlternative(at);
        return outcome.alternative;
      }
      if (outcome.kind === 'conflict') {
        const possible = [...outcome.alternatives].filter((a) => configs.isPossible(a));
        const [only] = possible;
        if (only !== undefined && possible.length === 1) return only;
        return this.predictWithStack(decision, input);
      }
      step = next;
    }
  }

  private predictWithStack(decision: State, input: PredictionInput): number {
    let configs = this.startConfigs(decision, input.precedence, input.stack());
    for (let index = input.at; ; index += 1) {
      const token = input.types[index] ?? endOfInput;
      const reached = this.reach(configs, token, true, false);
      if (!reached) return this.fallback(configs, index);
      const unique = reached.uniqueAlternative();
      if (unique !== undefined) return unique;
      const firsts = new Set(reached.conflictingSets().map((set) => Math.min(...set)));
      const [only] = firsts;
      if (only !== undefined && firsts.size === 1) return only;
      configs = reached;
    }
  }

  private fallback(configs: ConfigSet, token: number): number {
    const finished = configs.finishedAlternative((state) => this.isStop(state));
    if (finished === undefined) throw new NoViableAlternative(token);
    return finished;
  }

  private isStop(state: number): boolean {
    return stateAt(this.network, state).kind === 'rule_stop';
  }

  private start(decision: State, precedence: number): Step {
    const isRecursive = this.network.rules[decision.rule]?.isLeftRecursive === true;
    const key = decision.number * 32 + (isRecursive ? precedence : 0);
    const known = this.starts.get(key);
    if (known) return known;
    const configs = this.startConfigs(decision, precedence, undefined);
    const made: Step = { configs, outcome: { kind: 'undecided' }, next: new Map() };
    this.starts.set(key, made);
    return made;
  }

  private step(decision: State, from: Step, token: number): Step | undefined {
    if (from.next.has(token)) return from.next.get(token);
    const configs = this.reach(from.configs, token, false, decision.isPrecedenceLoop);
    const made = configs && this.remember(decision, configs);
    from.next.set(token, made);
    return made;
  }

  private remember(decision: State, configs: ConfigSet): Step {
    const key = `${decision.number}/${configs.key()}`;
    const known = this.steps.get(key);
    if (known) return known;
    const made: Step = { configs, outcome: this.outcome(configs), next: new Map() };
    this.steps.set(key, made);
    return made;
  }

  private outcome(configs: ConfigSet): Outcome {
    const unique = configs.uniqueAlternative();
    if (unique !== undefined) return { kind: 'decided', alternative: unique };
    const sets = configs.conflictingSets();
    const allStopped = [...configs.all].every((c) => this.isStop(c.state));
    const stuck = sets.some((set) => set.size > 1) && !configs.hasStateOfOneAlternative();
    if (!allStopped && !stuck) return { kind: 'undecided' };
    return { kind: 'conflict', alternatives: new Set(sets.flatMap((set) => [...set])) };
  }

  /** Without a stack the deciding rule may return to any of its callers. */
  private startConfigs(decision: State, precedence: number, stack: CallStack | undefined): ConfigSet {
    const configs = new ConfigSet(!stack);
    const closure = new Closure(this.network, configs, {
      full: stack !== undefined,
      precedence,
      precedenceLoop: decision.isPrecedenceLoop ? decision.rule : undefined,
      endOfInputRead: false,
    });
    decision.transitions.forEach(({ target }, alternative) => {
      closure.visit(config(target, alternative, stack ?? emptyStack), 0);
    });
    return decision.isPrecedenceLoop ? withoutRepeatedLoops(configs, !stack) : configs;
  }

  private reach(from: ConfigSet, token: number, full: boolean, inPrecedenceLoop: boolean): ConfigSet | undefined {
    const moved = new ConfigSet(!full);
    const stopped: Config[] = [];
    for (const c of from.all) {
      const state = stateAt(this.network, c.state);
      if (state.kind === 'rule_stop') {
        if (full || token === endOfInput) stopped.push(c);
        continue;
      }
      for (const t of state.transitions) if (accepts(t, token)) moved.add({ ...c, state: t.target });
    }
    let reached = moved;
    const settled = stopped.length === 0 && token !== endOfInput && moved.uniqueAlternative() !== undefined;
    if (!settled) {
      reached = new ConfigSet(!full);
      const closure = new Closure(this.network, reached, {
        full,
        precedence: undefined,
        precedenceLoop: inPrecedenceLoop ? -1 : undefined,
        endOfInputRead: token === endOfInput,
      });
      for (const c of moved.all) closure.visit(c, 0);
      if (token === endOfInput) reached = this.onlyStopped(reached, full);
    }
    if (stopped.length > 0 && (!full || ![...reached.all].some((c) => this.isStop(c.state))))
      for (const c of stopped) reached.add(c);
    return reached.size === 0 ? undefined : reached;
  }

  private onlyStopped(configs: ConfigSet, full: boolean): ConfigSet {
    const kept = new ConfigSet(!full);
    for (const c of configs.all) if (this.isStop(c.state)) kept.add(c);
    return kept;
  }
}

const config = (state: number, alternative: number, stack: CallStack): Config => ({
  state,
  alternative,
  stack,
  flaggedOff: false,
  leftDecision: false,
  keepsPrecedence: false,
});

/** Leaving a precedence loop is dropped where staying in it leads to the same place. */
function withoutRepeatedLoops(configs: ConfigSet, wildcard: boolean): ConfigSet {
  const kept = new ConfigSet(wildcard);
  const staying = new Map<number, CallStack>();
  for (const c of configs.all) {
    if (c.alternative !== 0) continue;
    staying.set(c.state, c.stack);
    kept.add(c);
  }
  for (const c of configs.all)
    if (c.alternative !== 0 && (c.keepsPrecedence || staying.get(c.state) !== c.stack)) kept.add(c);
  return kept;
}

type ClosureRules = {
  readonly full: boolean;
  /** Of the deciding call; undefined once a token was read: guards are then taken on trust. */
  readonly precedence: number | undefined;
  readonly precedenceLoop: number | undefined;
  readonly endOfInputRead: boolean;
};

/** Everything that can be reached without reading a token. */
class Closure {
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
    const marks =
      (at.flaggedOff ? 1 : 0) +
      (at.leftDecision ? 2 : 0) +
      (at.keepsPrecedence ? 4 : 0) +
      (depth === 0 ? 8 : depth < 0 ? 16 : 0);
    const key = ((at.stack.id * 0x4000 + at.state) * 256 + at.alternative) * 32 + marks;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const state = stateAt(this.network, at.state);
    if (state.kind !== 'rule_stop') return this.follow(at, state, depth);
    if (at.stack === emptyStack) {
      if (this.rules.full) this.found.add(at);
      else this.follow(at, state, depth);
      return;
    }
    at.stack.returns.forEach((returnState, index) => {
      if (returnState !== emptyReturn) {
        this.visit({ ...at, state: returnState, stack: at.stack.below[index] ?? emptyStack }, depth - 1);
      } else if (this.rules.full) this.found.add({ ...at, stack: emptyStack });
      else this.follow({ ...at, stack: emptyStack }, state, depth);
    });
  }

  private follow(at: Config, state: State, depth: number): void {
    const { transitions } = state;
    if (transitions.length === 0 || transitions.some((t) => !consumesNothing(t))) this.found.add(at);
    for (const transition of transitions) {
      const next = this.through(at, transition, depth);
      if (!next) continue;
      if (state.kind === 'rule_stop') {
        const outermost = transition.kind === 'epsilon' ? transition.outermostReturn : undefined;
        const keepsPrecedence =
          next.keepsPrecedence || (outermost !== undefined && outermost === this.rules.precedenceLoop);
        this.visit({ ...next, leftDecision: true, keepsPrecedence }, depth - 1);
      } else this.visit(next, transition.kind === 'rule' && depth >= 0 ? depth + 1 : depth);
    }
  }

  private through(at: Config, transition: Transition, depth: number): Config | undefined {
    const { target } = transition;
    const { precedence } = this.rules;
    switch (transition.kind) {
      case 'epsilon':
        return { ...at, state: target };
      case 'rule':
        return { ...at, state: target, stack: pushReturn(at.stack, transition.follow) };
      case 'precedence':
        return precedence !== undefined && depth === 0 && transition.precedence < precedence
          ? undefined
          : { ...at, state: target };
      case 'flag': {
        const off = !transition.on && precedence !== undefined;
        return off && this.rules.full ? undefined : { ...at, state: target, flaggedOff: at.flaggedOff || off };
      }
      case 'tokens':
        // The end of the text can be read any number of times.
        return this.rules.endOfInputRead && transition.tokens.has(endOfInput) ? { ...at, state: target } : undefined;
      case 'any':
        return undefined;
    }
  }
}
