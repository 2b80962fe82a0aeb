import { MongoError } from '../mongo-error.ts';

/** mingo's messages in MongoDB's words and codes. */
const texts: readonly (readonly [RegExp, (groups: readonly string[]) => MongoError])[] = [
  [/accumulator '(\$\w+)' is not registered/, ([name]) => new MongoError(168, `Unrecognized expression '${name}'`)],
  [
    /unregistered pipeline operator (\$\w+)/,
    ([name]) => new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`),
  ],
  [/Use of undefined variable: (\w+)/, ([name]) => new MongoError(17276, `Use of undefined variable: ${name}`)],
  [
    /Expression must contain a single operator/,
    () => new MongoError(15983, 'An object representing an expression must have exactly one field'),
  ],
];

/** Runs what mingo evaluates; its errors, which are about the learner's expression, become MongoDB's. */
export function translateMingoError<Result>(evaluate: () => Result): Result {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof MongoError || !(error instanceof Error)) throw error;
    for (const [pattern, makeError] of texts) {
      const match = pattern.exec(error.message);
      if (match !== null) throw makeError(match.slice(1));
    }
    throw new MongoError(2, error.message);
  }
}
