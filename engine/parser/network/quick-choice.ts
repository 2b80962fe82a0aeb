import { endOfInput } from '../grammar/token-types.ts';
import type { CallStack } from './call-stack.ts';
import type { ConfigSet } from './configs.ts';
import { accepts, type Network, type State } from './network.ts';
import { reach, startConfigs } from './simulate.ts';

/** A call on the way from the start rule: where it goes on, and with what precedence it reads. */
export type Frame = {
  readonly follow: number;
  readonly caller: Frame | undefined;
  readonly precedence: number;
  readonly stack: CallStack;
};

type Step = {
  readonly configs: ConfigSet;
  /** The alternative, once it is clear. */
  readonly choice: number | undefined;
  readonly next: Map<number, Step | undefined>;
};

const canComeNext = 1;
const canEnd = 2;

/**
 * Chooses an alternative for a text that is right: by the next token and, where that leaves several, by reading ahead with the real call stack. The
 * choice is `Predictor`'s then, for a fraction of its cost; of a wrong text nothing is promised.
 */
export class QuickChoice {
  private readonly network: Network;
  private readonly firsts = new Map<number, number>();
  private readonly steps = new Map<string, Step | undefined>();

  constructor(network: Network) {
    this.network = network;
  }

  /** The index of the transition to take; undefined: the text is wrong. */
  choose(decision: State, types: readonly number[], at: number, frame: Frame): number | undefined {
    const token = types[at] ?? endOfInput;
    const open = decision.transitions.flatMap(({ target }, index) =>
      this.canStart(target, token, frame) ? [index] : [],
    );
    if (open.length < 2) return open[0];
    const key = `${decision.number}/${frame.precedence}/${frame.stack.id}/${token}`;
    if (!this.steps.has(key)) this.steps.set(key, this.first(decision, open, token, frame));
    let step = this.steps.get(key);
    for (let index = at + 1; step && step.choice === undefined; index += 1)
      step = this.after(step, types[index] ?? endOfInput);
    return step?.choice;
  }

  private first(decision: State, open: readonly number[], token: number, frame: Frame): Step | undefined {
    return this.read(startConfigs(this.network, decision, open, frame.precedence, frame.stack), token);
  }

  private after(step: Step, token: number): Step | undefined {
    if (!step.next.has(token)) step.next.set(token, this.read(step.configs, token));
    return step.next.get(token);
  }

  private read(from: ConfigSet, token: number): Step | undefined {
    const configs = reach(this.network, from, token, true, false);
    return configs && { configs, choice: configs.uniqueAlternative() ?? configs.winner(), next: new Map() };
  }

  /** Guards of callers are taken on trust, as in reading ahead. */
  private canStart(state: number, token: number, frame: Frame): boolean {
    let found = this.firstOf(state, token, frame.precedence, new Set());
    for (let here: Frame | undefined = frame; here; here = here.caller) {
      if ((found & canComeNext) !== 0) return true;
      if ((found & canEnd) === 0) return false;
      if (here.follow < 0) return token === endOfInput;
      found = this.firstOf(here.follow, token, undefined, new Set());
    }
    return false;
  }

  /** Whether a token can come at a state of a rule, and whether the rule can end there, as bits. */
  private firstOf(state: number, token: number, precedence: number | undefined, seen: Set<number>): number {
    if (seen.has(state)) return 0;
    seen.add(state);
    const { kind, transitions } = this.network.state(state);
    if (kind === 'rule_stop') return canEnd;
    let found = 0;
    for (const t of transitions) {
      if (accepts(t, token)) found |= canComeNext;
      else if (t.kind === 'epsilon') found |= this.firstOf(t.target, token, precedence, seen);
      else if (t.kind === 'flag' && t.on) found |= this.firstOf(t.target, token, precedence, seen);
      else if (t.kind === 'precedence' && (precedence === undefined || t.precedence >= precedence))
        found |= this.firstOf(t.target, token, precedence, seen);
      else if (t.kind === 'rule') {
        const inside = this.firstOfRule(t.target, token, t.precedence);
        found |= inside & canComeNext;
        if ((inside & canEnd) !== 0) found |= this.firstOf(t.follow, token, precedence, seen);
      }
    }
    return found;
  }

  private firstOfRule(start: number, token: number, precedence: number): number {
    const key = start * 1024 + token;
    const known = this.firsts.get(key);
    if (known !== undefined) return known;
    const found = this.firstOf(start, token, precedence, new Set());
    this.firsts.set(key, found);
    return found;
  }
}
