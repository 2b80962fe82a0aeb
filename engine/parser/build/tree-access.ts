import { tokenTypeName } from '../grammar/token-types.ts';
import type { Node, Tree } from '../network/syntax-tree.ts';
import type { Token } from '../tokenize.ts';

const isNode = (tree: Tree): tree is Node => tree.kind === 'node';

/** The parts of a node that the grammar calls `rule`. */
export const nodes = (node: Node, rule: string): readonly Node[] =>
  node.children.filter(isNode).filter((child) => child.rule === rule);

export const optionalNode = (node: Node, rule: string): Node | undefined => nodes(node, rule)[0];

/** A part that the grammar promises. */
export function onlyNode(node: Node, rule: string): Node {
  const found = optionalNode(node, rule);
  if (!found) throw new Error(`${node.rule} has no ${rule}`);
  return found;
}

export const childNodes = (node: Node): readonly Node[] => node.children.filter(isNode);

/** The only part of a rule that merely names another. */
export function innerNode(node: Node): Node {
  const [inner] = childNodes(node);
  if (!inner) throw new Error(`${node.rule} is empty`);
  return inner;
}

/** The words of a node's own tokens, by their name in the grammar. */
export const words = (node: Node): readonly string[] =>
  node.children.flatMap((child) => (isNode(child) ? [] : [tokenTypeName(child.type)]));

export const hasWord = (node: Node, word: string): boolean => words(node).includes(word);

export function tokensOf(tree: Tree): readonly Token[] {
  return isNode(tree) ? tree.children.flatMap(tokensOf) : [tree];
}

/** The tokens' text without what lies between them, as ANTLR's `getText`. */
export const joinedText = (tree: Tree): string =>
  tokensOf(tree)
    .map((token) => token.text)
    .join('');

/** The text as written. */
export const sourceText = (node: Node, text: string): string => text.slice(node.start.start, node.stop.stop);
