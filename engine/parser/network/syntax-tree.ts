import type { Token } from '../tokenize.ts';

/** What a rule read. `label` names the alternative taken; of a left-recursive rule the left operand is the first child. */
export type Node = {
  readonly kind: 'node';
  readonly rule: string;
  readonly label: string | undefined;
  readonly children: readonly Tree[];
  readonly start: Token;
  /** The last token read; before `start` if the rule read nothing. */
  readonly stop: Token;
};
export type Tree = Node | Token;

/** A node whose rule is still being read. */
export type OpenNode = { rule: string; label: string | undefined; children: Tree[]; start: Token };
