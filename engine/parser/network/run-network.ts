import type { SparkError } from '../../core/spark-error.ts';
import { endOfInput, tokenTypeDisplay } from '../grammar/token-types.ts';
import { syntaxError, tokenDisplay } from '../syntax-error.ts';
import type { Token } from '../tokenize.ts';
import { emptyStack, pushReturn, type CallStack } from './call-stack.ts';
import { LookAhead, ruleEnd } from './look-ahead.ts';
import { accepts, isDecision, stateAt, type Network, type State } from './network.ts';
import { NoViableAlternative, Predictor } from './predict.ts';
import type { Node } from './syntax-tree.ts';

/** A network with what was learnt about it, shared by every text it reads. */
export type Recognizer = { readonly network: Network; readonly predictor: Predictor; readonly lookAhead: LookAhead };

export const recognizer = (network: Network): Recognizer => ({
  network,
  predictor: new Predictor(network),
  lookAhead: new LookAhead(network),
});

/** `onExit` is told of every rule as it ends, before later text is looked at. */
export type ReadOptions = { readonly onExit?: (node: Node) => void };

/** Reads a whole text by one rule. Throws Spark's syntax error, which names the token that ANTLR's recovery would report first. */
export function readTokens(
  { network, predictor, lookAhead }: Recognizer,
  rule: string,
  text: string,
  tokens: readonly Token[],
  options: ReadOptions = {},
): Node {
  const number = network.ruleNumbers.get(rule);
  if (number === undefined) throw new Error(`no rule ${rule}`);
  return new Reader(network, predictor, lookAhead, text, tokens, options).rule(number, 0, undefined);
}

type Frame = { readonly follow: number; readonly caller: Frame | undefined; readonly precedence: number };

class Reader {
  private at = 0;
  private readonly types: readonly number[];
  private readonly network: Network;
  private readonly predictor: Predictor;
  private readonly lookAhead: LookAhead;
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly options: ReadOptions;

  constructor(network: Network, predictor: Predictor, lookAhead: LookAhead, text: string, tokens: readonly Token[], options: ReadOptions) {
    this.network = network;
    this.predictor = predictor;
    this.lookAhead = lookAhead;
    this.text = text;
    this.tokens = tokens;
    this.options = options;
    this.types = tokens.map((token) => token.type);
  }

  rule(number: number, precedence: number, caller: Frame | undefined, follow = -1): Node {
    const info = this.network.rules[number];
    if (!info) throw new Error(`no rule ${number}`);
    const frame: Frame = { follow, caller, precedence };
    let node = this.open(info.name);
    let state = stateAt(this.network, info.start);
    let cameBack = false;
    while (state.kind !== 'rule_stop') {
      if (state.isPrecedenceLoop && cameBack) {
        this.options.onExit?.(node);
        node = { ...this.open(info.name, node.start), children: [node] };
      }
      const entered = state;
      state = this.advance(state, frame, node, cameBack);
      cameBack = entered.kind === 'star_loop_back';
      if (entered.isPrecedenceLoop && state.kind === 'loop_end' && node.children.length === 1) node = this.unwrapped(node, info.name);
    }
    const last = this.tokens[Math.max(this.at - 1, 0)] ?? node.start;
    const done = { ...node, stop: last };
    this.options.onExit?.(done);
    return done;
  }

  /** The wrapper opened for one more round of a precedence loop that then ended. */
  private unwrapped(node: Node, name: string): Node {
    const [only] = node.children;
    return only?.kind === 'node' && only.rule === name && node.label === undefined && only.isLeft ? only : node;
  }

  private open(rule: string, start?: Token): Node {
    const first = start ?? this.current();
    return { kind: 'node', rule, label: undefined, children: [], start: first, stop: first };
  }
}
