/** Characters as Java and SQL count them: Unicode code points, not UTF-16 units. */
export const characterCount = (text: string): number => Array.from(text).length;

/** The text with blanks after it up to `length` characters, as CHAR(n) is read. */
export const paddedText = (text: string, length: number): string =>
  text + ' '.repeat(Math.max(0, length - characterCount(text)));
