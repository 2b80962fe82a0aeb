import { quoteIfNeeded } from '../../core/type-names.ts';
import type { Node } from '../network/syntax-tree.ts';
import { notSupported } from './build-context.ts';
import { joinedText, nodes, onlyNode, optionalNode } from './tree-access.ts';

/** A name without its back-quotes; letters keep their case. */
export function nameText(node: Node): string {
  const text = joinedText(node);
  return text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text;
}

/** The parts of `a.b.c`, of any rule made of names and dots. */
export function nameParts(node: Node): readonly string[] {
  const named = [...nodes(node, 'name'), ...nodes(node, 'word')];
  return named.map(nameText);
}

/** Parts as one text, in back-quotes where needed: the plan's `unparsed_identifier`. */
export const unparsedName = (parts: readonly string[]): string => parts.map(quoteIfNeeded).join('.');

/** The names of `(a, b)`. */
export const listedNames = (nameList: Node): readonly string[] => nameParts(onlyNode(nameList, 'names'));

/** The parts of a table's name. */
export function tableNameParts(tableReference: Node): readonly string[] {
  const name = optionalNode(tableReference, 'dottedName');
  if (!name) throw notSupported('IDENTIFIER(…) in SQL');
  return nameParts(name);
}
