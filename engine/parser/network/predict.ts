import { endOfInput } from '../grammar/token-types.ts';
import type { CallStack } from './call-stack.ts';
import type { ConfigSet } from './configs.ts';
import type { Network, State } from './network.ts';
import { isStop, reach, startConfigs } from './simulate.ts';

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
  readonly stack: CallStack;
};

type Outcome =
  | { readonly kind: 'undecided' }
  | { readonly kind: 'decided'; readonly alternative: number }
  | { readonly kind: 'conflict'; readonly alternatives: ReadonlySet<number> };
type Step = { readonly configs: ConfigSet; readonly outcome: Outcome; readonly next: Map<number, Step | undefined> };

/**
 * Chooses an alternative of a decision by reading as many tokens ahead as needed: ANTLR's adaptive LL(*) (Parr, Harwell, Fisher 2014), in its two
 * stages: first as if the rule could have been called from anywhere, then, where that cannot decide, with the real call stack. A wrong text is reported
 * where this gives up. Steps of the first stage are remembered.
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
    let configs = startConfigs(this.network, decision, everyAlternative(decision), input.precedence, input.stack);
    for (let index = input.at; ; index += 1) {
      const reached = reach(this.network, configs, input.types[index] ?? endOfInput, true, false);
      if (!reached) return this.fallback(configs, index);
      const found = reached.uniqueAlternative() ?? reached.winner();
      if (found !== undefined) return found;
      configs = reached;
    }
  }

  private fallback(configs: ConfigSet, token: number): number {
    const finished = configs.finishedAlternative((state) => isStop(this.network, state));
    if (finished === undefined) throw new NoViableAlternative(token);
    return finished;
  }

  private start(decision: State, precedence: number): Step {
    const { isLeftRecursive } = this.network.rule(decision.rule);
    const key = decision.number * 32 + (isLeftRecursive ? precedence : 0);
    const known = this.starts.get(key);
    if (known) return known;
    const configs = startConfigs(this.network, decision, everyAlternative(decision), precedence, undefined);
    const made: Step = { configs, outcome: { kind: 'undecided' }, next: new Map() };
    this.starts.set(key, made);
    return made;
  }

  private step(decision: State, from: Step, token: number): Step | undefined {
    if (from.next.has(token)) return from.next.get(token);
    const configs = reach(this.network, from.configs, token, false, decision.isPrecedenceLoop);
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
    const allStopped = [...configs.all].every((c) => isStop(this.network, c.state));
    const stuck = sets.some((set) => set.size > 1) && !configs.hasStateOfOneAlternative();
    if (!allStopped && !stuck) return { kind: 'undecided' };
    return { kind: 'conflict', alternatives: new Set(sets.flatMap((set) => [...set])) };
  }
}

const everyAlternative = (decision: State): readonly number[] => decision.transitions.map((_, index) => index);
