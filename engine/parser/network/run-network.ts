import type { SparkError } from '../../core/spark-error.ts';
import { endOfInput, tokenTypeDisplay } from '../grammar/token-types.ts';
import { syntaxError, tokenDisplay } from '../syntax-error.ts';
import type { Token } from '../tokenize.ts';
import { emptyStack, pushReturn, type CallStack } from './call-stack.ts';
import { LookAhead, ruleEnd } from './look-ahead.ts';
import { accepts, isDecision, stateAt, type Network, type State } from './network.ts';
import { NoViableAlternative, Predictor } from './predict.ts';
import type { Node, Tree } from './syntax-tree.ts';

/** A network with what was learnt about it, shared by every text it reads. */
export type Recognizer = { readonly network: Network; readonly predictor: Predictor; readonly lookAhead: LookAhead };

export const recognizer = (network: Network): Recognizer => ({
  network,
  predictor: new Predictor(network),
  lookAhead: new LookAhead(network),
});

/** A text and its tokens. `onExit` is told of every rule as it ends, before later text is looked at. */
export type SourceText = {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly onExit?: (node: Node) => void;
};

/** Reads a whole text by one rule. Throws Spark's syntax error, which names the token that ANTLR's recovery would report first. */
export function readTokens(parts: Recognizer, rule: string, source: SourceText): Node {
  const number = parts.network.ruleNumbers.get(rule);
  if (number === undefined) throw new Error(`no rule ${rule}`);
  return new Reader(parts, source).rule(number, { follow: -1, caller: undefined, precedence: 0 });
}

type Frame = { readonly follow: number; readonly caller: Frame | undefined; readonly precedence: number };
type OpenNode = { rule: string; label: string | undefined; children: Tree[]; start: Token };

class Reader {
  private at = 0;
  private readonly types: readonly number[];
  private readonly parts: Recognizer;
  private readonly source: SourceText;

  constructor(parts: Recognizer, source: SourceText) {
    this.parts = parts;
    this.source = source;
    this.types = source.tokens.map((token) => token.type);
  }

  rule(number: number, frame: Frame): Node {
    const { network } = this.parts;
    const info = network.rules[number];
    if (!info) throw new Error(`no rule ${number}`);
    let node: OpenNode = { rule: info.name, label: undefined, children: [], start: this.current() };
    let state = stateAt(network, info.start);
    let fromLoop = false;
    while (state.kind !== 'rule_stop') {
      const next: State = this.advance(state, frame, node, fromLoop);
      if (state.isPrecedenceLoop && next.kind === 'star_block_start')
        node = { rule: info.name, label: undefined, children: [this.close(node)], start: node.start };
      fromLoop = state.kind === 'star_loop_back' || state.kind === 'plus_loop_back';
      state = next;
    }
    return this.close(node);
  }

  private close(node: OpenNode): Node {
    const done: Node = { kind: 'node', ...node, stop: this.source.tokens[Math.max(this.at - 1, 0)] ?? node.start };
    this.source.onExit?.(done);
    return done;
  }

  private advance(state: State, frame: Frame, node: OpenNode, fromLoop: boolean): State {
    const { network } = this.parts;
    const chosen = this.choose(state, frame, fromLoop);
    const label = state.labels[chosen];
    if (label !== undefined) node.label = label;
    const transition = state.transitions[chosen];
    if (!transition) throw new Error(`state ${state.number} leads nowhere`);
    if (transition.kind === 'rule') {
      const called: Frame = { follow: transition.follow, caller: frame, precedence: transition.precedence };
      node.children.push(this.rule(transition.rule, called));
      return stateAt(network, transition.follow);
    }
    if (transition.kind === 'tokens' || transition.kind === 'any') {
      const token = this.current();
      if (!accepts(transition, token.type)) throw this.unexpected(state, transition.target, frame);
      node.children.push(token);
      if (token.type !== endOfInput) this.at += 1;
    }
    return stateAt(network, transition.target);
  }

