/** Java's names for sets of characters, ASCII as in Java without `UNICODE_CHARACTER_CLASS`; the text goes inside brackets. */
export const namedSets: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: String.raw`\x00-\x7F`,
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: String.raw`!-\/:-@\[-\x60\{-~`,
  Graph: '!-~',
  Print: ' -~',
  Blank: String.raw` \t`,
  Cntrl: String.raw`\x00-\x1F\x7F`,
  XDigit: '0-9a-fA-F',
  Space: String.raw` \t\n\x0B\f\r`,
  javaLowerCase: String.raw`\p{Ll}`,
  javaUpperCase: String.raw`\p{Lu}`,
  javaWhitespace: String.raw`\s`,
};

/** Long property names that are no scripts in JavaScript. */
export const otherProperties: ReadonlySet<string> = new Set([
  'Alphabetic',
  'Uppercase',
  'Lowercase',
  'White_Space',
  'Ideographic',
  'Letter',
]);

/** Java's `(?i)` is for ASCII letters only. */
export const bothCases = (letter: string): string => letter.toLowerCase() + letter.toUpperCase();
