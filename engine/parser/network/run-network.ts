import type { SparkError } from '../../core/spark-error.ts';
import { endOfInput, tokenTypeDisplay } from '../grammar/token-types.ts';
import { syntaxError, tokenDisplay } from '../syntax-error.ts';
import type { Token } from '../tokenize.ts';
import { emptyStack, pushReturn } from './call-stack.ts';
import { LookAhead, ruleEnd } from './look-ahead.ts';
import { accepts, isDecision, type Network, type State } from './network.ts';
import { NoViableAlternative, Predictor } from './predict.ts';
import { QuickChoice, type Frame } from './quick-choice.ts';
import { QuickReader } from './quick-read.ts';
import type { Node, OpenNode } from './syntax-tree.ts';

/** A network with what was learnt about it, shared by every text it reads. */
export class Recognizer {
  readonly network: Network;
  readonly choice: QuickChoice;
  private exact: { readonly predictor: Predictor; readonly lookAhead: LookAhead } | undefined;

  constructor(network: Network) {
    this.network = network;
    this.choice = new QuickChoice(network);
  }

  /** What a wrong text is read with; it needs the whole network. */
  forErrors(): { readonly predictor: Predictor; readonly lookAhead: LookAhead } {
    this.network.complete();
    this.exact ??= { predictor: new Predictor(this.network), lookAhead: new LookAhead(this.network) };
    return this.exact;
  }
}

/** A text and its tokens. `refuse` is asked about every rule as it ends, before later text is looked at. */
export type SourceText = {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly refuse: (node: Node) => SparkError | undefined;
};

/**
 * Reads a whole text by one rule: first as if it were right; if that fails once more, as Spark's parser does, to report what that reports. Throws the
 * syntax error that names the token which ANTLR's recovery would report first, or what `refuse` says.
 */
export function readTokens(recognizer: Recognizer, rule: string, source: SourceText): Node {
  const { network, choice } = recognizer;
  const number = network.ruleNumber(rule);
  return (
    new QuickReader(network, choice, source.tokens, source.refuse).read(number) ??
    new Reader(recognizer, source).rule(number, { follow: -1, caller: undefined, precedence: 0, stack: emptyStack })
  );
}

class Reader {
  private at = 0;
  private readonly types: readonly number[];
  private readonly network: Network;
  private readonly predictor: Predictor;
  private readonly lookAhead: LookAhead;
  private readonly source: SourceText;

  constructor(recognizer: Recognizer, source: SourceText) {
    const { predictor, lookAhead } = recognizer.forErrors();
    this.network = recognizer.network;
    this.predictor = predictor;
    this.lookAhead = lookAhead;
    this.source = source;
    this.types = source.tokens.map((token) => token.type);
  }

  rule(number: number, frame: Frame): Node {
    const info = this.network.rule(number);
    let node: OpenNode = { rule: info.name, label: undefined, children: [], start: this.current() };
    let state = this.network.state(info.start);
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
    const refused = this.source.refuse(done);
    if (refused) throw refused;
    return done;
  }

  private advance(state: State, frame: Frame, node: OpenNode, fromLoop: boolean): State {
    const chosen = this.choose(state, frame, fromLoop);
    const label = state.labels[chosen];
    if (label !== undefined) node.label = label;
    const transition = state.transitions[chosen];
    if (!transition) throw new Error(`state ${state.number} leads nowhere`);
    if (transition.kind === 'rule') {
      const { follow, precedence } = transition;
      const called: Frame = { follow, caller: frame, precedence, stack: pushReturn(frame.stack, follow) };
      node.children.push(this.rule(transition.rule, called));
      return this.network.state(follow);
    }
    if (transition.kind === 'tokens' || transition.kind === 'any') {
      const token = this.current();
      if (!accepts(transition, token.type)) throw this.unexpected(state, transition.target, frame);
      node.children.push(token);
      if (token.type !== endOfInput) this.at += 1;
    }
    return this.network.state(transition.target);
  }

  /** Before and after every round of a loop the next token is checked: there Spark's parser names a superfluous token. */
  private choose(state: State, frame: Frame, fromLoop: boolean): number {
    const isLoopEnd = state.kind === 'star_loop_back' || state.kind === 'plus_loop_back';
    const isLoopStart = (state.kind === 'star_loop_entry' || state.kind === 'plus_block_start') && !fromLoop;
    if (isLoopEnd || isLoopStart) this.check(state, frame);
    return isDecision(state) ? this.predict(state, frame) : 0;
  }

  private check(state: State, frame: Frame): void {
    const expected = this.lookAhead.inRule(state.number);
    if (expected.has(this.typeAt(this.at)) || expected.has(ruleEnd)) return;
    const isLoopEnd = state.kind === 'star_loop_back' || state.kind === 'plus_loop_back';
    throw isLoopEnd || this.wouldFitNext(state, frame)
      ? this.extraInput()
      : syntaxError(this.source.text, this.current());
  }

  private predict(state: State, frame: Frame): number {
    const choices = this.lookAhead.oneTokenChoices(state);
    if (choices) return this.predictByToken(state, choices);
    try {
      return this.predictor.predict(state, {
        types: this.types,
        at: this.at,
        precedence: frame.precedence,
        stack: frame.stack,
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
    let tokens = this.lookAhead.inRule(state);
    for (;;) {
      for (const token of tokens) if (token !== ruleEnd) all.add(token);
      if (!tokens.has(ruleEnd) || !here) return all;
      if (!here.caller) return all.add(endOfInput);
      tokens = this.lookAhead.inRule(here.follow);
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
