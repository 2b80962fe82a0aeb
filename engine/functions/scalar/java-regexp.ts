import { sparkError } from '../../core/spark-error.ts';
import { javaPatternError } from './java-pattern-error.ts';
import { bothCases, namedSets, otherProperties } from './java-character-sets.ts';

/** Where Java ends a line, and what `$` and `\Z` accept before the end of the text. */
const lineEnds = String.raw`\n\r\u0085\u2028\u2029`;
const beforeLastLineEnd = String.raw`(?=(?:\r\n|(?<!\r)\n|[\r\u0085\u2028\u2029])?$)`;

/** Escapes that JavaScript lacks or reads otherwise. */
const escapes: Readonly<Record<string, string>> = {
  A: '^',
  z: '$',
  Z: beforeLastLineEnd,
  h: String.raw`[ \t\xA0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]`,
  R: String.raw`(?:\r\n|[\n\x0B\f\r\u0085\u2028\u2029])`,
  a: String.raw`\x07`,
  e: String.raw`\x1B`,
  s: String.raw`[ \t\n\x0B\f\r]`,
  S: String.raw`[^ \t\n\x0B\f\r]`,
};
const inClass: Readonly<Record<string, string>> = {
  h: String.raw` \t\xA0`,
  a: String.raw`\x07`,
  e: String.raw`\x1B`,
  s: String.raw` \t\n\x0B\f\r`,
};

/** Characters that may follow a backslash in JavaScript's Unicode mode. */
const escapable = /[-^$\\.*+?()[\]{}|/]/;
const quantifierEnd = /(?:^|[^\\])(?:[*+?]|\{\d+(?:,\d*)?\})$/;

type Flags = { readonly i: boolean; readonly s: boolean; readonly m: boolean; readonly x: boolean };
const noFlags: Flags = { i: false, s: false, m: false, x: false };

/** One pass over a Java pattern, building the JavaScript one. Flags are written out, as they may change from group to group. */
class Translation {
  private readonly source: string;
  /** Classes inside classes need JavaScript's `v` mode, which is strict about punctuation in them. */
  private readonly hasSets: boolean;
  private at = 0;
  private depth = 0;
  private out = '';
  private flags = noFlags;
  private readonly outer: Flags[] = [];
  /** For each open class: where its members start in `out`, and how many brackets `&&` has added. */
  private readonly classes: { start: number; added: number }[] = [];

  constructor(source: string, hasSets: boolean) {
    this.source = source;
    this.hasSets = hasSets;
  }

  run(): string {
    while (this.at < this.source.length) this.step();
    return this.out;
  }

  private get rest(): string {
    return this.source.slice(this.at);
  }

  private step(): void {
    const character = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    if (character === '\\') return this.escape();
    if (this.depth > 0) return this.classCharacter(character);
    if (character === '(') return this.group();
    this.at += character.length;
    switch (character) {
      case ')':
        this.flags = this.outer.pop() ?? noFlags;
        this.out += ')';
        return;
      case '[':
        this.depth = 1;
        return this.openClass();
      case '^':
        this.out += this.flags.m ? `(?<=^|[${lineEnds}])` : '^';
        return;
      case '$':
        this.out += this.flags.m ? `(?=$|[${lineEnds}])` : beforeLastLineEnd;
        return;
      case '.':
        this.out += this.flags.s ? String.raw`[\s\S]` : `[^${lineEnds}]`;
        return;
      case '+':
        if (quantifierEnd.test(this.source.slice(0, this.at - 1))) throw unsupported('possessive quantifiers');
        this.out += '+';
        return;
      case '{':
        return this.brace();
      case '}':
      case ']':
        this.out += `\\${character}`;
        return;
      default:
        return this.literal(character);
    }
  }

  /** `(`, and the flags that `(?i)` or `(?i:` bring. */
  private group(): void {
    const flagged = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/.exec(this.rest);
    if (this.rest.startsWith('(?>')) throw unsupported('atomic groups');
    if (!flagged) {
      this.outer.push(this.flags);
      this.out += '(';
      this.at += 1;
      // What follows `(?` is no quantifier.
      const kind = /^\?(?:<?[=!]|<[a-zA-Z][a-zA-Z0-9]*>)/.exec(this.rest)?.[0] ?? '';
      this.out += kind;
      this.at += kind.length;
      return;
    }
    const [whole, on = '', off = '', end] = flagged;
    this.at += whole.length;
    if (end === ':') this.outer.push(this.flags);
    for (const letter of 'ismx') {
      if (on.includes(letter)) this.flags = { ...this.flags, [letter]: true };
      if (off.includes(letter)) this.flags = { ...this.flags, [letter]: false };
    }
    this.out += end === ':' ? '(?:' : '';
  }

