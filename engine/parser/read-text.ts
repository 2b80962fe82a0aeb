import { sparkGrammar } from './grammar/spark-grammar.ts';
import { readTokens } from './network/run-network.ts';
import type { Node } from './network/syntax-tree.ts';
import { parseException } from './syntax-error.ts';
import { tokenize } from './tokenize.ts';

export type StartRule = 'wholeExpression' | 'wholeStatement' | 'wholeType' | 'wholeSchema' | 'wholeName';

/** Reads a text by one of the grammar's start rules. Throws Spark's syntax errors and `INVALID_IDENTIFIER` for `a-b` where only a name can stand. */
export function readText(text: string, rule: StartRule): Node {
  const tokens = tokenize(text);
  return readTokens(sparkGrammar(), rule, {
    text,
    tokens,
    refuse: (node) => {
      if (node.rule !== 'name') return undefined;
      const dashes = node.children[1];
      if (dashes?.kind !== 'node' || dashes.label !== 'dashed') return undefined;
      const ident = text.slice(node.start.start, node.stop.stop).replaceAll(/\s+/g, '');
      return parseException('INVALID_IDENTIFIER', { ident }, { text, token: dashes.start });
    },
  });
}
