import { parseMultipartName } from '../parser/parse-multipart-name.ts';

const parsedNames = new Map<string, readonly string[]>();

/** The parts of a dotted name. A name with a syntax error is tried whole, as a column. */
export function nameParts(text: string): readonly string[] {
  const known = parsedNames.get(text);
  if (known) return known;
  const parts = /^\w+$/.test(text) ? [text] : parseMultipartName(text);
  if (parsedNames.size > 5000) parsedNames.clear();
  parsedNames.set(text, parts);
  return parts;
}
