import { sqlString, type Sql } from '../core/sql-text.ts';
import type { CompiledCall } from './define-function.ts';
import { argument, literalArgument } from './function-forms.ts';
import { javaRegexp } from './scalar/java-regexp.ts';

/** Which engine reads a Java pattern, and the pattern in its syntax. */
export type RegexpPattern = { readonly engine: 'duckdb' | 'java'; readonly text: Sql };

/**
 * Java constructs that RE2 lacks or reads otherwise: look-around, back-references, atomic groups, possessive quantifiers, `\Z`, `\h`, `\R`, `\G`, class intersection,
 * named groups in Java's form, Unicode block names, counted repetition beyond RE2's thousand. `$` is one too: Java also lets it stand before a last line break.
 */
const javaOnly = /\(\?(?:[=!>]|<[=!a-zA-Z])|\\[1-9kGRXhHvVZezu0c]|[*+?}]\+|&&|\[[^\]]*\[|\\p\{(?:Is|In|java)|\{\d{4,}|\$(?!$)/;

/**
 * A pattern that is not a literal, or that RE2 cannot read, goes to the JavaScript functions, at 0.5 to 1 µs a row; so does one that matches no text at all
 * where the places of matches count (`isPlaced`): RE2 skips empty matches that Java finds.
 */
export function regexpPattern(call: CompiledCall, index: number, isPlaced = false): RegexpPattern {
  const literal = literalArgument(call, index);
  const isJava = typeof literal !== 'string' || javaOnly.test(literal) || !isValid(literal) || (isPlaced && matchesNothing(literal));
  return isJava ? { engine: 'java', text: argument(call, index) } : { engine: 'duckdb', text: sqlString(literal) };
}

function isValid(pattern: string): boolean {
  try {
    javaRegexp(pattern, '');
    return true;
  } catch {
    return false;
  }
}

function matchesNothing(pattern: string): boolean {
  const regexp = javaRegexp(pattern, '');
  regexp.lastIndex = 0;
  return regexp.test('');
}
