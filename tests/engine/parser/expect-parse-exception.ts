import { expect } from 'vitest';
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

/** Spark's text of an error on the first line of a one-line text. */
export const pointedText = (message: string, text: string, position: number): string =>
  `\n${message}(line 1, pos ${position})\n\n== SQL ==\n${text}\n${'-'.repeat(position)}^^^\n`;

export function expectParseException(action: () => unknown, condition: string, message: string, text: string, position: number): void {
  const error = thrownBy(action);
  expect({ class: error.errorClass, condition: error.condition, message: error.message }).toEqual({
    class: 'ParseException',
    condition,
    message: pointedText(message, text, position),
  });
}

export const expectSyntaxError = (action: () => unknown, near: string, text: string, position: number): void =>
  expectParseException(action, 'PARSE_SYNTAX_ERROR', `[PARSE_SYNTAX_ERROR] Syntax error at or near ${near}.`, text, position);
