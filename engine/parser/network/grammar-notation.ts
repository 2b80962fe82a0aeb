import { tokenSet, tokenType } from '../grammar/token-types.ts';

/** A grammar as data: what the notation of the files in `grammar/` says. */
export type Element =
  | { readonly kind: 'tokens'; readonly tokens: ReadonlySet<number> }
  | { readonly kind: 'any' }
  | { readonly kind: 'rule'; readonly name: string }
  /** A switch that is always on or always off; it takes part in prediction as Spark's parser flags do. */
  | { readonly kind: 'flag'; readonly on: boolean }
  | { readonly kind: 'block'; readonly alternatives: readonly Alternative[]; readonly repeat: Repeat };
export type Repeat = 'once' | 'optional' | 'star' | 'lazy_star' | 'plus';
export type Alternative = { readonly elements: readonly Element[]; readonly label?: string };
export type Rule = { readonly name: string; readonly alternatives: readonly Alternative[] };
/** The texts of rules by their names; a rule is read when it is first needed. */
export type Grammar = ReadonlyMap<string, string>;

const lexeme = /\s*(?:'([^']+)'|@(\w+)|(\{on\}|\{off\}|\*\?|[|()?*+.])|#(\w+)|([A-Z_]+)|(\w+))/y;

type Lexeme = { readonly kind: 'token' | 'set' | 'mark' | 'label' | 'rule'; readonly text: string };

/** Divides a grammar into its rules: `name : … ;`, each from the start of a line to a semicolon at the end of one. */
export function readGrammar(text: string): Grammar {
  const rules = text
    .split(/ ;\n/)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '');
  return new Map(rules.map((rule) => [rule.slice(0, rule.indexOf(':')).trim(), rule.slice(rule.indexOf(':') + 1)]));
}

/**
 * Reads what a rule says: `alternative #label | alternative`. Upper case and quotes are tokens, `@` is a set of tokens, lower camel case is a rule,
 * `? * + *?` repeat, `.` is any token, `{on}` and `{off}` are flags. A block whose alternatives are single tokens is one set of tokens.
 */
export function readRule(name: string, text: string): Rule {
  const lexemes = scan(text);
  let at = 0;
  const peek = (): Lexeme | undefined => lexemes[at];
  const take = (mark: string): boolean => {
    const hit = peek()?.kind === 'mark' && peek()?.text === mark;
    if (hit) at += 1;
    return hit;
  };

  const alternatives = (): Alternative[] => {
    const list = [alternative()];
    while (take('|')) list.push(alternative());
    return list;
  };
  const alternative = (): Alternative => {
    const elements: Element[] = [];
    for (let next = peek(); next; next = peek()) {
      if (next.kind === 'label') {
        at += 1;
        return { elements, label: next.text };
      }
      if (next.kind === 'mark' && /^[|)]$/.test(next.text)) break;
      elements.push(repeated(element()));
    }
    return { elements };
  };
  const element = (): Element => {
    const next = lexemes[at];
    at += 1;
    if (next?.kind === 'token') return { kind: 'tokens', tokens: new Set([tokenType(next.text)]) };
    if (next?.kind === 'set') return { kind: 'tokens', tokens: tokenSet(next.text) };
    if (next?.kind === 'rule') return { kind: 'rule', name: next.text };
    if (next?.text === '.') return { kind: 'any' };
    if (next?.text === '{on}' || next?.text === '{off}') return { kind: 'flag', on: next.text === '{on}' };
    if (next?.text !== '(') throw new Error(`grammar: unexpected ${next?.text ?? 'end'}`);
    const inner = alternatives();
    if (!take(')')) throw new Error('grammar: missing )');
    return asTokenSet(inner) ?? { kind: 'block', alternatives: inner, repeat: 'once' };
  };
  const repeated = (inner: Element): Element => {
    const repeat = take('?') ? 'optional' : take('*?') ? 'lazy_star' : take('*') ? 'star' : take('+') ? 'plus' : 'once';
    if (repeat === 'once') return inner;
    if (inner.kind === 'block' && inner.repeat === 'once') return { ...inner, repeat };
    return { kind: 'block', alternatives: [{ elements: [inner] }], repeat };
  };

  const list = alternatives();
  if (at < lexemes.length) throw new Error(`grammar: ${name} goes on after its end`);
  const set = list.some((a) => a.label) ? undefined : asTokenSet(list);
  return { name, alternatives: set ? [{ elements: [set] }] : list };
}

function asTokenSet(alternatives: readonly Alternative[]): Element | undefined {
  const tokens = new Set<number>();
  for (const { elements, label } of alternatives) {
    const [only] = elements;
    if (label || elements.length !== 1 || only?.kind !== 'tokens') return undefined;
    for (const token of only.tokens) tokens.add(token);
  }
  return { kind: 'tokens', tokens };
}

function scan(text: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  const end = text.trimEnd().length;
  lexeme.lastIndex = 0;
  while (lexeme.lastIndex < end) {
    const from = lexeme.lastIndex;
    const match = lexeme.exec(text);
    if (!match) throw new Error(`grammar: cannot read ${text.slice(from, from + 20)}`);
    const [, quoted, set, mark, label, upper, lower] = match;
    if (set) lexemes.push({ kind: 'set', text: set });
    else if (mark) lexemes.push({ kind: 'mark', text: mark });
    else if (label) lexemes.push({ kind: 'label', text: label });
    else if (lower) lexemes.push({ kind: 'rule', text: lower });
    else lexemes.push({ kind: 'token', text: quoted ?? upper ?? '' });
  }
  return lexemes;
}
