import { SparkError } from '../../../engine/core/spark-error.ts';

/** The error that an action throws; anything else fails the test. */
export function thrownBy(action: () => unknown): SparkError {
  try {
    action();
  } catch (error) {
    if (error instanceof SparkError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

type Failure = { readonly class: unknown; readonly condition: string | undefined; readonly message: string };

export function failureOf(action: () => unknown): Failure {
  const { errorClass, condition, message } = thrownBy(action);
  return { class: errorClass, condition, message };
}

/** Spark's ParseException for the first line of a one-line text. */
export const parseException = (condition: string, message: string, text: string, position: number): Failure => ({
  class: 'ParseException',
  condition,
  message: `\n${message}(line 1, pos ${position})\n\n== SQL ==\n${text}\n${'-'.repeat(position)}^^^\n`,
});

export const syntaxError = (near: string, text: string, position: number): Failure =>
  parseException('PARSE_SYNTAX_ERROR', `[PARSE_SYNTAX_ERROR] Syntax error at or near ${near}.`, text, position);
