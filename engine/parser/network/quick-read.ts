import type { SparkError } from '../../core/spark-error.ts';
import { endOfInput } from '../grammar/token-types.ts';
import type { Token } from '../tokenize.ts';
import { emptyStack, pushReturn } from './call-stack.ts';
import { accepts, isDecision, type Network, type State, type Transition } from './network.ts';
import type { Frame, QuickChoice } from './quick-choice.ts';
import type { Node, OpenNode } from './syntax-tree.ts';

/** The tree of a right text; undefined if the text is wrong or `refuse` objects to a part of it. */
export class QuickReader {
  private at = 0;
  private readonly network: Network;
  private readonly choice: QuickChoice;
  private readonly tokens: readonly Token[];
  private readonly types: readonly number[];
  private readonly refuse: (node: Node) => SparkError | undefined;

  constructor(
    network: Network,
    choice: QuickChoice,
    tokens: readonly Token[],
    refuse: (node: Node) => SparkError | undefined,
  ) {
    this.network = network;
    this.choice = choice;
    this.tokens = tokens;
    this.types = tokens.map((token) => token.type);
    this.refuse = refuse;
  }

  read(rule: number): Node | undefined {
    return this.rule(rule, { follow: -1, caller: undefined, precedence: 0, stack: emptyStack });
  }

  private rule(number: number, frame: Frame): Node | undefined {
    const { name, start } = this.network.rule(number);
    let node: OpenNode = this.open(name);
    let state = this.network.state(start);
    while (state.kind !== 'rule_stop') {
      const next = this.advance(state, frame, node);
      if (!next) return undefined;
      if (state.isPrecedenceLoop && next.kind === 'star_block_start') {
        const left = this.close(node);
        if (!left) return undefined;
        node = { ...this.open(name), children: [left], start: left.start };
      }
      state = next;
    }
    return this.close(node);
  }

  private open(rule: string): OpenNode {
    return { rule, label: undefined, children: [], start: this.token(this.at) };
  }

  private close(node: OpenNode): Node | undefined {
    const done: Node = { kind: 'node', ...node, stop: this.token(Math.max(this.at - 1, 0)) };
    return this.refuse(done) ? undefined : done;
  }

  private advance(state: State, frame: Frame, node: OpenNode): State | undefined {
    const chosen = isDecision(state) ? this.choice.choose(state, this.types, this.at, frame) : 0;
    if (chosen === undefined) return undefined;
    node.label = state.labels[chosen] ?? node.label;
    const transition = state.transitions[chosen];
    if (!transition) throw new Error(`state ${state.number} leads nowhere`);
    return this.pass(transition, frame, node);
  }

  private pass(transition: Transition, frame: Frame, node: OpenNode): State | undefined {
    switch (transition.kind) {
      case 'rule': {
        const { follow, precedence } = transition;
        const stack = pushReturn(frame.stack, follow);
        const child = this.rule(transition.rule, { follow, caller: frame, precedence, stack });
        if (!child) return undefined;
        node.children.push(child);
        return this.network.state(follow);
      }
      case 'tokens':
      case 'any': {
        const token = this.token(this.at);
        if (!accepts(transition, token.type)) return undefined;
        node.children.push(token);
        if (token.type !== endOfInput) this.at += 1;
        break;
      }
      case 'flag':
        if (!transition.on) return undefined;
        break;
      case 'precedence':
        if (transition.precedence < frame.precedence) return undefined;
        break;
      case 'epsilon':
        break;
    }
    return this.network.state(transition.target);
  }

  private token(index: number): Token {
    const token = this.tokens[Math.min(index, this.tokens.length - 1)];
    if (!token) throw new Error('a text has at least its end');
    return token;
  }
}
