import { EJSON } from 'bson';
import { jsonParseError, ShellJsonScanner } from './shell-json-scanner.ts';
import { shellConstructor } from './shell-constructors.ts';

/**
 * The JSON that the Java driver reads: extended JSON, names without quotes, single quotes, a comma at the end, `ObjectId("…")`, `ISODate("…")` and the like.
 * Answers the first value with its BSON types; what follows it is not looked at. Throws `JsonParseException`.
 */
export function parseShellJson(text: string): unknown {
  const value = readValue(new ShellJsonScanner(text));
  try {
    return EJSON.deserialize(value as object, { relaxed: false });
  } catch (error) {
    throw jsonParseError(error instanceof Error ? error.message : String(error));
  }
}

/** Values in the shape of canonical extended JSON. */
function readValue(scanner: ShellJsonScanner): unknown {
  const token = scanner.next();
  switch (token.kind) {
    case 'string':
      return token.text;
    case 'number':
      return numberValue(token.text);
    case 'regex':
      return { $regularExpression: { pattern: token.text, options: token.options } };
    case 'word':
      return wordValue(token.text, scanner);
    case 'punctuation':
      if (token.text === '{') return readDocument(scanner);
      if (token.text === '[') return readItems(scanner, ']');
      break;
    case 'end':
      break;
  }
  throw jsonParseError(`JSON reader was expecting a value but found '${token.text}'.`);
}

function readDocument(scanner: ShellJsonScanner): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (;;) {
    const name = scanner.next();
    if (name.kind === 'punctuation' && name.text === '}') return document;
    if (name.kind !== 'string' && name.kind !== 'word')
      throw jsonParseError(`JSON reader was expecting a name but found '${name.text}'.`);
    const colon = scanner.next();
    if (colon.kind !== 'punctuation' || colon.text !== ':')
      throw jsonParseError(`JSON reader was expecting ':' but found '${colon.text}'.`);
    document[name.text] = readValue(scanner);
    if (endsHere(scanner, '}')) return document;
  }
}

/** Items up to the closing mark; the opening one has been read. */
function readItems(scanner: ShellJsonScanner, closing: ']' | ')'): unknown[] {
  const items: unknown[] = [];
  for (;;) {
    const ahead = scanner.peek();
    if (ahead.kind === 'punctuation' && ahead.text === closing) {
      scanner.next();
      return items;
    }
    items.push(readValue(scanner));
    if (endsHere(scanner, closing)) return items;
  }
}

function endsHere(scanner: ShellJsonScanner, closing: '}' | ']' | ')'): boolean {
  const token = scanner.next();
  if (token.kind === 'punctuation' && token.text === closing) return true;
  if (token.kind === 'punctuation' && token.text === ',') return false;
  throw jsonParseError(`JSON reader was expecting ',' or '${closing}' but found '${token.text}'.`);
}

function numberValue(text: string): unknown {
  if (/[.eE]/.test(text)) return { $numberDouble: text };
  const whole = BigInt(text);
  if (whole !== BigInt.asIntN(64, whole)) throw jsonParseError(`Invalid JSON number '${text}'`);
  return whole === BigInt.asIntN(32, whole) ? { $numberInt: text } : { $numberLong: text };
}

const words: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  undefined: { $undefined: true },
  NaN: { $numberDouble: 'NaN' },
  Infinity: { $numberDouble: 'Infinity' },
  MinKey: { $minKey: 1 },
  MaxKey: { $maxKey: 1 },
};

function wordValue(word: string, scanner: ShellJsonScanner): unknown {
  const name = word === 'new' ? scanner.next().text : word;
  const ahead = scanner.peek();
  if (ahead.kind === 'punctuation' && ahead.text === '(') {
    scanner.next();
    const made = shellConstructor(name, readItems(scanner, ')'));
    if (made !== undefined) return made;
  } else if (Object.hasOwn(words, name)) {
    return words[name];
  }
  throw jsonParseError(`JSON reader was expecting a value but found '${name}'.`);
}
