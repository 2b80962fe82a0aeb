import { sqlString, type Sql } from '../core/sql-text.ts';
import type { CompiledCall } from './define-function.ts';
import { argument, literalArgument } from './function-forms.ts';
import { javaRegexp } from './scalar/java-regexp.ts';

/** Which engine reads a Java pattern, and the pattern in its syntax. */
export type RegexpPattern = { readonly engine: 'duckdb' | 'java'; readonly text: Sql };

/** What the matches are for: a yes or no, the first one, or all of them with their places. */
export type RegexpUse = 'test' | 'first' | 'all';

/**
 * Java constructs that RE2 lacks or reads otherwise: look-around, back-references, atomic groups, possessive quantifiers, several escapes, class
 * intersection and nesting, named groups, names of character sets, flags (`(?i)` is for ASCII letters in Java), repetition beyond RE2's thousand.
 */
const javaOnly =
  /\(\?(?:[=!>]|<[=!a-zA-Z]|[a-zA-Z]*[-imdUux])|\\[1-9kGRXNhHvVZezu0cQ]|[*+?}]\+|&&|\[[^\]]*\[|\\[pP]\{(?![A-Z][a-z]?\})|\{\d{4,}/;

/** `$` also stands before a last line break in Java; only the end of a test can say so in RE2. */
const dollar = /(?:^|[^\\])\$/;
const lastLineEnd = String.raw`(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])?\z`;

/** A pattern that is not a literal, or that RE2 cannot read as Java does, goes to the JavaScript functions, at 0.5 to 1 µs a row. */
export function regexpPattern(call: CompiledCall, index: number, use: RegexpUse): RegexpPattern {
  const literal = literalArgument(call, index);
  const text = typeof literal === 'string' ? re2Pattern(literal, use) : undefined;
  return text === undefined
    ? { engine: 'java', text: argument(call, index) }
    : { engine: 'duckdb', text: sqlString(text) };
}

function re2Pattern(pattern: string, use: RegexpUse): string | undefined {
  const endsInDollar = use === 'test' && /(?:^|[^\\])\$$/.test(pattern);
  const body = endsInDollar ? pattern.slice(0, -1) : pattern;
  if (javaOnly.test(pattern) || dollar.test(body) || (endsInDollar && body.includes('|')) || !isValid(pattern))
    return undefined;
  // RE2 skips empty matches that Java finds.
  if (use === 'all' && matchesNothing(pattern)) return undefined;
  return withJavaDots(body) + (endsInDollar ? lastLineEnd : '');
}

/** Java's dot stops at every line break, RE2's only at `\n`. */
const withJavaDots = (pattern: string): string =>
  pattern.includes('(?s')
    ? pattern
    : pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|\./gs, (token) =>
        token === '.' ? String.raw`[^\n\r\x{85}\x{2028}\x{2029}]` : token,
      );

function isValid(pattern: string): boolean {
  try {
    javaRegexp(pattern, '');
    return true;
  } catch {
    return false;
  }
}

const matchesNothing = (pattern: string): boolean => javaRegexp(pattern, '').test('');
