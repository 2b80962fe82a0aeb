import { javaDoubleText } from '../../core/java-number-text.ts';

/** A JSON value that keeps what Spark looks at: the spelling of numbers, the order of fields, repeated names. */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, JsonNode])[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'special'; readonly text: 'NaN' | 'Infinity' | '-Infinity' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };

class Malformed extends Error {}

/**
 * Reads the first JSON value of a text as Jackson does for Spark: single quotes are allowed, `NaN`, `Infinity` and `INF` are numbers, whatever follows the value is
 * ignored. Undefined for malformed or blank text.
 */
export function readJson(text: string): JsonNode | undefined {
  const reader = new Reader(text);
  try {
    return reader.value();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(): JsonNode {
    this.blanks();
    const character = this.text.charAt(this.at);
    if (character === '{') return this.object();
    if (character === '[') return this.array();
    if (character === '"' || character === "'") return { kind: 'string', text: this.string() };
    return this.word();
  }

  private blanks(): void {
    while (' \t\r\n'.includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at += 1;
  }

  private take(character: string): boolean {
    this.blanks();
    if (this.text.charAt(this.at) !== character) return false;
    this.at += 1;
    return true;
  }

  private object(): JsonNode {
    this.at += 1;
    const members: (readonly [string, JsonNode])[] = [];
    if (this.take('}')) return { kind: 'object', members };
    do {
      this.blanks();
      if (!`"'`.includes(this.text.charAt(this.at)) || this.at >= this.text.length) throw new Malformed();
      const name = this.string();
      if (!this.take(':')) throw new Malformed();
      members.push([name, this.value()]);
    } while (this.take(','));
    if (!this.take('}')) throw new Malformed();
    return { kind: 'object', members };
  }

  private array(): JsonNode {
    this.at += 1;
    const items: JsonNode[] = [];
    if (this.take(']')) return { kind: 'array', items };
    do items.push(this.value());
    while (this.take(','));
    if (!this.take(']')) throw new Malformed();
    return { kind: 'array', items };
  }

  private string(): string {
    const quote = this.text.charAt(this.at);
    let text = '';
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const character = this.text.charAt(this.at);
      if (character === quote) {
        this.at += 1;
        return text;
      }
      if (character < ' ') throw new Malformed();
      text += character === '\\' ? this.escape() : character;
    }
    throw new Malformed();
  }

  private escape(): string {
    this.at += 1;
    const character = this.text.charAt(this.at);
    const known: Readonly<Record<string, string>> = {
      '"': '"',
      '\\': '\\',
      '/': '/',
      b: '\b',
      f: '\f',
      n: '\n',
      r: '\r',
      t: '\t',
    };
    if (character === 'u') {
      const digits = this.text.slice(this.at + 1, this.at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new Malformed();
      this.at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meant = known[character];
    if (meant === undefined) throw new Malformed();
    return meant;
  }

  private word(): JsonNode {
    const rest = /^[^\s,:\]}[{"']+/.exec(this.text.slice(this.at, this.at + 4096))?.[0] ?? '';
    this.at += rest.length;
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(rest)) return { kind: 'number', text: rest };
    switch (rest) {
      case 'true':
      case 'false':
        return { kind: 'boolean', value: rest === 'true' };
      case 'null':
        return { kind: 'null' };
      case 'NaN':
        return { kind: 'special', text: 'NaN' };
      case 'Infinity':
      case '+Infinity':
      case '+INF':
        return { kind: 'special', text: 'Infinity' };
      case '-Infinity':
      case '-INF':
        return { kind: 'special', text: '-Infinity' };
      default:
        throw new Malformed();
    }
  }
}

/** Jackson's compact text: fractions as Java prints doubles, special numbers in quotes. */
export function jsonText(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members.map(([name, value]) => `${quoted(name)}:${jsonText(value)}`).join(',')}}`;
    case 'array':
      return `[${node.items.map(jsonText).join(',')}]`;
    case 'string':
      return quoted(node.text);
    case 'number':
      return /[.eE]/.test(node.text) ? javaDoubleText(Number(node.text)) : node.text;
    case 'special':
      return `"${node.text}"`;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
  }
}

/** The same value in JSON that DuckDB reads: numbers as they were written. */
export function plainJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members.map(([name, value]) => `${quoted(name)}:${plainJson(value)}`).join(',')}}`;
    case 'array':
      return `[${node.items.map(plainJson).join(',')}]`;
    case 'number':
    case 'special':
      return node.text;
    default:
      return jsonText(node);
  }
}

/** Half of a surrogate pair cannot be written in UTF-8: Java puts a question mark. */
const quoted = (text: string): string =>
  JSON.stringify(text.replace(/\p{Surrogate}/gu, '?')).replace(
    /\\u[0-9a-f]{4}/g,
    (escape) => `\\u${escape.slice(2).toUpperCase()}`,
  );

/** What a value is as text: strings without quotes, null as null. */
export const scalarText = (node: JsonNode): string | null =>
  node.kind === 'string' ? node.text : node.kind === 'null' ? null : jsonText(node);
