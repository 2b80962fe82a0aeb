import { SparkError } from '../../../engine/core/spark-error.ts';

export type ShellToken =
  | { readonly kind: 'punctuation'; readonly text: '{' | '}' | '[' | ']' | ':' | ',' | '(' | ')' }
  | { readonly kind: 'string' | 'word' | 'number' | 'end'; readonly text: string }
  | { readonly kind: 'regex'; readonly text: string; readonly options: string };

/** What the Java driver's JSON reader says about text it cannot read. */
export const jsonParseError = (message: string): SparkError =>
  new SparkError({ java: 'org.bson.json.JsonParseException' }, message);

const patterns = {
  blank: /\s*/y,
  number: /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[\s,}\]):]|$)/y,
  word: /[A-Za-z_$][\w$.-]*/y,
  regex: /\/((?:[^/\\\n]|\\.)+)\/([a-z]*)/y,
} as const;

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Cuts the JSON of the MongoDB shell into tokens: quotes of both kinds, bare words, regular expressions. */
export class ShellJsonScanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): ShellToken {
    this.#take(patterns.blank);
    const letter = this.#text[this.#position];
    if (letter === undefined) return { kind: 'end', text: '<eof>' };
    if (isPunctuation(letter)) {
      this.#position += 1;
      return { kind: 'punctuation', text: letter };
    }
    if (letter === '"' || letter === "'") return { kind: 'string', text: this.#string(letter) };
    const regex = letter === '/' ? this.#take(patterns.regex) : null;
    if (regex) return { kind: 'regex', text: regex[1] ?? '', options: regex[2] ?? '' };
    const number = this.#take(patterns.number);
    if (number) return { kind: 'number', text: number[0] };
    const word = this.#take(patterns.word);
    if (word) return { kind: 'word', text: word[0] };
    if (/[-\d]/.test(letter)) throw jsonParseError(`Invalid JSON number '${this.#text.slice(this.#position)}'`);
    throw jsonParseError(`Invalid JSON input. Position: ${this.#position}. Character: '${letter}'.`);
  }

  /** The next token, left in place. */
  peek(): ShellToken {
    const before = this.#position;
    const token = this.next();
    this.#position = before;
    return token;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match) this.#position = pattern.lastIndex;
    return match;
  }

  #string(quote: string): string {
    let text = '';
    for (this.#position += 1; this.#position < this.#text.length; this.#position += 1) {
      const letter = this.#text[this.#position] ?? '';
      if (letter === quote) {
        this.#position += 1;
        return text;
      }
      text += letter === '\\' ? this.#escaped() : letter;
    }
    throw jsonParseError('End of file in JSON string.');
  }

  #escaped(): string {
    this.#position += 1;
    const letter = this.#text[this.#position] ?? '';
    if (letter !== 'u') {
      if (!`'"\\/bfnrt`.includes(letter) || letter === '')
        throw jsonParseError(`Invalid escape sequence in JSON string '\\${letter}'.`);
      return escapes[letter] ?? letter;
    }
    const hex = this.#text.slice(this.#position + 1, this.#position + 5);
    this.#position += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }
}

const isPunctuation = (letter: string): letter is '{' | '}' | '[' | ']' | ':' | ',' | '(' | ')' =>
  '{}[]:,()'.includes(letter);
