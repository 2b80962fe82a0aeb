import { sparkError, SparkError } from '../../core/spark-error.ts';

/** A piece of a date and time pattern. `letter` is Java's after Spark's own rewriting: `u` is the year with a sign, `y` the year of an era. */
export type PatternItem =
  | { readonly kind: 'field'; readonly letter: string; readonly count: number }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'optional'; readonly items: readonly PatternItem[] };

export type PatternUse = 'parse' | 'format';

const patterns = new Map<string, readonly PatternItem[]>();

/**
 * Reads a pattern by the rules of Spark's DateTimeFormatterHelper and Java's DateTimeFormatterBuilder. A pattern that Java's older SimpleDateFormat
 * would take raises `DATETIME_PATTERN_RECOGNITION`, any other wrong one `IllegalArgumentException`.
 */
export function readPattern(pattern: string, use: PatternUse): readonly PatternItem[] {
  const key = `${use} ${pattern}`;
  let items = patterns.get(key);
  if (!items) {
    try {
      checkLetters(pattern, use);
      items = readItems(pattern, use);
    } catch (error) {
      if (error instanceof SparkError && isSimpleDateFormat(pattern)) {
        throw sparkError('INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION', {
          pattern: `'${pattern}'`,
        });
      }
      throw error;
    }
    patterns.set(key, items);
  }
  return items;
}

const illegal = (message: string): SparkError => new SparkError('IllegalArgumentException', message);

/** The parts of a pattern outside quotes, which is where Spark looks for letters it refuses. */
const unquoted = (pattern: string): readonly string[] => pattern.split("'").filter((_, i) => i % 2 === 0);

function checkLetters(pattern: string, use: PatternUse): void {
  for (const part of unquoted(pattern)) {
    for (const letter of part) {
      if ('YWwuec'.includes(letter))
        throw illegal(
          `All week-based patterns are unsupported since Spark 3.0, detected: ${letter}, Please use the SQL function EXTRACT instead`,
        );
      if ('ABnNp'.includes(letter) || (use === 'parse' && 'EFqQ'.includes(letter)))
        throw illegal(`Illegal pattern character: ${letter}`);
    }
    for (const [letter, count] of [
      ['G', 5],
      ['M', 5],
      ['L', 5],
      ['E', 5],
      ['Q', 5],
      ['q', 5],
      ['y', 7],
    ] as const) {
      if (part.includes(letter.repeat(count))) throw illegal(`Too many pattern letters: ${letter}`);
    }
  }
}

const hasEra = (pattern: string): boolean => unquoted(pattern).some((part) => part.includes('G'));

function readItems(pattern: string, use: PatternUse): readonly PatternItem[] {
  const eraGiven = hasEra(pattern);
  const stack: PatternItem[][] = [[]];
  const add = (item: PatternItem): void => void stack.at(-1)?.push(item);
  let at = 0;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (/[A-Za-z]/.test(character)) {
      let end = at;
      while (pattern.charAt(end) === character) end += 1;
      const letter = character === 'y' && !eraGiven ? 'u' : character;
      checkCount(letter, end - at, use);
      add({ kind: 'field', letter, count: end - at });
      at = end;
    } else if (character === "'") {
      const end = closingQuote(pattern, at);
      if (end < 0)
        throw illegal(
          `Pattern ends with an incomplete string literal: ${eraGiven ? pattern : pattern.replaceAll('y', 'u')}`,
        );
      const text = pattern.slice(at + 1, end);
      add({ kind: 'literal', text: text === '' ? "'" : text.replaceAll("''", "'") });
      at = end + 1;
    } else {
      readMark(character, stack, add);
      at += 1;
    }
  }
  return closeOptional(stack);
}

function readMark(character: string, stack: PatternItem[][], add: (item: PatternItem) => void): void {
  if (character === '[') stack.push([]);
  else if (character === ']') {
    const items = stack.length > 1 ? stack.pop() : undefined;
    if (!items) throw illegal('Pattern invalid as it contains ] without previous [');
    add({ kind: 'optional', items });
  } else if ('{}#'.includes(character)) throw illegal(`Pattern includes reserved character: '${character}'`);
  else add({ kind: 'literal', text: character });
}

/** Sections still open at the end close there. */
function closeOptional(stack: PatternItem[][]): readonly PatternItem[] {
  while (stack.length > 1) {
    const items = stack.pop() ?? [];
    stack.at(-1)?.push({ kind: 'optional', items });
  }
  return stack[0] ?? [];
}

function closingQuote(pattern: string, open: number): number {
  for (let at = open + 1; at < pattern.length; at += 1) {
    if (pattern.charAt(at) !== "'") continue;
    if (pattern.charAt(at + 1) !== "'") return at;
    at += 1;
  }
  return -1;
}

/** How many letters each field may have; the second number where the words of Java's message differ. */
const maximum: Readonly<Record<string, number>> = {
  G: 4,
  u: 6,
  y: 6,
  M: 4,
  L: 4,
  D: 3,
  d: 2,
  H: 2,
  h: 2,
  k: 2,
  K: 2,
  m: 2,
  s: 2,
  S: 9,
  a: 1,
  E: 4,
  F: 1,
  Q: 4,
  q: 4,
  z: 4,
  X: 5,
  x: 5,
  Z: 5,
  g: 19,
};

function checkCount(letter: string, count: number, use: PatternUse): void {
  if (letter === 'V' && count !== 2) throw illegal('Pattern letter count must be 2: V');
  if (letter === 'O' && count !== 1 && count !== 4) throw illegal('Pattern letter count must be 1 or 4: O');
  if (letter === 'V' || letter === 'O') return;
  const most = maximum[letter];
  if (most === undefined || (letter === 'g' && use === 'parse')) throw illegal(`Unknown pattern letter: ${letter}`);
  if (count > most) {
    throw illegal(
      letter === 'S'
        ? `The minimum width must be from 0 to 9 inclusive but was ${count}`
        : `Too many pattern letters: ${letter}`,
    );
  }
}

/** Whether Java's SimpleDateFormat takes the pattern: its letters, at most three X, quotes closed. */
export function isSimpleDateFormat(pattern: string): boolean {
  const parts = pattern.split("'");
  if (parts.length % 2 === 0) return false;
  return parts.every((part, i) => i % 2 === 1 || !/[^GyYMLwWDdFEuaHkKhmsSzZX\W\d_]|XXXX/.test(part));
}
