import { sparkError } from '../../core/spark-error.ts';

/** Java's names for sets of characters, ASCII as in Java without `UNICODE_CHARACTER_CLASS`; the text goes inside brackets. */
const namedSets: Readonly<Record<string, string>> = {
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

/** Escapes that JavaScript lacks or reads otherwise. */
const escapes: Readonly<Record<string, string>> = {
  A: '^',
  z: '$',
  Z: String.raw`(?=\n?$)`,
  h: String.raw`[ \t\xA0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]`,
  R: String.raw`(?:\r\n|[\n\x0B\f\r\u0085\u2028\u2029])`,
  a: String.raw`\x07`,
  e: String.raw`\x1B`,
};
const inClass: Readonly<Record<string, string>> = { h: String.raw` \t\xA0`, a: String.raw`\x07`, e: String.raw`\x1B` };

/** Characters that may follow a backslash in JavaScript's Unicode mode. */
const escapable = /[\^$\\.*+?()[\]{}|/\-]/;

/** Java's `$` also stands before one last line break. */
const endOfInput = String.raw`(?=\n?$)`;

type Flags = { readonly i: boolean; readonly s: boolean; readonly m: boolean; readonly x: boolean };

/** One pass over a Java pattern, building the JavaScript one. */
class Translation {
  private readonly source: string;
  private at = 0;
  private depth = 0;
  private out = '';
  private readonly flags: Flags;

  constructor(source: string, flags: Flags) {
    this.source = source;
    this.flags = flags;
  }

  run(): string {
    while (this.at < this.source.length) this.step();
    return this.out;
  }

  private step(): void {
    const character = this.source[this.at] ?? '';
    if (character === '\\') return this.escape();
    this.at += 1;
    if (this.depth > 0) return this.classCharacter(character);
    switch (character) {
      case '[':
        this.depth = 1;
        this.out += '[';
        return this.leadingBracket();
      case '$':
        this.out += this.flags.m ? '$' : endOfInput;
        return;
      case '.':
        this.out += this.flags.s ? '[^]' : String.raw`[^\n\r\u0085\u2028\u2029]`;
        return;
      case '+':
        if (/[*+?}]$/.test(this.source.slice(0, this.at - 1)) && !/\\[*+?}]$/.test(this.source.slice(0, this.at - 1))) throw unsupported('possessive quantifiers');
        this.out += '+';
        return;
      case '{':
      case '}':
        this.out += this.isQuantifier() ? character : `\\${character}`;
        return;
      case ']':
        this.out += String.raw`\]`;
        return;
      default:
        this.literal(character);
    }
  }

  /** `[]a]` and `[^]a]`: the first bracket is a character in Java. */
  private leadingBracket(): void {
    if (this.source[this.at] === '^') {
      this.out += '^';
      this.at += 1;
    }
    if (this.source[this.at] === ']') {
      this.out += String.raw`\]`;
      this.at += 1;
    }
  }

  private isQuantifier(): boolean {
    const before = this.source.slice(0, this.at);
    return this.source[this.at - 1] === '{' ? /^\d+(?:,\d*)?\}/.test(this.source.slice(this.at)) : /\{\d+(?:,\d*)?\}$/.test(before);
  }

  private literal(character: string): void {
    if (this.flags.x && /\s/.test(character)) return;
    if (this.flags.x && character === '#') {
      const end = this.source.indexOf('\n', this.at);
      this.at = end < 0 ? this.source.length : end;
      return;
    }
    if (character === '(' && this.source.startsWith('?>', this.at)) throw unsupported('atomic groups');
    this.out += character;
  }

  private classCharacter(character: string): void {
    if (character === '[') {
      this.depth += 1;
      this.out += '[';
      return this.leadingBracket();
    }
    if (character === ']') this.depth -= 1;
    if (character === '&' && this.source[this.at] === '&') {
      this.out += '&&';
      this.at += 1;
      return;
    }
    // Punctuation that the `v` flag reserves inside a class.
    this.out += /[(){}/|]/.test(character) || (character === '&' && this.depth > 0) ? `\\${character}` : character;
  }

  private escape(): void {
    const next = this.source[this.at + 1] ?? '';
    this.at += 2;
    if (next === 'Q') {
      const end = this.source.indexOf(String.raw`\E`, this.at);
      const text = this.source.slice(this.at, end < 0 ? undefined : end);
      this.at = end < 0 ? this.source.length : end + 2;
      this.out += text.replaceAll(/[\^$\\.*+?()[\]{}|/\-]/g, String.raw`\$&`);
    } else if (next === 'p' || next === 'P') this.property(next);
    else if (this.depth > 0 && inClass[next]) this.out += inClass[next];
    else if (this.depth === 0 && escapes[next]) this.out += escapes[next];
    else if (/[A-Za-z0-9]/.test(next)) this.out += this.codePoint(next);
    else this.out += escapable.test(next) ? (next === '-' && this.depth === 0 ? '-' : `\\${next}`) : next;
  }

  /** `\x{1F600}` is `\u{1F600}`; `\012` in octal starts with 0. */
  private codePoint(next: string): string {
    const braces = next === 'x' ? /^\{([0-9a-fA-F]+)\}/.exec(this.source.slice(this.at)) : null;
    const octal = next === '0' ? /^[0-7]{1,3}/.exec(this.source.slice(this.at)) : null;
    const found = braces ?? octal;
    if (!found) return `\\${next}`;
    this.at += found[0].length;
    return String.raw`\u{${braces ? (braces[1] ?? '0') : Number.parseInt(found[0], 8).toString(16)}}`;
  }

  private property(letter: string): void {
    const braced = /^\{\^?([^}]+)\}/.exec(this.source.slice(this.at));
    const name = braced?.[1] ?? this.source[this.at] ?? '';
    this.at += braced?.[0].length ?? 1;
    const set = namedSets[name];
    if (set === undefined) {
      const plain = name.replace(/^(?:Is|In|script=|sc=|general_category=|gc=)/, '');
      const isCategory = plain.length <= 2;
      this.out += `\\${letter}{${isCategory ? plain : scripts.has(plain) ? plain : `Script=${plain}`}}`;
    } else if (letter === 'P') this.out += `[^${set}]`;
    else this.out += this.depth > 0 ? set : `[${set}]`;
  }
}

/** Properties that are no scripts in JavaScript. */
const scripts: ReadonlySet<string> = new Set(['Alphabetic', 'Uppercase', 'Lowercase', 'White_Space', 'Ideographic', 'Letter', 'Digit']);

const unsupported = (what: string): Error => sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `regular expressions with ${what}` });

const compiled = new Map<string, RegExp>();
const cacheLimit = 500;

/** The JavaScript expression (global, by code points) that matches as the Java pattern does; `functionName` for Spark's error when there is none. */
export function javaRegexp(pattern: string, functionName: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const [leading = '', letters = ''] = /^\(\?([idmsuxU]+)\)/.exec(pattern) ?? [];
  const flags: Flags = { i: letters.includes('i'), s: letters.includes('s'), m: letters.includes('m'), x: letters.includes('x') };
  const body = new Translation(pattern.slice(leading.length), flags).run();
  try {
    const regexp = new RegExp(body, `g${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}v`);
    if (compiled.size >= cacheLimit) compiled.clear();
    compiled.set(pattern, regexp);
    return regexp;
  } catch {
    throw sparkError('INVALID_PARAMETER_VALUE.PATTERN', { functionName, value: `'${pattern}'` });
  }
}
