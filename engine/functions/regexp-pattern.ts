import { sqlString, type Sql } from '../core/sql-text.ts';
import type { CompiledCall } from './define-function.ts';
import { argument, literalArgument } from './function-forms.ts';

/** Which engine reads a Java pattern, and the pattern in its syntax. */
export type RegexpPattern = { readonly engine: 'duckdb' | 'java'; readonly text: Sql };

/**
 * Java constructs that RE2 lacks or reads otherwise: look-around, back-references, atomic groups, possessive quantifiers, `\Z`, `\h`, `\R`, `\G`, class intersection,
 * named groups in Java's form, Unicode block names, counted repetition beyond RE2's thousand. `$` is one too: Java also lets it stand before a last line break.
 */
const javaOnly = /\(\?(?:[=!>]|<[=!a-zA-Z])|\\[1-9kGRXhHvVZezu0c]|[*+?}]\+|&&|\[[^\]]*\[|\\p\{(?:Is|In|java)|\{\d{4,}|\$(?!$)/;

/** A pattern that is not a literal, or that RE2 cannot read, goes to the JavaScript functions, at 0.5 to 1 µs a row. */
export function regexpPattern(call: CompiledCall, index: number): RegexpPattern {
  const literal = literalArgument(call, index);
  if (typeof literal !== 'string' || javaOnly.test(literal)) return { engine: 'java', text: argument(call, index) };
  return { engine: 'duckdb', text: sqlString(literal) };
}