  /** Before and after every round of a loop the next token is checked: there Spark's parser names a superfluous token. */
  private choose(state: State, frame: Frame, fromLoop: boolean): number {
    const isLoopEnd = state.kind === 'star_loop_back' || state.kind === 'plus_loop_back';
    const isLoopStart = (state.kind === 'star_loop_entry' || state.kind === 'plus_block_start') && !fromLoop;
    if (isLoopEnd || isLoopStart) this.check(state, frame);
    return isDecision(state) ? this.predict(state, frame) : 0;
  }

  private check(state: State, frame: Frame): void {
    const expected = this.parts.lookAhead.inRule(state.number);
    if (expected.has(this.typeAt(this.at)) || expected.has(ruleEnd)) return;
    const isLoopEnd = state.kind === 'star_loop_back' || state.kind === 'plus_loop_back';
    throw isLoopEnd || this.wouldFitNext(state, frame)
      ? this.extraInput()
      : syntaxError(this.source.text, this.current());
  }

  private predict(state: State, frame: Frame): number {
    const { predictor, lookAhead } = this.parts;
    const choices = lookAhead.oneTokenChoices(state);
    if (choices) return this.predictByToken(state, choices);
    try {
      return predictor.predict(state, {
        types: this.types,
        at: this.at,
        precedence: frame.precedence,
        stack: () => stackOf(frame),
      });
    } catch (error) {
      if (!(error instanceof NoViableAlternative)) throw error;
      throw syntaxError(this.source.text, this.tokenAt(error.token));
    }
  }

  private predictByToken(state: State, choices: readonly ReadonlySet<number>[]): number {
    const type = this.typeAt(this.at);
    const skips = state.kind === 'block_start' && state.labels.length < choices.length;
    const isLoop = state.kind === 'star_loop_entry' || state.kind === 'plus_loop_back';
    const inside = skips || isLoop ? choices.slice(0, -1) : choices;
    const found = inside.findIndex((set) => set.has(type));
    if (found >= 0) return found;
    if (skips || isLoop) return choices.length - 1;
    throw syntaxError(this.source.text, this.current());
  }

  /** The token is superfluous, or one is missing before it, or it is plainly wrong: tried in this order. */
  private unexpected(state: State, afterwards: number, frame: Frame): SparkError {
    if (this.wouldFitNext(state, frame)) return this.extraInput();
    if (this.expected(afterwards, frame).has(this.typeAt(this.at))) {
      const missing = [...this.expected(state.number, frame)].sort((a, b) => a - b).map(tokenTypeDisplay);
      const list = missing.length === 1 ? missing[0] : `{${missing.join(', ')}}`;
      return syntaxError(this.source.text, this.current(), `: missing ${list}`);
    }
    return syntaxError(this.source.text, this.current());
  }

  private extraInput(): SparkError {
    const token = this.current();
    return syntaxError(this.source.text, token, `: extra input ${tokenDisplay(token)}`);
  }

  private wouldFitNext(state: State, frame: Frame): boolean {
    return this.expected(state.number, frame).has(this.typeAt(this.at + 1));
  }

  /** What can come at a state, with the real callers. */
  private expected(state: number, frame: Frame): ReadonlySet<number> {
    const all = new Set<number>();
    let here: Frame | undefined = frame;
    let tokens = this.parts.lookAhead.inRule(state);
    for (;;) {
      for (const token of tokens) if (token !== ruleEnd) all.add(token);
      if (!tokens.has(ruleEnd) || !here) return all;
      if (!here.caller) return all.add(endOfInput);
      tokens = this.parts.lookAhead.inRule(here.follow);
      here = here.caller;
    }
  }

  private tokenAt(index: number): Token {
    const { tokens } = this.source;
    const token = tokens[Math.min(index, tokens.length - 1)];
    if (!token) throw new Error('a text has at least its end');
    return token;
  }
  private current(): Token {
    return this.tokenAt(this.at);
  }
  private typeAt(index: number): number {
    return this.tokenAt(index).type;
  }
}

function stackOf(frame: Frame): CallStack {
  return frame.caller ? pushReturn(stackOf(frame.caller), frame.follow) : emptyStack;
}