  /** A brace that opens no repetition is an error in Java, as it is in JavaScript. */
  private brace(): void {
    const quantifier = /^\d+(?:,\d*)?\}/.exec(this.rest)?.[0] ?? '';
    this.out += `{${quantifier}`;
    this.at += quantifier.length;
  }

  private literal(character: string): void {
    if (this.flags.x && /\s/.test(character)) return;
    if (this.flags.x && character === '#') {
      const end = this.source.indexOf('\n', this.at);
      this.at = end < 0 ? this.source.length : end;
      return;
    }
    this.out += this.flags.i && /[a-zA-Z]/.test(character) ? `[${bothCases(character)}]` : character;
  }

  /** `[`, with a first `]` that is a character in Java. */
  private openClass(): void {
    this.out += '[';
    if (this.source[this.at] === '^') {
      this.out += '^';
      this.at += 1;
    }
    const start = this.out.length;
    if (this.source[this.at] === ']') {
      this.out += String.raw`\]`;
      this.at += 1;
    }
    this.classes.push({ start, added: 0 });
  }

  /** `[a-z&&[^b]]` is `[[a-z]&&[[^b]]]` in JavaScript: each side of `&&` is one class. */
  private intersection(): void {
    const open = this.classes.at(-1);
    if (!open) return;
    const left = this.out.slice(open.start) + ']'.repeat(open.added);
    this.out = `${this.out.slice(0, open.start)}${open.added > 0 ? left : `[${left}]`}&&[`;
    open.added = 1;
    this.at += 1;
  }

  private classCharacter(character: string): void {
    this.at += character.length;
    if (character === '[') {
      this.depth += 1;
      return this.openClass();
    }
    if (character === ']') {
      this.depth -= 1;
      this.out += ']'.repeat(1 + (this.classes.pop()?.added ?? 0));
      return;
    }
    if (character === '&' && this.source[this.at] === '&') return this.intersection();
    const range = this.flags.i ? /^([a-z]-[a-z]|[A-Z]-[A-Z])/.exec(character + this.rest) : null;
    if (range) {
      this.out += range[0].toLowerCase() + range[0].toUpperCase();
      this.at += 2;
    } else if (this.flags.i && /[a-zA-Z]/.test(character)) this.out += bothCases(character);
    else this.out += this.isReserved(character) ? `\\${character}` : character;
  }

  private isReserved(character: string): boolean {
    if (/[(){}/|]/.test(character)) return true;
    const isEdge = this.source[this.at] === ']' || /\[\^?$/.test(this.source.slice(0, this.at - 1));
    return this.hasSets && (character === '&' || (character === '-' && isEdge));
  }

  private escape(): void {
    const next = String.fromCodePoint(this.source.codePointAt(this.at + 1) ?? 0x5c);
    this.at += 1 + next.length;
    if ('GXN'.includes(next)) throw unsupported(`\\${next}`);
    if (next === 'Q') return this.quoted();
    if (next === 'p' || next === 'P') return this.property(next);
    const own = this.depth > 0 ? inClass[next] : escapes[next];
    if (own !== undefined) this.out += own;
    else if (/[A-Za-z0-9]/.test(next)) this.out += this.codePoint(next);
    else this.out += escapable.test(next) && (next !== '-' || this.depth > 0) ? `\\${next}` : next;
  }

  private quoted(): void {
    const end = this.source.indexOf(String.raw`\E`, this.at);
    const text = this.source.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end + 2;
    this.out += text.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`);
  }

  /** `\x{1F600}` is `\u{1F600}`; octal starts with 0. */
  private codePoint(next: string): string {
    const braces = next === 'x' ? /^\{([0-9a-fA-F]+)\}/.exec(this.rest) : null;
    const octal = next === '0' ? /^[0-3]?[0-7]{1,2}/.exec(this.rest) : null;
    const found = braces ?? octal;
    if (!found) return `\\${next}`;
    this.at += found[0].length;
    return String.raw`\u{${braces ? (braces[1] ?? '0') : Number.parseInt(found[0], 8).toString(16)}}`;
  }

  private property(letter: string): void {
    const braced = /^\{([^}]+)\}/.exec(this.rest);
    const name = braced?.[1] ?? this.source[this.at] ?? '';
    this.at += braced?.[0].length ?? 1;
    const set = namedSets[name];
    if (set === undefined) {
      const plain = name.replace(/^(?:Is|In|script=|sc=|general_category=|gc=)/, '');
      this.out += `\\${letter}{${plain.length <= 2 || otherProperties.has(plain) ? plain : `Script=${plain}`}}`;
    } else if (letter === 'P') this.out += `[^${set}]`;
    else this.out += this.depth > 0 ? set : `[${set}]`;
  }
}

const unsupported = (what: string): Error =>
  sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `regular expressions with ${what}` });

const compiled = new Map<string, RegExp>();
const cacheLimit = 500;

/** The JavaScript expression (global, by code points) that matches as the Java pattern does; `functionName` for Spark's error when there is none. */
export function javaRegexp(pattern: string, functionName: string): RegExp {
  const regexp = compiled.get(pattern) ?? compile(pattern, functionName);
  regexp.lastIndex = 0;
  return regexp;
}

function compile(pattern: string, functionName: string): RegExp {
  const hasSets = /&&|\[[^\]]*\[/.test(pattern);
  const body = new Translation(pattern, hasSets).run();
  try {
    const regexp = new RegExp(body, hasSets ? 'gv' : 'gu');
    if (compiled.size >= cacheLimit) compiled.clear();
    compiled.set(pattern, regexp);
    return regexp;
  } catch {
    throw javaPatternError(pattern, functionName);
  }
}
