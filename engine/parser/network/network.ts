/** A step from one state to the next. */
export type Transition =
  | {
      readonly kind: 'epsilon';
      readonly target: number;
      /** On a return: the rule, where the call began a left-recursive rule afresh. */
      readonly outermostReturn?: number;
    }
  | { readonly kind: 'tokens'; readonly target: number; readonly tokens: ReadonlySet<number> }
  | { readonly kind: 'any'; readonly target: number }
  | { readonly kind: 'flag'; readonly target: number; readonly on: boolean }
  | { readonly kind: 'precedence'; readonly target: number; readonly precedence: number }
  /** `target` is the called rule's start, `follow` the state after it. */
  | {
      readonly kind: 'rule';
      readonly target: number;
      readonly rule: number;
      readonly precedence: number;
      readonly follow: number;
    };

export type StateKind =
  | 'basic'
  | 'rule_start'
  | 'rule_stop'
  | 'block_start'
  | 'plus_block_start'
  | 'star_block_start'
  | 'star_loop_entry'
  | 'star_loop_back'
  | 'plus_loop_back'
  | 'loop_end';

export type State = {
  readonly number: number;
  readonly kind: StateKind;
  readonly rule: number;
  readonly transitions: Transition[];
  /** The loop of a left-recursive rule: its prediction depends on the precedence of the call. */
  readonly isPrecedenceLoop: boolean;
  /** Of a block: one label an alternative. */
  labels: readonly (string | undefined)[];
};

export type RuleInfo = {
  readonly name: string;
  readonly start: number;
  readonly stop: number;
  /** Known once the rule's states exist. */
  isLeftRecursive: boolean;
};

/**
 * The grammar as a network of states: one start and one stop state a rule, a decision wherever the text must choose.
 * Follows ANTLR's augmented transition networks, because Spark's syntax errors are what such a network reports.
 */
export type Network = {
  /** A state; asking for a rule's start makes the states of the rule. */
  readonly state: (number: number) => State;
  readonly rule: (number: number) => RuleInfo;
  readonly ruleNumber: (name: string) => number;
  /** Makes all rules, and leads the stop of each to every place after a call of it. */
  readonly complete: () => void;
};

/** Whether a state has a choice: its transitions are the alternatives, in order of preference. */
export const isDecision = (state: State): boolean => state.transitions.length > 1 && state.kind !== 'rule_stop';

export const consumesNothing = (transition: Transition): boolean =>
  transition.kind !== 'tokens' && transition.kind !== 'any';

export const accepts = (transition: Transition, token: number): boolean =>
  (transition.kind === 'tokens' && transition.tokens.has(token)) || (transition.kind === 'any' && token !== 0);
