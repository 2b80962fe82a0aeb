import { booleanType, integerType, stringType } from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import type { SparkValue } from '../../core/spark-value.ts';
import { textOf } from './scalar-arguments.ts';

const ofText = (name: string, compute: (text: string) => string): JsScalar => ({
  name,
  takes: [stringType],
  returns: stringType,
  evaluate: (text) => compute(textOf(text)),
});

const initialCapitals = (text: string): string =>
  text.toLowerCase().replaceAll(/(^| )([^ ])/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase());

function substringIndex(text: string, delimiter: string, count: number): string {
  if (count === 0 || delimiter === '') return '';
  let at = count > 0 ? -1 : text.length;
  for (let i = 0; i < Math.abs(count); i += 1) {
    at = count > 0 ? text.indexOf(delimiter, at < 0 ? 0 : at + 1) : at === 0 ? -1 : text.lastIndexOf(delimiter, at - 1);
    if (at < 0) return text;
  }
  return count > 0 ? text.slice(0, at) : text.slice(at + delimiter.length);
}

/** Edit distance between characters; -1 when it exceeds `limit` (a negative limit: none). */
function editDistance(left: readonly string[], right: readonly string[], limit: number): number {
  let previous = right.map((_, i) => i + 1);
  previous.unshift(0);
  left.forEach((a, i) => {
    const current = [i + 1];
    right.forEach((b, j) => {
      current.push(Math.min((current[j] ?? 0) + 1, (previous[j + 1] ?? 0) + 1, (previous[j] ?? 0) + (a === b ? 0 : 1)));
    });
    previous = current;
  });
  const distance = previous[right.length] ?? 0;
  return limit >= 0 && distance > limit ? -1 : distance;
}

/** Digit of A…Z; `7` is skipped altogether (H, W), `0` breaks a run (vowels). */
const soundexCodes = '01230127022455012623017202';

function soundex(text: string): string {
  const first = text[0] ?? '';
  if (!/[A-Za-z]/.test(first)) return text;
  let result = first.toUpperCase();
  let last = soundexCodes[result.charCodeAt(0) - 65] ?? '0';
  for (const letter of text.slice(1).toUpperCase()) {
    if (!/[A-Z]/.test(letter)) {
      last = '0';
      continue;
    }
    const code = soundexCodes[letter.charCodeAt(0) - 65] ?? '0';
    if (code === '7') continue;
    if (code !== '0' && code !== last) result += code;
    if (result.length === 4) break;
    last = code;
  }
  return result.padEnd(4, '0');
}

function passesLuhn(text: string): boolean {
  if (!/^\d+$/.test(text)) return false;
  const sum = Array.from(text)
    .toReversed()
    .reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

function masked(text: string, [upper, lower, digit, other]: readonly (SparkValue | undefined)[]): string {
  const replacementOf = (character: string): SparkValue | undefined =>
    /\p{Lu}/u.test(character) ? upper : /\p{Ll}/u.test(character) ? lower : /\p{Nd}/u.test(character) ? digit : other;
  return Array.from(text)
    .map((character) => (replacementOf(character) ?? character) as string)
    .join('');
}

/** Functions of text that DuckDB lacks or does otherwise. */
export const stringScalars: readonly JsScalar[] = [
  ofText('java_upper', (text) => text.toUpperCase()),
  ofText('java_lower', (text) => text.toLowerCase()),
  ofText('java_initcap', initialCapitals),
  ofText('java_reverse', (text) => Array.from(text).toReversed().join('')),
  ofText('java_soundex', soundex),
  {
    name: 'java_substring_index',
    takes: [stringType, stringType, integerType],
    returns: stringType,
    evaluate: (text, delimiter, count) => substringIndex(textOf(text), textOf(delimiter), Number(count)),
  },
  {
    name: 'java_levenshtein',
    takes: [stringType, stringType, integerType],
    returns: integerType,
    evaluate: (a, b, limit) => editDistance(Array.from(textOf(a)), Array.from(textOf(b)), Number(limit)),
  },
  {
    name: 'java_luhn_check',
    takes: [stringType],
    returns: booleanType,
    evaluate: (text) => passesLuhn(textOf(text)),
  },
  {
    name: 'java_mask',
    takes: [stringType, stringType, stringType, stringType, stringType],
    returns: stringType,
    seesNulls: true,
    evaluate: (text, ...replacements) => (text === null ? null : masked(textOf(text), replacements)),
  },
];
