import { backQuoted, quoteIfNeeded } from '../core/type-names.ts';
import type { Attribute } from '../plan/attribute.ts';

/** Edits that turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

export const quotedName = (parts: readonly string[]): string => parts.map(backQuoted).join('.');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The names that Spark proposes for a column it cannot find: at most five, nearest first; equal distances keep alphabetical order (Spark's
 * attribute sets are sorted by name and id). Distance is measured from the written name to the name in back-quotes.
 */
export function suggestNames(parts: readonly string[], attributes: readonly Attribute[]): readonly string[] {
  const written = parts.map(quoteIfNeeded).join('.');
  const unique = [...new Map(attributes.map((attribute) => [attribute.id, attribute])).values()];
  const sorted = unique.sort((a, b) => compare(a.name, b.name) || a.id - b.id);
  const candidates = strippedQualifiers(
    parts,
    sorted.map((attribute) => [...attribute.qualifier, attribute.name]),
  );
  return candidates
    .map((candidate) => ({ text: quotedName(candidate), distance: editDistance(quotedName(candidate), written) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 5)
    .map(({ text }) => text);
}

/** A qualifier that all candidates share is left out. */
function strippedQualifiers(
  parts: readonly string[],
  candidates: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const prefixes = (drop: number): number =>
    new Set(candidates.map((c) => JSON.stringify(c.slice(0, Math.max(0, c.length - drop))))).size;
  if (parts.length === 1 && prefixes(1) === 1) return candidates.map((c) => c.slice(-1));
  if (parts.length <= 2 && prefixes(2) === 1) return candidates.map((c) => c.slice(-2));
  return candidates;
}
