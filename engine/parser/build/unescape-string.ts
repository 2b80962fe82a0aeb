const named: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\u001a',
  // Kept escaped: they are patterns of LIKE.
  '%': '\\%',
  _: '\\_',
};

const escape = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([01][0-7]{2})|([^]))/g;

/** The value of a string literal as written, quotes and `r` prefix included: Spark's `unescapeSQLString`. */
export function unescapeString(literal: string): string {
  if (/^r/i.test(literal)) return literal.slice(2, -1);
  return literal
    .slice(1, -1)
    .replaceAll(escape, (_all, short?: string, long?: string, octal?: string, other?: string) => {
      if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
      if (long !== undefined) return fromCodePoint(Number.parseInt(long, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return named[other ?? ''] ?? other ?? '';
    });
}

const fromCodePoint = (code: number): string => (code > 0x10ffff ? '' : String.fromCodePoint(code));
