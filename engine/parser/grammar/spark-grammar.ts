import { buildNetwork } from '../network/build-network.ts';
import { readGrammar } from '../network/grammar-notation.ts';
import { Recognizer } from '../network/run-network.ts';
import { expressionGrammar } from './expression-grammar.ts';
import { nameAndTypeGrammar } from './name-and-type-grammar.ts';
import { queryGrammar } from './query-grammar.ts';
import { statementGrammar } from './statement-grammar.ts';

let made: Recognizer | undefined;

/** Spark's SQL, made at first use. */
export function sparkGrammar(): Recognizer {
  made ??= new Recognizer(
    buildNetwork(readGrammar(statementGrammar + queryGrammar + expressionGrammar + nameAndTypeGrammar)),
  );
  return made;
}
